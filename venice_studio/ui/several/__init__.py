"""One prompt over several models: a table of what each would make of it, and one press."""

from venice_studio.ui.several.dialog import SeveralDialog

__all__ = ["SeveralDialog"]
