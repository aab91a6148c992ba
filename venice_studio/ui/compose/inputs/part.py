"""All places of inputs that the chosen model takes, or that still hold something."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from venice_studio.domain.inputs import RULES, Role
from venice_studio.studio.composer import Composer
from venice_studio.ui.compose.inputs.cards_slot import cards_slot
from venice_studio.ui.compose.inputs.elements_slot import ElementsSlot
from venice_studio.ui.compose.inputs.hands import Hands
from venice_studio.ui.compose.inputs.keyframes_slot import KeyframesSlot
from venice_studio.ui.compose.inputs.meter import SizeMeter
from venice_studio.ui.compose.inputs.remedies import Remedies
from venice_studio.ui.compose.inputs.slot import InputSlot
from venice_studio.ui.theme import METRICS

FRAMES = (Role.START_FRAME, Role.END_FRAME)
"""Roles with a place of their own kind."""

_MAKERS: Mapping[Role, Callable[[Hands], InputSlot]] = {
    Role.ELEMENTS: ElementsSlot,
    Role.KEYFRAMES: KeyframesSlot,
}


class InputsPart(QWidget):
    """Makes a slot when it is needed for the first time; the table of rules says what there is and in what order."""

    def __init__(self, composer: Composer, hands: Hands, remedies: Remedies) -> None:
        super().__init__()
        self._composer = composer
        self._hands = hands
        self._remedies = remedies
        self._said: Mapping[str, str] = {}
        self.slots: dict[Role, InputSlot] = {}
        self.meter = SizeMeter()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(METRICS.space_4)
        column.addWidget(self.meter)

    def refresh(self) -> None:
        """Show what the draft holds."""
        draft, model = self._composer.draft.value, self._composer.model
        wanted = [role for role in Role if role not in FRAMES and self._is_wanted(role)]
        for role in wanted:
            slot = self._slot(role)
            slot.show_draft(draft, model)
            text = self._said.get(RULES[role].wire, "")
            slot.show_fault(text, self._remedies.of(role) if text else ())
            slot.show()
        for role, slot in self.slots.items():
            if role not in wanted:
                slot.hide()
                slot.show_draft(draft, model)
        used, limit = self._hands.attachments.sent_size
        self.meter.show_size(used if draft.media else 0, limit)
        self.setVisible(bool(wanted) or not self.meter.isHidden())

    def show_remarks(self, said: Mapping[str, str]) -> None:
        """Say what is wrong with what, by the wire's names, and how to put it right."""
        self._said = said
        self.refresh()

    def slot(self, role: Role) -> InputSlot | None:
        """The place of a role; None where there is none in sight."""
        found = self.slots.get(role)
        return None if found is None or found.isHidden() else found

    def _is_wanted(self, role: Role) -> bool:
        model = self._composer.model
        taken = model is not None and model.takes(role)
        return taken or bool(self._composer.draft.value.given(role)) or RULES[role].wire in self._said

    def _slot(self, role: Role) -> InputSlot:
        if role not in self.slots:
            maker = _MAKERS.get(role)
            slot = maker(self._hands) if maker else cards_slot(role, self._hands)
            before = [other for other in Role if other in self.slots]
            self._column.insertWidget(sum(list(Role).index(other) < list(Role).index(role) for other in before), slot)
            self.slots[role] = slot
        return self.slots[role]
