"""Paints a row: tiles, prompt, how it stands, what it costs, what to do."""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from venice_studio.domain.job import Job
from venice_studio.ui.jobs import geometry, offers
from venice_studio.ui.jobs.listing import Row
from venice_studio.ui.jobs.model import JobModel
from venice_studio.ui.jobs.offers import Act
from venice_studio.ui.jobs.sentences import charges, gist, price, standings, tally
from venice_studio.ui.jobs.tiles import TilePainter
from venice_studio.ui.jobs.words import SECTION_COLOURS, Section, section, shorter, wait_note
from venice_studio.ui.theme import METRICS, colour, weighted
from venice_studio.ui.widgets import focus_ring, rounded

Index = QModelIndex | QPersistentModelIndex
Part = tuple[tuple[str, ...], str]
"""Words, the longest first, of which those are written that there is room for; and the token of their colour."""
_MARK = 3  # width of the bar at the left of the chosen row, px
_BAR = 4  # height of the progress line, px


class JobDelegate(QStyledItemDelegate):
    """One height for all rows, so that the view never lays them out anew."""

    def __init__(self, model: JobModel, tiles: TilePainter, parent: QWidget) -> None:
        super().__init__(parent)
        self._list = parent
        self._model = model
        self._tiles = tiles
        self.chosen: str | None = None
        """The job on the stage: its tile is framed."""
        self.hovered: tuple[str, Act] | None = None
        """The link under the pointer, by the id of its job."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(option.rect.width(), geometry.ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.row(index.row())
        if row is None:
            return
        painter.save()
        box = option.rect
        self._ground(painter, option)
        place = self._places(box, row)
        self._tiles.paint(painter, place.tiles, row, self.chosen)
        self._words(painter, place, row, option.font)
        if option.state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, box.adjusted(2, 2, -2, -3), METRICS.radius_segment)
        painter.restore()

    def link_at(self, box: QRect, index: Index, at: QPoint, font: QFont) -> tuple[Job, Act] | None:
        """The link under a point of the view, `box` being the row's place; None where there is none."""
        row = self._model.row(index.row())
        if row is None or not (acts := offers.links(row, self._model.gone)):
            return None
        job = row.foremost
        rects = geometry.links(self._links_line(box, row, font), self._labels(row, acts), QFontMetrics(_small(font)))
        return next(((job, act) for act, rect in zip(acts, rects, strict=True) if rect.contains(at)), None)

    def tile_at(self, box: QRect, index: Index, at: QPoint) -> Job | None:
        """The take whose tile is under a point; None where there is none or only one."""
        row = self._model.row(index.row())
        if row is None or len(row.jobs) < 2:
            return None
        tiles = zip(row.jobs, self._places(box, row).tiles, strict=False)
        return next((job for job, tile in tiles if tile.contains(at)), None)

    def _places(self, box: QRect, row: Row) -> geometry.RowPlaces:
        """The scroll bar takes its room from the margin: with it there is room for as many words as without."""
        whole = QRect(box.topLeft(), QSize(self._list.width(), box.height()))
        return geometry.places(whole, len(row.jobs))

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        box = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, colour("selected"))
            painter.fillRect(QRect(box.left(), box.top(), _MARK, box.height() - 1), colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, colour("field"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), colour("line"))

    def _words(self, painter: QPainter, place: geometry.RowPlaces, row: Row, font: QFont) -> None:
        painter.setFont(font)
        painter.setPen(colour("text"))
        lines = two_lines(row.jobs[0].request.prompt, place.prompt.width(), font.toString())
        line = QRect(place.prompt)
        line.setHeight(place.prompt.height() // 2)
        for text in lines:
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
            line.translate(0, line.height())
        below = geometry.below_prompt(place, len(lines))
        if (share := self._share(row)) is not None:
            below = self._progress(painter, below, share)
        painter.setFont(_small(font))
        self._status(painter, below, row)
        if acts := offers.links(row, self._model.gone):
            self._draw_links(painter, self._links_line_below(below), row, acts)

    def _share(self, row: Row) -> float | None:
        """How far the rendering takes of a row are together; None for no bar."""
        shares = [self._model.outlook(job).share or 0.0 for job in row.jobs if section(job) is Section.RENDERING]
        return sum(shares) / len(shares) if shares else None

    def _progress(self, painter: QPainter, line: QRect, share: float) -> QRect:
        bar = QRectF(line.left(), line.top() + 4, line.width(), _BAR)
        rounded(painter, bar, _BAR / 2, colour("raised"))
        if share > 0:
            bar.setWidth(max(float(_BAR), bar.width() * share))
            rounded(painter, bar, _BAR / 2, colour("accent"))
        return line.translated(0, 11)

    def _status(self, painter: QPainter, line: QRect, row: Row) -> None:
        charged = charges(row)
        right = line.right() + 1
        if not charged and (sum_text := price(row)):
            painter.setPen(colour("hint"))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, sum_text)
            right -= painter.fontMetrics().horizontalAdvance(sum_text) + METRICS.space_2
        left = line.left()
        for forms, role in self._reasons(charged) or self._parts(row):
            painter.setPen(colour(role))
            area = QRect(left, line.top(), max(0, right - left), line.height())
            text = fitting(forms, painter.fontMetrics(), area.width())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)
            left += painter.fontMetrics().horizontalAdvance(text) + METRICS.space_2

    def _reasons(self, charged: list[tuple[str, str]]) -> list[Part]:
        """What it cost in the colour of that, why it needs the user in the colour of what needs the user."""
        parts: list[Part] = []
        for text, role in charged:
            cost, colon, why = text.partition(": ")
            parts.append(((f"{cost}{colon.strip()}",), role))
            parts += [((why,), SECTION_COLOURS[Section.NEEDS_YOU])] if why else []
        return parts

    def _parts(self, row: Row) -> list[Part]:
        """What the line of state says."""
        job = row.jobs[0]
        if len(row.jobs) > 1:
            several: list[Part] = [((f"{len(row.models)} models",), "hint")] if len(row.models) > 1 else []
            return [((tally(each, count),), SECTION_COLOURS[each]) for each, count in standings(row)] + several
        where = section(job)
        if self._model.is_missing(job):
            return [((where.value,), "warn"), (("file missing",), "warn")]
        if where is Section.SAVED:
            notes = gist(job.request, self._model.name)
        else:
            note = wait_note(job, self._model.now(), self._model.outlook(job))
            notes = (note, shorter(note))
        return [((where.value,), SECTION_COLOURS[where]), (notes, "hint")]

    def _draw_links(self, painter: QPainter, line: QRect, row: Row, acts: tuple[Act, ...]) -> None:
        job, labels = row.foremost, self._labels(row, acts)
        painter.setPen(colour("accent_text"))
        for act, label, rect in zip(acts, labels, geometry.links(line, labels, painter.fontMetrics()), strict=True):
            font = painter.font()
            font.setUnderline(self.hovered == (job.id, act))
            painter.setFont(font)
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, label)

    def _labels(self, row: Row, acts: tuple[Act, ...]) -> list[str]:
        job = row.foremost
        counting = self._model.counting.get(job.id, "")
        gone = self._model.gone
        return [offers.label(act, job, row.jobs, short=True, counting=counting, gone=gone) for act in acts]

    def _links_line(self, box: QRect, row: Row, font: QFont) -> QRect:
        place = self._places(box, row)
        lines = two_lines(row.jobs[0].request.prompt, place.prompt.width(), font.toString())
        return self._links_line_below(geometry.below_prompt(place, len(lines)))

    @staticmethod
    def _links_line_below(status: QRect) -> QRect:
        return status.translated(0, status.height())


def _small(font: QFont) -> QFont:
    small = weighted(font, 400, METRICS.secondary_size)
    small.setFeature(QFont.Tag("tnum"), 1)
    return small


def fitting(forms: Sequence[str], metrics: QFontMetrics, width: int) -> str:
    """The first of several forms that fits, else the last one, cut."""
    whole = next((form for form in forms if metrics.horizontalAdvance(form) <= width), None)
    return metrics.elidedText(forms[-1], Qt.TextElideMode.ElideRight, width) if whole is None else whole


@lru_cache(maxsize=512)
def two_lines(text: str, width: int, font_text: str) -> tuple[str, ...]:
    """The text in at most two lines of `width` px, the second ending in … where there is more; at least one line."""
    font = QFont()
    font.fromString(font_text)
    layout = QTextLayout(" ".join(text[:600].split()), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    first = layout.createLine()
    if not first.isValid():
        return ("",)
    first.setLineWidth(width)
    head = layout.text()[: first.textLength()].rstrip()
    rest = layout.text()[first.textLength() :]
    layout.endLayout()
    return (head, QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)) if rest else (head,)
