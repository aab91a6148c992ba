"""The place of one role: a low strip while it is empty, its cards once something is there."""

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from venice_studio.domain.inputs import RULES, Material, Need, Role
from venice_studio.domain.model import VideoModel
from venice_studio.domain.request import GenerationRequest
from venice_studio.ui.compose.inputs import words
from venice_studio.ui.compose.inputs.hands import Hands
from venice_studio.ui.compose.inputs.origin import Origin
from venice_studio.ui.compose.inputs.target import Target
from venice_studio.ui.compose.links import Remedy, TroubleLines
from venice_studio.ui.compose.offer import may_bring_picture, read_offers
from venice_studio.ui.compose.picture_strip import Strip
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import PlainLabel, ProgressLine, icon_button

INVITATION = "drop or browse"


class InputSlot(QWidget):
    """What every role's place does; how its inputs look is for those who fill `body`."""

    def __init__(self, role: Role, hands: Hands, body: QWidget) -> None:
        super().__init__()
        self.role = role
        self.hands = hands
        self.body = body
        self._refusal, self._mild = "", False
        self._fault: tuple[str, tuple[Remedy, ...]] = ("", ())
        self._given: object = ()
        self._shown: object = None
        rule, title = RULES[role], words.title(role)
        self.setObjectName(words.object_name(role))
        self.setAccessibleName(title)
        self.setAcceptDrops(True)
        self.title = PlainLabel(title, "secondary")
        self.count = PlainLabel("", "hint", numbers=True)
        self.more = icon_button("more", f"More for {rule.many}", size=16)
        self.more.clicked.connect(lambda _=False: self._unfold())
        self.strip = Strip(words.ICONS[rule.material], "Let go to use this file")
        self.strip.clicked.connect(self.browse)
        self._busy = PlainLabel("", "hint")
        self._progress = ProgressLine()
        self._progress.set_share(None)
        self.trouble = TroubleLines()
        self._head = QWidget()
        self._lay_out()
        self.show_busy("")

    @property
    def problem(self) -> str:
        """What is said to be wrong; empty if nothing is."""
        return self.trouble.text

    def show_draft(self, request: GenerationRequest, model: VideoModel | None) -> None:
        """Show what the draft holds here."""
        given = request.given(self.role)
        if (given, model) == self._shown:
            return  # the draft changes with every key that is pressed
        self._shown = (given, model)
        most = model.count(self.role) if model is not None else 0
        before = self._focused()
        if given != self._given:
            self._given = given
            self.refuse("")
        self.count.setText(words.count(self.role, len(given), most))
        self._head.setVisible(bool(given))
        self.body.setVisible(bool(given))
        self.strip.setVisible(not given)
        self._invite(model, most)
        self.show_given(request, model)
        stop = self.first_stop() if given else self.strip
        self.setFocusProxy(stop)
        now = self._focused()
        # Where Qt itself lets the keyboard go is as likely a link that is about to vanish.
        if before is not None and now is not before and (now is None or self.trouble.isAncestorOf(now)):
            stop.setFocus()
        self._describe()

    def show_given(self, request: GenerationRequest, model: VideoModel | None) -> None:
        """Fill the body."""
        raise NotImplementedError

    def first_stop(self) -> QWidget:
        """What of the filled body takes the keyboard first."""
        raise NotImplementedError

    def target_of(self, focused: QWidget | None) -> Target:
        """Where something pasted goes while `focused` has the keyboard."""
        del focused
        return Target(self.role)

    def target_at(self, at: QPoint) -> Target:
        """Where something dropped at a point goes."""
        del at
        return Target(self.role)

    def browse(self) -> None:
        """Let the user choose files."""
        self.hands.browse(self, Target(self.role))

    def show_fault(self, text: str, remedies: tuple[Remedy, ...] = ()) -> None:
        """What is wrong with what the draft holds here, and ways out."""
        self._fault = (text, remedies)
        self._say()

    def refuse(self, text: str, *, mild: bool = False) -> None:
        """Say why something was not taken, until something else happens here."""
        self._refusal, self._mild = text, mild
        self._say()

    def show_busy(self, text: str) -> None:
        """Say that something is being taken; empty: no longer."""
        self._busy.setText(text)
        self._busy.setVisible(bool(text))
        self._progress.setVisible(bool(text))

    def set_highlighted(self, on: bool) -> None:
        """Show that what is being dragged may be let go."""
        self.strip.set_highlighted(on)

    def mark_drop(self, origin: Origin | None, at: QPoint) -> None:
        """Show where what is being dragged would go."""
        del origin, at

    def unmark(self) -> None:
        """Nothing is being dragged over it any more."""
        self.set_highlighted(False)

    def drop_own(self, origin: Origin, at: QPoint) -> None:
        """Take an input of the draft that was dragged here."""
        del at
        if origin.role is not self.role and origin.picture is None:
            self.hands.hand_over(origin, self.role)

    def takes_drag(self, data: QMimeData) -> bool:
        """Whether something that is dragged may be let go here."""
        if (origin := Origin.of(data)) is not None:
            return RULES[origin.role].material is RULES[self.role].material
        return data.hasUrls() or (RULES[self.role].material is Material.PICTURE and may_bring_picture(data))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.takes_drag(event.mimeData()):
            self._accept(event)
            self.set_highlighted(True)
            self.mark_drop(Origin.of(event.mimeData()), event.position().toPoint())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._accept(event)
        self.mark_drop(Origin.of(event.mimeData()), event.position().toPoint())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.unmark()

    def dropEvent(self, event: QDropEvent) -> None:
        self.unmark()
        at = event.position().toPoint()
        if (origin := Origin.of(event.mimeData())) is not None:
            self._accept(event)
            self.drop_own(origin, at)
        elif offers := read_offers(event.mimeData(), f"dropped {RULES[self.role].material}"):
            self._accept(event)
            self.hands.take(self, self.target_at(at), offers)

    @staticmethod
    def _accept(event: QDropEvent) -> None:
        own = Origin.of(event.mimeData()) is not None
        event.setDropAction(Qt.DropAction.MoveAction if own else Qt.DropAction.CopyAction)
        event.accept()

    def _focused(self) -> QWidget | None:
        """What in here has the keyboard; None: nothing in sight."""
        focused = self.window().focusWidget()
        inside = focused is not None and self.isAncestorOf(focused) and focused.isVisibleTo(self)
        return focused if inside else None

    def _invite(self, model: VideoModel | None, most: int) -> None:
        needed = model is not None and (model.need(self.role) is Need.MUST or model.follows == (self.role,))
        up_to = words.count(self.role, 0, most)
        name = words.title(self.role) + (f", {up_to}" if up_to else "")
        if needed:
            name = f"Needs {words.with_article(RULES[self.role].one)}"
        self.strip.setText(f"{name} — {INVITATION}")
        self.strip.setAccessibleName(f"{name}: {INVITATION}")

    def _unfold(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Choose files…", self.browse)
        if RULES[self.role].material is Material.PICTURE:
            menu.addAction("From an address…", lambda: self.hands.ask_address(self, Target(self.role)))
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))

    def _say(self) -> None:
        fault, remedies = self._fault
        if self._mild and fault:
            # What was added brought the fault, and only that keeps it all from being sent.
            self.trouble.say(f"{self._refusal} {fault}", remedies)
        elif self._refusal:
            self.trouble.say(self._refusal, role="warn" if self._mild else "bad")
        else:
            self.trouble.say(fault, remedies)
        self._describe()

    def _describe(self) -> None:
        held = self.count.text() or ("filled" if self._given else "empty")
        self.setAccessibleDescription(f"{held}. {self.problem}" if self.problem else held)

    def _lay_out(self) -> None:
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(METRICS.space_2)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.count)
        head.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(METRICS.space_1 + 1)
        for widget in (self._head, self.strip, self.body, self._busy, self._progress, self.trouble):
            column.addWidget(widget)
