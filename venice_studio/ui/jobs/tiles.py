"""The small pictures at the left of a row: a still of each take, letterboxed, or what stands for one not there yet."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap

from venice_studio.domain.job import Job, Saved
from venice_studio.domain.media import Picture
from venice_studio.ui.jobs.listing import Row
from venice_studio.ui.jobs.stills import Stills
from venice_studio.ui.jobs.words import Section, section, stopwatch
from venice_studio.ui.theme import METRICS, colour, icon, weighted
from venice_studio.ui.widgets import rounded

_SYMBOLS = {Section.WAITING: "clock", Section.RENDERING: "clock", Section.NEEDS_YOU: "warning"}
_DIM = 0.45
_BADGE_INK, _BADGE_GROUND = QColor("#ffffff"), QColor(0, 0, 0, 185)


class TilePainter:
    """Paints the tiles of a row."""

    def __init__(self, stills: Stills, picture_path: Callable[[Picture], str]) -> None:
        """`picture_path` says where the bytes of a start frame lie."""
        self._stills = stills
        self._picture_path = picture_path

    def paint(self, painter: QPainter, places: Sequence[QRect], row: Row, chosen: str | None) -> None:
        """Paint the tiles of `row`; the one of the job `chosen` is framed where there are several."""
        for job, place in zip(row.jobs, places, strict=False):
            self._tile(painter, place, job)
            if job.id == chosen and len(row.jobs) > 1:
                painter.setPen(QPen(colour("accent"), METRICS.ring))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(place).adjusted(-1, -1, 1, 1), METRICS.radius_picture, 4)
        if len(row.jobs) == 1 and isinstance(state := row.jobs[0].state, Saved):
            _badge(painter, places[0], stopwatch(state.clip.duration_ms / 1000))
        elif (hidden := len(row.jobs) - len(places)) > 0:
            _badge(painter, places[-1], f"+{hidden}")

    def _tile(self, painter: QPainter, place: QRect, job: Job) -> None:
        rounded(painter, place, METRICS.radius_picture, colour("raised"))
        still = self._still(job, painter.device().devicePixelRatioF(), place.size())
        if still is not None:
            painter.setOpacity(1.0 if isinstance(job.state, Saved) else _DIM)
            draw_within(painter, place, still, METRICS.radius_picture, fill=len(job.group) > 0 and place.width() < 60)
            painter.setOpacity(1.0)
        elif (symbol := _SYMBOLS.get(section(job))) is not None:
            side = 18 if place.height() >= 40 else 14
            box = QRect(0, 0, side, side)
            box.moveCenter(place.center())
            icon(symbol, "hint").paint(painter, box)

    def _still(self, job: Job, ratio: float, size: QSize) -> QPixmap | None:
        if isinstance(job.state, Saved):
            path = job.state.clip.thumbnail
        elif (frame := job.request.start_frame) is not None:
            path = self._picture_path(frame)
        else:
            return None
        # Twice the longer side, so that a tile that is filled (not letterboxed) stays sharp.
        return self._stills.get(path, QSize(round(208 * ratio), round(208 * ratio))) if path else None


def draw_within(painter: QPainter, place: QRect, still: QPixmap, radius: float, *, fill: bool = False) -> None:
    """A picture in a place with round corners: whole with room left over, or (`fill`) cropped to fill it."""
    mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding if fill else Qt.AspectRatioMode.KeepAspectRatio
    size = still.size().scaled(place.size(), mode)
    target = QRect(0, 0, size.width(), size.height())
    target.moveCenter(place.center())
    painter.save()
    corners = QPainterPath()
    corners.addRoundedRect(QRectF(place), radius, radius)
    painter.setClipPath(corners)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(target, still)
    painter.restore()


def _badge(painter: QPainter, tile: QRect, text: str) -> None:
    font = weighted(painter.font(), METRICS.medium, METRICS.badge_size)
    font.setFeature(QFont.Tag("tnum"), 1)
    painter.setFont(font)
    width = painter.fontMetrics().horizontalAdvance(text) + 8
    box = QRect(tile.right() - width - 3, tile.bottom() - 18, width, 15)
    rounded(painter, box, 3, _BADGE_GROUND)
    painter.setPen(_BADGE_INK)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
