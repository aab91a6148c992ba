"""Places that show a card for each file: pictures and videos in a grid, sounds one below the other."""

from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QWidget

from venice_studio.domain.inputs import RULES, Material, Role
from venice_studio.domain.media import Medium, Sound
from venice_studio.domain.model import VideoModel
from venice_studio.domain.request import GenerationRequest
from venice_studio.ui.compose.inputs import words
from venice_studio.ui.compose.inputs.cards import SOUND, TILE, WIDE, FileItem, SoundCard, Tile, WideCard
from venice_studio.ui.compose.inputs.grid import CardGrid
from venice_studio.ui.compose.inputs.hands import Hands
from venice_studio.ui.compose.inputs.menu import ItemMenu
from venice_studio.ui.compose.inputs.origin import Origin
from venice_studio.ui.compose.inputs.slot import InputSlot
from venice_studio.ui.compose.inputs.target import Target

ADD_LINE = QSize(340, 36)


def cards_slot(role: Role, hands: Hands) -> "CardsSlot":
    """The place of a role whose inputs are plain files."""
    rule = RULES[role]
    add = f"Add {words.with_article(rule.one)}"
    if rule.material is Material.SOUND:
        return CardsSlot(role, hands, CardGrid[FileItem](SoundCard, 1, SOUND, ADD_LINE, add))
    if rule.single:
        return CardsSlot(role, hands, CardGrid[FileItem](WideCard, 1, WIDE, ADD_LINE, add))
    return CardsSlot(role, hands, CardGrid[FileItem](Tile, 3, TILE, TILE, "Add"))


class CardsSlot(InputSlot):
    """One card for each file."""

    def __init__(self, role: Role, hands: Hands, grid: CardGrid[FileItem]) -> None:
        super().__init__(role, hands, grid)
        self.grid = grid
        grid.add.setAccessibleName(f"Add {words.with_article(RULES[role].one)}")
        grid.add.clicked.connect(self.browse)
        hands.hearing.progressed.connect(self._heard)

    def show_given(self, request: GenerationRequest, model: VideoModel | None) -> None:
        media = request.media_of(self.role)
        most = model.count(self.role) if model is not None else 0
        self.grid.set_count(len(media), more=0 < len(media) < most)
        for index, (card, medium) in enumerate(zip(self.grid.cards, media, strict=True)):
            self._wire(card)
            card.origin = Origin(self.role, index)
            new = card.medium is None or card.medium.sha256 != medium.sha256
            card.show_medium(medium, words.item_name(self.role, index, medium), self._badge(index))
            if new:
                self._show(card, medium)

    def first_stop(self) -> QWidget:
        return self.grid.cards[0] if self.grid.cards else self.strip

    def target_of(self, focused: QWidget | None) -> Target:
        index = next((i for i, card in enumerate(self.grid.cards) if card is focused), None)
        return Target(self.role, index)

    def mark_drop(self, origin: Origin | None, at: QPoint) -> None:
        own = origin is not None and origin.role is self.role
        self.grid.mark(self.grid.index_at(self.grid.mapFrom(self, at)) if own else None)
        self.grid.add.set_highlighted(not own)

    def unmark(self) -> None:
        super().unmark()
        self.grid.mark(None)
        self.grid.add.set_highlighted(False)

    def drop_own(self, origin: Origin, at: QPoint) -> None:
        if origin.role is not self.role:
            super().drop_own(origin, at)
            return
        before = self.grid.index_at(self.grid.mapFrom(self, at))
        self.hands.move(origin, before - 1 if before > origin.index else before)

    def _badge(self, index: int) -> str:
        """The number by which the prompt can speak of it."""
        mention = RULES[self.role].mention
        return f"{mention}{index + 1}" if mention else "" if RULES[self.role].single else str(index + 1)

    def _show(self, card: FileItem, medium: Medium) -> None:
        def still_that() -> bool:
            # A card may be gone by the time its still is there.
            return card in self.grid.cards and card.medium is not None and card.medium.sha256 == medium.sha256

        if isinstance(medium, Sound):
            if isinstance(card, SoundCard):
                self.hands.peaks(medium, lambda peaks: card.show_peaks(peaks) if still_that() else None)
        else:
            self.hands.still(medium, card.still_px, lambda image: card.show_image(image) if still_that() else None)

    def _wire(self, card: FileItem) -> None:
        if card.origin is not None:
            return
        card.replace_asked.connect(lambda: self.hands.browse(self, Target(self.role, self._index(card))))
        card.remove_asked.connect(lambda: self.hands.remove(Origin(self.role, self._index(card))))
        card.step_asked.connect(lambda by: self._step(card, by))
        card.menu_asked.connect(lambda at: self._menu(card, at))
        if isinstance(card, SoundCard):
            card.play.clicked.connect(lambda _=False: self._hear(card))

    def _index(self, card: FileItem) -> int:
        return self.grid.cards.index(card)

    def _step(self, card: FileItem, by: int) -> None:
        to = self._index(card) + by
        if 0 <= to < len(self.grid.cards):
            self.hands.move(Origin(self.role, to - by), to)
            self.grid.cards[to].setFocus()

    def _menu(self, card: FileItem, at: QPoint) -> None:
        origin = Origin(self.role, self._index(card))
        ItemMenu(self, self, self.hands, origin, len(self.grid.cards)).open_at(at)

    def _hear(self, card: SoundCard) -> None:
        if isinstance(card.medium, Sound):
            self.hands.hear(card.medium)

    def _heard(self, name: str, playing: bool, share: float) -> None:
        for card in self.grid.cards:
            if isinstance(card, SoundCard) and card.medium is not None and card.medium.sha256 == name:
                card.show_playing(playing, share)
