"""How we stand with the service: the key, the balance, and the words for both."""

from venice_studio.ui.connect.key_dialog import KeyDialog
from venice_studio.ui.connect.status import StatusParts, status_parts

__all__ = ["KeyDialog", "StatusParts", "status_parts"]
