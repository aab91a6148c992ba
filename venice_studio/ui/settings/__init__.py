"""What can be set: theme, folder for clips, waits in practice, the key."""

from venice_studio.ui.settings.dialog import SettingsDialog

__all__ = ["SettingsDialog"]
