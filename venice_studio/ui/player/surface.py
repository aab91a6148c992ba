"""Where the picture is: a plain widget that keeps the last frame and draws it, so that it shows in screenshots too."""

from PySide6.QtCore import QMimeData, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDrag, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtMultimedia import QVideoFrame, QVideoSink
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from venice_studio.ui.player.picture import Pictures
from venice_studio.ui.theme import METRICS, colour
from venice_studio.ui.widgets import focus_ring

_DIMMED = 0.4
_DRAGGED_HEIGHT = 90  # px of the picture that follows the pointer


class Surface(QWidget):
    """The clip, letterboxed on a dark ground, with a picture in its place until the first frame comes."""

    clicked = Signal()
    double_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sink = QVideoSink(self)
        """Where the frames come in; the engine passes on those of the clip that is open."""
        self._frame = QVideoFrame()
        self._image = QImage()
        self._pictures = Pictures()
        self._dimmed = False
        self._pressed: QPointF | None = None
        self._margin = METRICS.space_4
        self._corners = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Clip")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)

    def show_still(self, image: QImage | None, *, dimmed: bool = False) -> None:
        """Show a picture until a frame comes; None for the empty ground."""
        self._frame = QVideoFrame()
        self._image = QImage() if image is None else image
        self._dimmed = dimmed
        self.update()

    def take(self, frame: QVideoFrame) -> None:
        """Show a frame."""
        self._frame = frame
        self._image = QImage()
        self._dimmed = False
        self.update()

    def dim(self) -> None:
        """Let what is shown step back behind a message."""
        self._dimmed = True
        self.update()

    def image(self) -> QImage:
        """What is shown, at its full size and upright; null where nothing is. Copy what is to outlast the frame."""
        if self._image.isNull() and self._frame.isValid():
            self._image = self._pictures.of(self._frame)
        return self._image

    def picture_size(self) -> QSize:
        """The size of what is shown, in px of the clip; empty where nothing is."""
        return self._frame.size() if self._image.isNull() else self._image.size()

    def set_bare(self, bare: bool) -> None:
        """Without margin, corners and ring, for the full screen."""
        self._margin = 0 if bare else METRICS.space_4
        self._corners = not bare
        self.update()

    def target(self) -> QRectF:
        """Where in the widget the picture is drawn, on whole device pixels; empty where nothing is shown."""
        size = self.image().size()
        room = self.rect().adjusted(self._margin, self._margin, -self._margin, -self._margin)
        if size.isEmpty() or room.isEmpty():
            return QRectF()
        ratio = self.devicePixelRatioF()
        fitted = size.scaled(room.size() * ratio, Qt.AspectRatioMode.KeepAspectRatio)
        left = int((self.width() * ratio - fitted.width()) / 2)
        top = int((self.height() * ratio - fitted.height()) / 2)
        return QRectF(left / ratio, top / ratio, fitted.width() / ratio, fitted.height() / ratio)

    def sizeHint(self) -> QSize:
        return QSize(640, 360)

    def frame_to_drag(self) -> QMimeData | None:
        """The frame shown, at its full size, for whoever takes pictures; None where nothing is shown."""
        if self.image().isNull():
            return None
        data = QMimeData()
        data.setImageData(self.image().copy())
        return data

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        pressed = self._pressed
        if pressed is None or (event.position() - pressed).manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed = None
        if (data := self.frame_to_drag()) is not None:
            drag = QDrag(self)
            drag.setMimeData(data)
            smooth = Qt.TransformationMode.SmoothTransformation
            drag.setPixmap(QPixmap.fromImage(self.image().scaledToHeight(_DRAGGED_HEIGHT, smooth)))
            drag.exec(Qt.DropAction.CopyAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self._pressed is not None:
            self._pressed = None
            self.clicked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.double_clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground = colour("stage")
        painter.fillRect(self.rect(), ground)
        target = self.target()
        if not target.isEmpty():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setOpacity(_DIMMED if self._dimmed else 1.0)
            painter.drawImage(target, self.image())
            painter.setOpacity(1.0)
            if self._corners:
                self._round_corners(painter, target)
        if self.hasFocus() and self._corners:
            ring = self.rect() if target.isEmpty() else target.adjusted(-5, -5, 5, 5)
            focus_ring(painter, ring, METRICS.radius_field, "stage_accent")

    def _round_corners(self, painter: QPainter, target: QRectF) -> None:
        """Paint the ground over the corners: cheaper than drawing the picture through a path, and smooth."""
        path = QPainterPath()
        path.addRect(target.adjusted(-1, -1, 1, 1))
        path.addRoundedRect(target, METRICS.radius_picture, METRICS.radius_picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path, colour("stage"))
