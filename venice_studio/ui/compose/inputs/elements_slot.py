"""The elements of a clip: a card for each, and a place to begin another."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QVBoxLayout, QWidget

from venice_studio.domain.inputs import Role
from venice_studio.domain.media import Element
from venice_studio.domain.model import VideoModel
from venice_studio.domain.request import GenerationRequest
from venice_studio.ui.compose.inputs.cards_slot import ADD_LINE
from venice_studio.ui.compose.inputs.element_card import ElementCard
from venice_studio.ui.compose.inputs.grid import AddTile
from venice_studio.ui.compose.inputs.hands import Hands
from venice_studio.ui.compose.inputs.origin import Origin
from venice_studio.ui.compose.inputs.slot import InputSlot
from venice_studio.ui.compose.inputs.target import Target
from venice_studio.ui.theme import METRICS


class ElementsSlot(InputSlot):
    """Files that come between the cards begin elements of their own; on a card they become its pictures."""

    def __init__(self, hands: Hands) -> None:
        super().__init__(Role.ELEMENTS, hands, QWidget())
        self.cards: list[ElementCard] = []
        self.add = AddTile(ADD_LINE, "Add an element")
        self.add.setAccessibleName("Add an element")
        self.add.clicked.connect(self._begin)
        self._column = column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(METRICS.space_2)
        column.addWidget(self.add)

    def show_given(self, request: GenerationRequest, model: VideoModel | None) -> None:
        elements = request.elements
        while len(self.cards) > len(elements):
            card = self.cards.pop()
            card.show_element(Element())
            card.hide()
            card.deleteLater()
        while len(self.cards) < len(elements):
            card = ElementCard(len(self.cards), self, self.hands)
            card.handle.step_asked.connect(lambda by, card=card: self._step(card, by))
            self._column.insertWidget(len(self.cards), card)
            self.cards.append(card)
        for card, element in zip(self.cards, elements, strict=True):
            card.show_element(element)
        most = model.count(Role.ELEMENTS) if model is not None else 0
        self.add.setVisible(len(elements) < most)

    def first_stop(self) -> QWidget:
        return self.cards[0].handle if self.cards else self.strip

    def target_of(self, focused: QWidget | None) -> Target:
        card = next((card for card in self.cards if focused is not None and card.isAncestorOf(focused)), None)
        if card is None:
            return Target(Role.ELEMENTS)
        return Target(Role.ELEMENTS, card.place_of(focused), card.index)

    def target_at(self, at: QPoint) -> Target:
        card = self._card_at(at)
        return Target(Role.ELEMENTS) if card is None else Target(Role.ELEMENTS, None, card.index)

    def mark_drop(self, origin: Origin | None, at: QPoint) -> None:
        under = self._card_at(at)
        for card in self.cards:
            card.set_highlighted(card is under)
        self.add.set_highlighted(under is None)

    def unmark(self) -> None:
        super().unmark()
        for card in self.cards:
            card.set_highlighted(False)
        self.add.set_highlighted(False)

    def drop_own(self, origin: Origin, at: QPoint) -> None:
        card = self._card_at(at)
        if origin.role is not Role.ELEMENTS:
            super().drop_own(origin, at)
        elif card is not None and origin.picture is None:
            self.hands.move(origin, card.index)
        elif card is not None and card.index == origin.index:
            inside = card.mapFrom(self, at)
            held = [tile for tile in card.tiles if not tile.isHidden()]
            to = sum(inside.x() > tile.geometry().center().x() for tile in held)
            self.hands.move(origin, min(to - (to > (origin.picture or 0)), len(held) - 1))

    def _card_at(self, at: QPoint) -> ElementCard | None:
        return next((card for card in self.cards if card.rect().contains(card.mapFrom(self, at))), None)

    def _step(self, card: ElementCard, by: int) -> None:
        to = card.index + by
        if 0 <= to < len(self.cards):
            self.hands.move(Origin(Role.ELEMENTS, card.index), to)
            self.cards[to].handle.setFocus()

    def _begin(self) -> None:
        self.hands.attachments.add_element()
        if self.cards:
            self.cards[-1].adds[0].setFocus()
