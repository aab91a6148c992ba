"""A theme's colours as Qt's palette, for everything the style sheet does not reach."""

from PySide6.QtGui import QColor, QPalette

from venice_studio.ui.theme.tokens import Tokens


def palette(tokens: Tokens) -> QPalette:
    """The palette made of a theme's tokens."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.field,
        role.AlternateBase: tokens.pane,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.hint,
        role.Button: tokens.raised,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.bad,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.accent_ink,
        role.Accent: tokens.accent,
        role.Link: tokens.accent_text,
        role.LinkVisited: tokens.accent_text,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.Light: tokens.hover,
        role.Midlight: tokens.raised,
        role.Mid: tokens.line,
        role.Dark: tokens.line,
        role.Shadow: tokens.window,
    }
    made = QPalette()
    for name, colour in colours.items():
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.hint))
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(tokens.raised))
    made.setColor(QPalette.ColorGroup.Disabled, role.HighlightedText, QColor(tokens.hint))
    return made
