"""What comes in by a drop or a paste anywhere on the pane: to the place it is best at."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QWidget

from venice_studio.domain.inputs import Material, Role
from venice_studio.ui.compose.form import Form
from venice_studio.ui.compose.frames import Frames
from venice_studio.ui.compose.inputs import words
from venice_studio.ui.compose.inputs.hands import Hands
from venice_studio.ui.compose.inputs.reception import Reception, by_kind
from venice_studio.ui.compose.inputs.slot import InputSlot
from venice_studio.ui.compose.inputs.target import Target
from venice_studio.ui.compose.offer import (
    Brought,
    FilePair,
    Offer,
    Unusable,
    clipboard,
    from_source,
    read_offer,
    read_offers,
)

NOTHING = "There is no picture on the clipboard."


def pasted() -> Brought | None:
    """The one thing on the clipboard, or the picture at the address that is there; None for anything else."""
    data = clipboard()
    return read_offer(data, "pasted picture") or from_source(data.text(), "pasted picture")


class Arrivals:
    """Serves the pane as a whole."""

    def __init__(self, form: Form, start: Frames, hands: Hands) -> None:
        self._form = form
        self._start = start
        self._hands = hands
        self._reception = Reception(hands.composer)

    @property
    def instead_of_start_frame(self) -> InputSlot | None:
        """The place for pictures where the model begins with none."""
        role = self._reception.best(Material.PICTURE)
        return self._form.inputs.slot(role) if role not in (None, Role.START_FRAME) else None

    def welcome(self, data: QMimeData) -> None:
        """Show where something that is dragged over the pane would go."""
        for kind in by_kind(read_offers(data, "")):
            role = self._reception.best(kind)
            if role is Role.START_FRAME:
                self._form.start_frame.set_highlighted(True)
            elif role is not None and (slot := self._form.inputs.slot(role)) is not None:
                slot.set_highlighted(True)

    def unwelcome(self) -> None:
        """Nothing is being dragged over it any more."""
        self._form.start_frame.set_highlighted(False)
        for slot in self._form.inputs.slots.values():
            slot.unmark()

    def drop(self, data: QMimeData) -> bool:
        """Take what was let go; False where it is none of the pane's business."""
        offers = read_offers(data, "dropped picture")
        self._take(offers, read_offer(data, "dropped picture"))
        return bool(offers)

    def paste(self, focused: QWidget) -> None:
        """Take what is on the clipboard: into the slot that has the keyboard, else where it is best."""
        data = clipboard()
        one = pasted()
        single = () if one is None or isinstance(one, FilePair) else (one,)
        offers = read_offers(data, "pasted picture") or single
        slot = next((slot for slot in self._form.inputs.slots.values() if slot.isAncestorOf(focused)), None)
        if slot is None:
            self._take(offers, one or Unusable(NOTHING))
        elif offers:
            target = slot.target_of(focused)
            # Several do not take the place of one.
            self._hands.take(slot, target if len(offers) == 1 else replace(target, at=None), offers)
        else:
            slot.refuse("There is no file on the clipboard.")

    def _take(self, offers: Sequence[Offer], one: Brought | None) -> None:
        """`one`: the same for the start frame, whose place is for a single picture."""
        alone = None if isinstance(one, FilePair) else one
        sorted_ = by_kind(offers) or ({Material.PICTURE: [alone]} if alone is not None else {})
        for kind, of_kind in sorted_.items():
            role = self._reception.best(kind)
            if role is None:
                self._refuse(kind)
            elif role is Role.START_FRAME:
                self._start.take(of_kind[0] if len(of_kind) == 1 or one is None else one)
            else:
                self._reception.make_ready(role)
                if (slot := self._form.inputs.slot(role)) is not None:
                    self._hands.take(slot, Target(role), of_kind)

    def _refuse(self, kind: Material) -> None:
        text = words.not_taken(kind, self._hands.composer.model)
        if not self._form.start_frame.isHidden():
            self._start.refuse(text)
        else:
            slot = next((slot for slot in self._form.inputs.slots.values() if not slot.isHidden()), None)
            if slot is not None:
                slot.refuse(text)
