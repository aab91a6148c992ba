"""How attached files look: small in a grid, wide for a video, with its waveform for a sound."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPen

from venice_studio.domain.media import Medium, Picture, Sound, Video
from venice_studio.ui.compose.inputs import words
from venice_studio.ui.compose.inputs.item import Item
from venice_studio.ui.compose.words import file_size
from venice_studio.ui.theme import METRICS, colour, icon, weighted
from venice_studio.ui.widgets import icon_button, rename

TILE = QSize(108, 116)
SMALL_TILE = QSize(74, 62)
WIDE = QSize(340, 92)
SOUND = QSize(340, 68)
_IMAGE_HEIGHT = 74
_BADGE_HEIGHT = 18


def paint_still(painter: QPainter, area: QRect, image: QImage, *, waiting: str) -> None:
    """A picture, whole, in the middle of a dark ground; `waiting` is the icon in its place until it is there."""
    painter.fillRect(area, colour("raised"))
    if image.isNull():
        middle = QRect(0, 0, 20, 20)
        middle.moveCenter(area.center())
        icon(waiting, "hint").paint(painter, middle)
        return
    size = image.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(0, 0, size.width(), size.height())
    place.moveCenter(QRectF(area).center())
    painter.drawImage(place, image)


def paint_badge(painter: QPainter, corner: QRect, text: str) -> None:
    """A few characters on a dark ground at the lower left of an area."""
    font = QFont(painter.font())
    font.setPixelSize(METRICS.badge_size)
    painter.setFont(weighted(font, METRICS.medium))
    width = painter.fontMetrics().horizontalAdvance(text) + 10
    box = QRectF(corner.left() + 4, corner.bottom() - _BADGE_HEIGHT - 3, width, _BADGE_HEIGHT)
    ground = colour("stage_bar")
    ground.setAlpha(225)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, METRICS.radius_picture, METRICS.radius_picture)
    painter.setPen(colour("stage_text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def write(painter: QPainter, area: QRect, text: str, role: str, *, size: int, bold: bool = False) -> None:
    """A line of text, cut in the middle where it is too long: file names are told apart by their ends."""
    font = QFont(painter.font())
    font.setPixelSize(size)
    painter.setFont(weighted(font, METRICS.semibold if bold else 400))
    painter.setPen(colour(role))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class FileItem(Item):
    """A card of one file."""

    def __init__(self) -> None:
        super().__init__()
        self.medium: Medium | None = None
        self.image = QImage()
        self.badge = ""

    def show_medium(self, medium: Medium, name: str, badge: str = "") -> None:
        """Say what is known of a file; `show_image` follows where it is another one. `name`: for screen readers."""
        if self.medium is None or self.medium.sha256 != medium.sha256:
            self.image = QImage()
        self.medium, self.badge = medium, badge
        self.name_it(name, words.facts(medium), bare=medium.name)
        self.update()

    def show_image(self, image: QImage) -> None:
        """The still, small."""
        self.image = image
        self.update()

    @property
    def still_px(self) -> int:
        """How large a still is worth making, device pixels of its longer side."""
        return round(max(self.width(), self.height()) * self.devicePixelRatioF())

    @property
    def waiting(self) -> str:
        """The icon in the place of the still until it is there."""
        return "film" if isinstance(self.medium, Video) else "volume" if isinstance(self.medium, Sound) else "picture"


class Tile(FileItem):
    """A small card of a grid: still, name and how much is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(TILE)

    def paint_content(self, painter: QPainter) -> None:
        medium = self.medium
        if medium is None:
            return
        still = QRect(0, 0, self.width(), _IMAGE_HEIGHT)
        paint_still(painter, still, self.image, waiting=self.waiting)
        line = QRect(8, _IMAGE_HEIGHT + 4, self.width() - 14, 17)
        write(painter, line, medium.name, "text", size=METRICS.secondary_size)
        write(painter, line.translated(0, 17), words.short_facts(medium), "hint", size=METRICS.badge_size)
        badges = [self.badge, words.clock(medium.duration_ms) if isinstance(medium, Video) else ""]
        if badge := " · ".join(filter(None, badges)):
            paint_badge(painter, still, badge)


class SmallTile(FileItem):
    """One picture of an element: the still alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(SMALL_TILE)

    def paint_content(self, painter: QPainter) -> None:
        paint_still(painter, self.rect(), self.image, waiting=self.waiting)
        if self.badge:
            paint_badge(painter, self.rect(), self.badge)


class WideCard(FileItem):
    """A card over the whole width: still at the left, facts at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(WIDE)

    def paint_content(self, painter: QPainter) -> None:
        medium = self.medium
        if medium is None:
            return
        aspect = medium.width / max(1, medium.height) if isinstance(medium, Picture | Video) else 16 / 9
        still = QRect(0, 0, max(56, min(164, round(self.height() * aspect))), self.height())
        paint_still(painter, still, self.image, waiting=self.waiting)
        if isinstance(medium, Video):
            paint_badge(painter, still, words.clock(medium.duration_ms))
        line = QRect(still.right() + 12, 10, self.width() - still.right() - 40, 18)
        write(painter, line, medium.name, "text", size=METRICS.text_size, bold=True)
        if isinstance(medium, Picture | Video):
            shape = f"{medium.width} × {medium.height}"
            write(painter, line.translated(0, 20), shape, "secondary", size=METRICS.secondary_size)
        line = line.translated(0, 38)
        write(painter, line, file_size(medium.size), "secondary", size=METRICS.secondary_size)


class SoundCard(FileItem):
    """A sound: play, name, length and how it looks."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(SOUND)
        self.peaks: tuple[float, ...] = ()
        self.share = 0.0
        """How much of it has been played, 0 to 1."""
        self.play = icon_button("play", "Play")
        self.play.setParent(self)
        self.play.setObjectName("playSoundButton")
        self.play.move(8, (self.height() - self.play.sizeHint().height()) // 2)
        self._playing = False

    def show_medium(self, medium: Medium, name: str, badge: str = "") -> None:
        """As for other files; the waveform comes with `show_peaks`."""
        if self.medium is None or self.medium.sha256 != medium.sha256:
            self.peaks, self.share = (), 0.0
        super().show_medium(medium, name, badge)
        self._name_play()

    def show_peaks(self, peaks: tuple[float, ...]) -> None:
        """How loud it is over its length, 0 to 1."""
        self.peaks = peaks
        self.update()

    def show_playing(self, playing: bool, share: float) -> None:
        """Whether it is being heard, and how much of it has been."""
        if playing != self._playing:
            self._playing = playing
            self.play.setIcon(icon("pause" if playing else "play", "secondary"))
            self._name_play()
        self.share = share
        self.update()

    def paint_content(self, painter: QPainter) -> None:
        medium = self.medium
        if not isinstance(medium, Sound):
            return
        line = QRect(46, 7, self.width() - 46 - 30, 18)
        write(painter, line, medium.name, "text", size=METRICS.text_size)
        self._paint_peaks(painter, QRect(46, 27, self.width() - 46 - 104, 32))
        told = QRect(self.width() - 98, 34, 90, 18)
        text = f"{words.clock(medium.duration_ms)} · {file_size(medium.size)}"
        write(painter, told, text, "hint", size=METRICS.badge_size)

    def _paint_peaks(self, painter: QPainter, area: QRect) -> None:
        step = 3
        bars = area.width() // step
        if not self.peaks:
            return
        played, quiet = QPen(colour("accent"), 2), QPen(colour("hint"), 2)
        for bar in range(bars):
            peak = self.peaks[bar * len(self.peaks) // bars]
            height = max(2.0, peak * area.height())
            painter.setPen(played if bar / bars < self.share else quiet)
            x = area.left() + bar * step + 1
            painter.drawLine(x, round(area.center().y() - height / 2), x, round(area.center().y() + height / 2))

    def _name_play(self) -> None:
        if self.medium is not None:
            rename(self.play, f"{'Pause' if self._playing else 'Play'} {self.medium.name}")
            self.play.setToolTip("Pause" if self._playing else "Play")
