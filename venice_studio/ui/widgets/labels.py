"""Labels that show text as it is: what the service, a file or the user wrote is never taken for markup."""

import html

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from venice_studio.ui.theme import set_look, tabular
from venice_studio.ui.widgets.wrapping import wrapped


def plain_tip(text: str) -> str:
    """Text as a tooltip that wraps and shows every character as it is."""
    return f'<p style="white-space: pre-wrap; margin: 0">{html.escape(text)}</p>' if text else ""


class PlainLabel(QLabel):
    """A label of plain text; `role` picks colour and size: secondary, hint, strong, title, price, good, warn, bad."""

    def __init__(self, text: str = "", role: str = "", *, wrap: bool = False, numbers: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if role:
            self.setProperty("role", role)
        if numbers:
            tabular(self)
        self.setText(text)

    def set_role(self, role: str) -> None:
        """Change colour and size."""
        set_look(self, role=role)


class Elided(PlainLabel):
    """One or two lines, cut with … where the text is longer; all of it is in the tooltip and for screen readers."""

    def __init__(
        self, text: str = "", role: str = "", *, lines: int = 1, cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight
    ) -> None:
        """`cut` says where a single line is cut: file names are best cut in the middle."""
        self._lines = lines
        self._cut = cut
        self._full = ""
        super().__init__(role=role)
        self.setMinimumWidth(24)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text."""
        self._full = text
        super().setText(text)
        self.setAccessibleName(text)
        self._mark_elided()

    def shown(self) -> list[str]:
        """The lines as they are painted at the present width."""
        return self._laid_out(self.contentsRect().width())

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._full.replace("\n", " ")) + 2
        return QSize(max(24, width), self._line_height() * self._lines)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._mark_elided()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        area = self.contentsRect()
        height = self._line_height()
        shown = self.shown()
        top = area.top() + (area.height() - height * self._lines) // 2 if len(shown) == self._lines else area.top()
        for at, line in enumerate(shown):
            flags = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(area.left(), top + at * height, area.width(), height, int(flags), line)

    def _line_height(self) -> int:
        """Two lines stand a little apart, or they would read as a lump."""
        return self.fontMetrics().lineSpacing() + (2 if self._lines > 1 else 0)

    def _mark_elided(self) -> None:
        cut = "".join(self.shown()).replace(" ", "") != self._full.replace("\n", "").replace(" ", "")
        self.setToolTip(plain_tip(self._full) if cut else "")

    def _laid_out(self, width: int) -> list[str]:
        text = self._full.replace("\n", " ")
        if self._lines == 1 or not text:
            return [self.fontMetrics().elidedText(text, self._cut, width)]
        return wrapped(text, self.font(), width, self._lines)


def rule(*, vertical: bool = False) -> QFrame:
    """A hairline."""
    line = QFrame()
    line.setProperty("rule", "vertical" if vertical else "horizontal")
    return line
