"""Where the pictures are: one clip, or two with a line on each."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from venice_studio.ui.player.surface import Surface
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import Elided

_USUAL = QSize(16, 9)  # as long as nothing is shown


class Canvas(QWidget):
    """Two clips stand beside or above one another, whichever shows them larger."""

    def __init__(self, surface: Surface) -> None:
        super().__init__()
        self.setProperty("surface", "stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusProxy(surface)
        self._first = _Captioned(surface)
        self._second: _Captioned | None = None
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self._first, 1)

    def show_second(self, surface: Surface, captions: tuple[str, str]) -> None:
        """Show another surface too, with a line on the first and on the second."""
        if self._second is None:
            self._second = _Captioned(surface)
            self._box.addWidget(self._second, 1)
        self._first.show_caption(captions[0])
        self._second.show_caption(captions[1])
        self._second.show()
        self.fit()

    def show_one(self) -> None:
        """Show the first alone, without its line."""
        self._first.show_caption("")
        if self._second is not None:
            self._second.hide()

    def say_of_second(self, caption: str) -> None:
        """Put other words on the second."""
        if self._second is not None:
            self._second.show_caption(caption)

    def set_bare(self, bare: bool) -> None:
        """Without margins, for the full screen."""
        for each in (self._first, self._second):
            if each is not None:
                each.surface.set_bare(bare)

    def fit(self) -> None:
        """Choose how the two stand by the room and the shapes there are."""
        if self._second is None:
            return
        sizes = [each.surface.picture_size() for each in (self._first, self._second)]
        beside = sum(_area(size, self.width() / 2, self.height()) for size in sizes)
        above = sum(_area(size, self.width(), self.height() / 2) for size in sizes)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(down if above > beside else across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class _Captioned(QWidget):
    """A surface with a line above it."""

    def __init__(self, surface: Surface) -> None:
        super().__init__()
        self.surface = surface
        self.caption = Elided(role="stage-hint")
        self.caption.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        self._above = QWidget()
        self._above.hide()
        line = QHBoxLayout(self._above)
        line.setContentsMargins(METRICS.space_4, METRICS.space_3, METRICS.space_4, 0)
        line.addWidget(self.caption)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._above)
        column.addWidget(surface, 1)

    def show_caption(self, text: str) -> None:
        """Put other words above the picture; none for no line."""
        self.caption.setText(text)
        self._above.setVisible(bool(text))


def _area(picture: QSize, width: float, height: float) -> float:
    """How large a picture is shown in so much room."""
    size = _USUAL if picture.isEmpty() else picture
    scale = min(width / size.width(), height / size.height())
    return scale * scale * size.width() * size.height()
