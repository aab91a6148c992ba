"""What was spent: the dialog, and today's sum in the status line."""

from venice_studio.ui.spending.dialog import SpendingDialog
from venice_studio.ui.spending.today import SpentToday

__all__ = ["SpendingDialog", "SpentToday"]
