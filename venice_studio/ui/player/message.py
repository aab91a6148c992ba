"""What stands over the clip's ground when it cannot be played."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from venice_studio.ui.theme import METRICS, set_look
from venice_studio.ui.widgets import PlainLabel, button

_WIDTH = 420


class Message(QWidget):
    """Why, and, where there is a file, a way out: the system's own player. Keeps itself in the middle of its parent."""

    open_pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self._text = PlainLabel(role="stage", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._open = button("Open in the system's player", icon_name="play-system", icon_role="stage_text")
        self._open.setObjectName("openExternallyButton")
        self._open.setAccessibleName(self._open.text())
        set_look(self._open, kind="stage")
        self._open.clicked.connect(self.open_pressed)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(METRICS.space_3)
        self._column.addWidget(self._text)
        self._column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignHCenter)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while it is hidden."""
        return self._text.text()

    def show_text(self, text: str, *, openable: bool = True) -> None:
        """Say something, or nothing; only what is `openable` is offered to other programs."""
        self._text.setText(text)
        self._open.setVisible(openable)
        self.setVisible(bool(text))
        self._centre()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._centre()
        return False

    def _centre(self) -> None:
        width = min(_WIDTH, self._ground.width() - 2 * METRICS.space_4)
        height = self._column.totalHeightForWidth(width)
        left, top = (self._ground.width() - width) // 2, (self._ground.height() - height) // 2
        self.setGeometry(left, top, width, height)
