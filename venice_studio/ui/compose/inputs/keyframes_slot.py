"""Pictures that the clip passes through, in the order of their frames."""

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QPainter, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from venice_studio.domain.inputs import FRAMES_PER_S, Role
from venice_studio.domain.media import Keyframe
from venice_studio.domain.model import VideoModel
from venice_studio.domain.request import GenerationRequest
from venice_studio.ui.compose.inputs.cards import FileItem, paint_still, write
from venice_studio.ui.compose.inputs.cards_slot import ADD_LINE
from venice_studio.ui.compose.inputs.grid import AddTile
from venice_studio.ui.compose.inputs.hands import Hands
from venice_studio.ui.compose.inputs.menu import ItemMenu
from venice_studio.ui.compose.inputs.origin import Origin
from venice_studio.ui.compose.inputs.slot import InputSlot
from venice_studio.ui.compose.inputs.target import Target
from venice_studio.ui.compose.words import file_size
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import NumberBox, PlainLabel

_MOST_FRAMES = 99_999
_STILL_WIDTH = 84


class FrameSpin(NumberBox):
    """A frame's number. The wheel scrolls the pane under it, it never changes the value."""

    def __init__(self) -> None:
        super().__init__()
        self.setRange(0, _MOST_FRAMES)
        self.setSingleStep(1)
        self.setPrefix("Frame ")
        self.setFixedWidth(112)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class KeyframeCard(FileItem):
    """Picture and name of a keyframe; its number stands beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(216, 54))

    def paint_content(self, painter: QPainter) -> None:
        if self.medium is None:
            return
        paint_still(painter, QRect(0, 0, _STILL_WIDTH, self.height()), self.image, waiting=self.waiting)
        line = QRect(_STILL_WIDTH + 10, 9, self.width() - _STILL_WIDTH - 40, 18)
        write(painter, line, self.medium.name, "text", size=METRICS.secondary_size)
        size = file_size(self.medium.size)
        write(painter, line.translated(0, 18), size, "hint", size=METRICS.badge_size)


class KeyframeRow(QWidget):
    """One keyframe."""

    placed = Signal(int)
    """The user gave another frame number."""

    def __init__(self) -> None:
        super().__init__()
        self.index = 0
        """Its place in the draft."""
        self.card = KeyframeCard()
        self.spin = FrameSpin()
        self.time = PlainLabel("", "hint", numbers=True)
        self.spin.valueChanged.connect(self.placed)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(1)
        beside.addWidget(self.spin)
        beside.addWidget(self.time)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(METRICS.space_2)
        row.addWidget(self.card)
        row.addLayout(beside)
        row.addStretch(1)

    def show_keyframe(self, index: int, keyframe: Keyframe) -> None:
        """Show a keyframe, whose place in the draft is `index`."""
        self.index = index
        frame = keyframe.frame_index
        name = keyframe.picture.name
        self.card.origin = Origin(Role.KEYFRAMES, index)
        self.card.show_medium(keyframe.picture, f"Keyframe at {frame}: {name}")
        self.spin.blockSignals(True)
        self.spin.setValue(frame)
        self.spin.blockSignals(False)
        self.spin.setAccessibleName(f"Frame of {name}")
        self.time.setText(f"{frame / FRAMES_PER_S:.2f} s")


class KeyframesSlot(InputSlot):
    """A row for each keyframe; moving one lets two pictures change their frames."""

    def __init__(self, hands: Hands) -> None:
        super().__init__(Role.KEYFRAMES, hands, QWidget())
        self.rows: list[KeyframeRow] = []
        self.add = AddTile(ADD_LINE, "Add a keyframe")
        self.add.setAccessibleName("Add a keyframe")
        self.add.clicked.connect(self.browse)
        self._column = column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(METRICS.space_2)
        column.addWidget(self.add)

    def show_given(self, request: GenerationRequest, model: VideoModel | None) -> None:
        in_order = sorted(enumerate(request.keyframes), key=lambda item: item[1].frame_index)
        lost_focus = any(row.card.hasFocus() for row in self.rows[len(in_order) :])
        while len(self.rows) > len(in_order):
            row = self.rows.pop()
            row.card.medium = None  # so that a still on its way finds nobody
            row.hide()
            row.deleteLater()
        while len(self.rows) < len(in_order):
            self._column.insertWidget(len(self.rows), self._made())
        for row, (index, keyframe) in zip(self.rows, in_order, strict=True):
            old = row.card.medium
            row.show_keyframe(index, keyframe)
            if old is None or old.sha256 != keyframe.picture.sha256:
                self._show(row.card, keyframe)
        if lost_focus and self.rows:
            self.rows[-1].card.setFocus()
        most = model.count(Role.KEYFRAMES) if model is not None else 0
        self.add.setVisible(len(in_order) < most)

    def first_stop(self) -> QWidget:
        return self.rows[0].card if self.rows else self.strip

    def target_of(self, focused: QWidget | None) -> Target:
        index = next((row.index for row in self.rows if row.card is focused), None)
        return Target(Role.KEYFRAMES, index)

    def mark_drop(self, origin: Origin | None, at: QPoint) -> None:
        self.add.set_highlighted(origin is None or origin.role is not Role.KEYFRAMES)

    def unmark(self) -> None:
        super().unmark()
        self.add.set_highlighted(False)

    def drop_own(self, origin: Origin, at: QPoint) -> None:
        if origin.role is not Role.KEYFRAMES:
            super().drop_own(origin, at)
            return
        over = next((row for row in self.rows if row.rect().contains(row.mapFrom(self, at))), None)
        if over is not None:
            self.hands.move(origin, over.index)

    def _made(self) -> KeyframeRow:
        row = KeyframeRow()
        self.rows.append(row)
        card = row.card
        card.replace_asked.connect(lambda: self.hands.browse(self, Target(Role.KEYFRAMES, row.index)))
        card.remove_asked.connect(lambda: self.hands.remove(Origin(Role.KEYFRAMES, row.index)))
        card.step_asked.connect(lambda by: self._step(row, by))
        card.menu_asked.connect(lambda at: self._menu(row, at))
        row.placed.connect(lambda frame: self._place(row, frame))
        return row

    def _place(self, row: KeyframeRow, frame: int) -> None:
        had_focus = row.spin.hasFocus()
        name = row.card.medium.sha256 if row.card.medium else ""
        self.hands.attachments.place_keyframe(row.index, frame)
        # The rows are in the order of their frames; the keyboard goes along with the picture.
        moved = next((r for r in self.rows if r.spin.value() == frame and _sha(r) == name), row)
        if had_focus and moved is not row:
            moved.spin.setFocus()

    def _step(self, row: KeyframeRow, by: int) -> None:
        to = self.rows.index(row) + by
        if 0 <= to < len(self.rows):
            self.hands.move(Origin(Role.KEYFRAMES, row.index), self.rows[to].index)
            self.rows[to].card.setFocus()

    def _menu(self, row: KeyframeRow, at: QPoint) -> None:
        ItemMenu(self, self, self.hands, Origin(Role.KEYFRAMES, row.index), len(self.rows)).open_at(at)

    def _show(self, card: KeyframeCard, keyframe: Keyframe) -> None:
        sha = keyframe.picture.sha256
        self.hands.still(
            keyframe.picture,
            card.still_px,
            lambda image: card.show_image(image) if card.medium and card.medium.sha256 == sha else None,
        )


def _sha(row: KeyframeRow) -> str:
    return row.card.medium.sha256 if row.card.medium else ""
