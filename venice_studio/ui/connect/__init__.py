"""How we stand with the service: the key, the balance, and the words for both."""

from venice_studio.ui.connect.key_dialog import KeyDialog, open_key_dialog
from venice_studio.ui.connect.status import StatusParts, status_parts

__all__ = ["KeyDialog", "StatusParts", "open_key_dialog", "status_parts"]
