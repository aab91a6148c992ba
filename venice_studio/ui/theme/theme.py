"""The theme of the program: dark, light or as the system has it, switched while it runs."""

import re
from functools import cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from venice_studio import assets
from venice_studio.ui.theme import current, fonts, icons
from venice_studio.ui.theme.palette import palette
from venice_studio.ui.theme.tokens import DARK, LIGHT, Tokens, values

Mode = Literal["dark", "light", "system"]


def style_sheet(of: Tokens) -> str:
    """The style sheet of a theme: the template with each @name replaced. Raises KeyError at an unknown name."""
    known = values(of)
    return re.sub(r"@(\w+)", lambda match: known[match[1]], _template())


@cache
def _template() -> str:
    return assets.path("style", "studio.qss").read_text(encoding="utf-8")


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at a widget again, after a dynamic property that it selects by has changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def set_look(widget: QWidget, **properties: str | bool) -> None:
    """Set dynamic properties the style sheet selects by (`kind`, `role`, `surface`, …) and let it look again."""
    changed = [name for name, value in properties.items() if widget.property(name) != value]
    for name in changed:
        widget.setProperty(name, properties[name])
    if changed:
        repolish(widget)


class Theme(QObject):
    """Applies a theme to the application. One for the program's life.

    At first only what painted grounds and titles need; the rest with `complete`, before there are widgets.
    """

    changed = Signal()
    """Emitted after another theme was applied."""

    def __init__(self, app: QApplication, mode: Mode = "system") -> None:
        super().__init__(app)
        self._app = app
        self._mode: Mode = mode
        self._complete = False
        fonts.load_weight("SemiBold")
        app.setStyle("Fusion")
        app.setFont(fonts.base_font())
        self._hints = app.styleHints()
        self._tell_system()
        self._scheme = self._hints.colorScheme()
        self._hints.colorSchemeChanged.connect(self._scheme_changed)
        self._apply(self._wanted())

    def complete(self) -> None:
        """Load the other fonts and all icons, and put the style sheet in force."""
        fonts.load()
        icons.load()
        self._complete = True
        self._apply(current.tokens())

    @property
    def mode(self) -> Mode:
        """What was asked for: "dark", "light" or "system"."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Ask for dark, light, or what the system has; takes effect at once."""
        self._mode = mode
        self._tell_system()
        self._scheme_changed(self._hints.colorScheme())

    def _wanted(self) -> Tokens:
        match self._mode:
            case "dark":
                return DARK
            case "light":
                return LIGHT
            case "system":
                return LIGHT if self._scheme is Qt.ColorScheme.Light else DARK

    def _tell_system(self) -> None:
        """What the system draws around our windows, their title bars, is to match."""
        match self._mode:
            case "dark":
                self._hints.setColorScheme(Qt.ColorScheme.Dark)
            case "light":
                self._hints.setColorScheme(Qt.ColorScheme.Light)
            case "system":
                self._hints.unsetColorScheme()

    def _scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        self._scheme = scheme
        wanted = self._wanted()
        if wanted is not current.tokens():
            self._apply(wanted)
            self.changed.emit()

    def _apply(self, wanted: Tokens) -> None:
        current.put_in_force(wanted)
        self._app.setPalette(palette(wanted))
        if self._complete:
            self._app.setStyleSheet(style_sheet(wanted))
