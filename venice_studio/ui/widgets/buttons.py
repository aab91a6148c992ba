"""Buttons beyond Qt's own: the one coloured button, quiet ones, and buttons that are an icon."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QToolButton

from venice_studio.ui.theme import METRICS, colour, icon, weighted

LINK_PADDING = 4
"""What a link keeps free at its sides for the focus ring, px. Who stands in a line with other words takes it off."""

_GAP = 7  # between what the button does and its key, px


def button(
    text: str, kind: str = "", *, icon_name: str = "", icon_role: str = "text", small: bool = False
) -> QPushButton:
    """A button of a kind the style sheet knows: "" (raised), quiet, link, danger; `small` is for secondary text."""
    made = QPushButton(text.replace("&", "&&"))
    made.setProperty("kind", kind)
    made.setProperty("small", small)
    made.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
    made.setAutoDefault(False)
    if icon_name:
        made.setIcon(icon(icon_name, icon_role))
        made.setIconSize(QSize(16, 16))
    return made


def icon_button(icon_name: str, name: str, *, keys: str = "", role: str = "secondary", size: int = 18) -> QPushButton:
    """A square button that is only an icon; its name is the tooltip (with the keys, if any) and for screen readers."""
    made = QPushButton()
    made.setProperty("kind", "icon")
    made.setIcon(icon(icon_name, role))
    made.setIconSize(QSize(size, size))
    made.setAutoDefault(False)
    rename(made, name, keys)
    return made


def rename(target: QPushButton, name: str, keys: str = "") -> None:
    """Give an icon button another name."""
    target.setAccessibleName(name)
    target.setToolTip(f"{name} ({keys})" if keys else name)


def add_clear_button(edit: QLineEdit) -> None:
    """Let a field be emptied by a button, which Qt gives no name."""
    edit.setClearButtonEnabled(True)
    for made in edit.findChildren(QToolButton):
        made.setAccessibleName("Clear")


class PrimaryButton(QPushButton):
    """The one thing to do next: what it does in semi-bold, what else to know (its keys, its price) in regular."""

    def __init__(self, text: str = "", note: str = "") -> None:
        super().__init__()
        self._note = ""
        self.setProperty("kind", "primary")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.set_parts(text, note)

    @property
    def note(self) -> str:
        """The second part of the label."""
        return self._note

    def set_parts(self, text: str, note: str = "") -> None:
        """Set both parts; the second is left out where there is no room for it."""
        self._note = note
        self.setText(text)
        self.setAccessibleName(f"{text} {note}".strip())
        self.updateGeometry()
        # Where only the note changes, Qt sees nothing to paint: to it the text is the same.
        self.update()

    def sizeHint(self) -> QSize:
        main, note = self._widths()
        return QSize(main + (note + _GAP if note else 0) + 2 * METRICS.space_4, 38)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widths()[0] + 2 * METRICS.space_2, 38)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        main, note = self._widths()
        whole = main + _GAP + note
        with_note = bool(note) and whole <= self.width() - 2 * METRICS.space_2
        left = (self.width() - (whole if with_note else main)) // 2
        painter.setPen(colour("accent_ink" if self.isEnabled() else "hint"))
        painter.setFont(weighted(self.font(), METRICS.semibold))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(left, 0, main, self.height(), int(middle), self.text())
        if with_note:
            painter.setFont(weighted(self.font(), 400))
            painter.drawText(left + main + _GAP, 0, note, self.height(), int(middle), self._note)

    def _widths(self) -> tuple[int, int]:
        bold = QFontMetrics(weighted(self.font(), METRICS.semibold))
        regular = QFontMetrics(weighted(self.font(), 400))
        return bold.horizontalAdvance(self.text()) + 1, regular.horizontalAdvance(self._note) + bool(self._note)
