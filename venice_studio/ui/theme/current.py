"""Which tokens are in force. What paints itself asks at each paint, so a change of theme needs only a repaint."""

from PySide6.QtGui import QColor

from venice_studio.ui.theme.tokens import DARK, Tokens

_in_force = DARK


def tokens() -> Tokens:
    """The colours in force now."""
    return _in_force


def colour(role: str) -> QColor:
    """One colour in force by its token's name, for example `colour("accent")`; AttributeError if there is none."""
    return QColor(str(getattr(_in_force, role)))


def put_in_force(tokens: Tokens) -> None:
    """Change the colours; for `Theme`, which also repaints everything."""
    global _in_force
    _in_force = tokens
