"""The picture of a video frame, in its true colours."""

from PySide6.QtGui import QImage, QTransform
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

from venice_studio.library.colours import Coded, Developer, Layout, Matrix, loaded

_PIXELS = QVideoFrameFormat.PixelFormat
_SPACES = QVideoFrameFormat.ColorSpace

_LAYOUTS: dict[QVideoFrameFormat.PixelFormat, Layout] = {
    _PIXELS.Format_YUV420P: "yuv420p",
    _PIXELS.Format_YUV422P: "yuv422p",
    _PIXELS.Format_NV12: "nv12",
    _PIXELS.Format_YUV420P10: "yuv420p10le",
    _PIXELS.Format_P010: "p010le",
}
_MATRICES: dict[QVideoFrameFormat.ColorSpace, Matrix | None] = {
    _SPACES.ColorSpace_Undefined: None,
    _SPACES.ColorSpace_BT601: "ITU601",
    _SPACES.ColorSpace_BT709: "ITU709",
    _SPACES.ColorSpace_BT2020: "BT2020",
}


class Pictures:
    """Makes images of the frames of one film, one after the other."""

    def __init__(self) -> None:
        self._developer = Developer()
        self._plane: object = None  # what the pixels of the last image belong to

    def of(self, frame: QVideoFrame) -> QImage:
        """A frame at its full size and upright; null where it cannot be had. Good until the next one is asked for.

        What we do not know how to read, Qt does.
        """
        given = frame.surfaceFormat()
        layout, space = _LAYOUTS.get(frame.pixelFormat()), given.colorSpace()
        if layout is None or space not in _MATRICES or not loaded() or not frame.map(QVideoFrame.MapMode.ReadOnly):
            return frame.toImage()
        try:
            coded = Coded(
                width=frame.width(),
                height=frame.height(),
                layout=layout,
                planes=[memoryview(frame.bits(plane)) for plane in range(frame.planeCount())],
                strides=[frame.bytesPerLine(plane) for plane in range(frame.planeCount())],
                matrix=_MATRICES[space],
                full_range=given.colorRange() is QVideoFrameFormat.ColorRange.ColorRange_Full,
            )
            self._plane = plane = self._developer.to_bgra(coded)
        finally:
            frame.unmap()
        format_ = QImage.Format.Format_RGB32
        return _upright(QImage(memoryview(plane), frame.width(), frame.height(), plane.line_size, format_), frame)


def _upright(image: QImage, frame: QVideoFrame) -> QImage:
    """Turned and mirrored as the film asks for, first by its stream, then by the frame."""
    given, turn = frame.surfaceFormat(), QTransform()
    for degrees, mirrored in ((frame.rotation(), frame.mirrored()), (given.rotation(), given.isMirrored())):
        turn.scale(-1 if mirrored else 1, 1)
        turn.rotate(degrees.value)
    return image if turn.isIdentity() else image.transformed(turn)
