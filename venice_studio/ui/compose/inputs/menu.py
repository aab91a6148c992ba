"""What can be done with one attached file."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from venice_studio.domain.inputs import RULES, Material, Role
from venice_studio.ui.compose.inputs.hands import Hands, Place
from venice_studio.ui.compose.inputs.origin import Origin
from venice_studio.ui.compose.inputs.target import Target


def others(hands: Hands, role: Role) -> tuple[Role, ...]:
    """What else a file of this role can be to a clip of the chosen model."""
    model, draft = hands.composer.model, hands.composer.draft.value
    if model is None:
        return ()
    return tuple(
        other
        for other in Role
        if other is not role
        and RULES[other].material is RULES[role].material
        and (RULES[other].single or len(draft.given(other)) < model.count(other))
        and model.takes(other)
    )


class ItemMenu(QMenu):
    """Unfolds at a point of the screen and is gone with the choice."""

    def __init__(self, parent: QWidget, place: Place, hands: Hands, origin: Origin, count: int) -> None:
        """`count`: how many there are to move it among."""
        super().__init__(parent)
        self.setObjectName("inputMenu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        at = origin.index if origin.picture is None else origin.picture
        target = Target(origin.role, at, None if origin.picture is None else origin.index)
        self._add("Replace…", "Enter", lambda: hands.browse(place, target))
        if RULES[origin.role].material is Material.PICTURE:
            self._add("Replace from an address…", "", lambda: hands.ask_address(place, target))
        if count > 1:
            self.addSeparator()
            if at > 0:
                self._add("Move back", "Alt+Left", lambda: hands.move(origin, at - 1))
            if at < count - 1:
                self._add("Move on", "Alt+Right", lambda: hands.move(origin, at + 1))
            if origin.picture:
                self._add("Use as the front", "", lambda: hands.move(origin, 0))
        if origin.picture is None and (roles := others(hands, origin.role)):
            self.addSeparator()
            for role in roles:
                self._add(f"Use as {RULES[role].one}", "", partial(hands.hand_over, origin, role))
        self.addSeparator()
        if hands.tells_a_place(origin):
            self._add("Remove location data", "", lambda: hands.forget_where_taken(place, origin))
        self._add("Remove", "Del", lambda: hands.remove(origin))

    def open_at(self, at: QPoint) -> None:
        """Unfold."""
        self.popup(at)

    def _add(self, text: str, keys: str, run: Callable[[], object]) -> None:
        # The keys are the card's own; here they are only told.
        action = self.addAction(f"{text}\t{keys}" if keys else text)
        action.triggered.connect(lambda _=False: run())
