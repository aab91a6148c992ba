"""The left pane: the form, and under it the price and the press, which never scroll away."""

from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from venice_studio.domain.inputs import Role
from venice_studio.domain.job import PRACTICE_ACCOUNT
from venice_studio.domain.problem import Kind, Problem
from venice_studio.studio import advice
from venice_studio.studio.studio import Studio
from venice_studio.ui.binding import until_destroyed
from venice_studio.ui.compose import notices
from venice_studio.ui.compose.form import WIDTH, Form
from venice_studio.ui.compose.frames import Frames
from venice_studio.ui.compose.inputs.arrivals import NOTHING, Arrivals, pasted
from venice_studio.ui.compose.inputs.hands import Hands
from venice_studio.ui.compose.inputs.origin import Origin
from venice_studio.ui.compose.notices import Notice, problem_of
from venice_studio.ui.compose.offer import FileOffer, FilePair, Unusable, may_bring_picture
from venice_studio.ui.compose.press import Press
from venice_studio.ui.compose.quote_panel import GENERATE_KEYS, QuotePanel, utc_now
from venice_studio.ui.compose.readiness import Readiness
from venice_studio.ui.compose.remarks import Remarks
from venice_studio.ui.compose.scroll import Scroll
from venice_studio.ui.compose.tab_order import tab_in_reading_order
from venice_studio.ui.connect.keyring_banner import KeyringBanner
from venice_studio.ui.images import ImageWorker
from venice_studio.ui.theme import METRICS, colour
from venice_studio.ui.widgets import Banner, Choice, ask, rule

PANE_WIDTH = WIDTH + 2 * METRICS.space_4
ESCAPE = QKeySequence(Qt.Key.Key_Escape)
PICTURES = "Pictures (*.png *.jpg *.jpeg *.webp *.gif *.bmp *.tif *.tiff *.heic *.heif *.avif);;All files (*)"


class ComposePane(QWidget):
    """All of it takes pictures: dropped anywhere, pasted anywhere. Nothing here reads a file by itself."""

    connect_asked = Signal()
    """The user wants to give a key."""
    folder_asked = Signal()
    """The user wants another folder for clips."""
    settings_asked = Signal()
    """The user wants to change a limit of their own."""
    agree_asked = Signal(object)
    """The user wants to read what has to be agreed to; carries the `Problem` that asked for it."""
    several_asked = Signal()
    """The user wants to give the prompt to several models."""

    def __init__(self, studio: Studio, images: ImageWorker, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__()
        self._studio = studio
        self._problem: Problem | None = None
        self._highlighted = False
        self.setObjectName("composePane")
        self.setAccessibleName("What to make")
        self.setProperty("surface", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.banner = Banner()
        self.banner.setObjectName("composeBanner")
        self.keyring = KeyringBanner(studio.connection, studio.tasks)
        self.hands = Hands(studio, images, self)
        self.form = Form(studio.composer, studio.quoter, studio.lineup, self.hands)
        self.quote = QuotePanel(studio.composer, studio.quoter, studio.connection, studio.room, now)
        self.remarks = Remarks(studio.composer, studio.quoter)
        self.press = Press(studio, self.remarks, self.ask)
        self._start, self._end = (
            Frames(
                slot,
                frame,
                studio.composer,
                images,
                studio.tasks,
                partial(self.form.remedies.of, role),
                self._both_frames,
            )
            for slot, frame, role in (
                (self.form.start_frame, studio.start_frame, Role.START_FRAME),
                (self.form.end_frame, studio.end_frame, Role.END_FRAME),
            )
        )
        self.arrivals = Arrivals(self.form, self._start, self.hands)
        self._scroll = Scroll(self.form)
        self._lay_out()
        self.generate_action = self._action("Generate", self.generate, *GENERATE_KEYS)
        self.undo_action = self._action("Take back what is about to be sent", self.press.countdown.take_back, ESCAPE)
        self.browse_action = self._action("Choose a start frame…", self.browse)
        self.address_action = self._action("Start frame from an address…", self._start.ask_address)
        self.paste_action = self._action("Paste a picture as start frame", self.paste, QKeySequence.StandardKey.Paste)
        self.paste_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._connect()
        self.setFocusProxy(self.form.words.prompt)

    @property
    def actions_for_menus(self) -> tuple[QAction, ...]:
        """What menus and the command palette offer of this pane."""
        return (self.generate_action, self.browse_action, self.address_action, self.paste_action)

    def generate(self) -> None:
        """Press Generate; where something is missing, say so and go there."""
        if not self.press.press() and (faults := self._studio.composer.faults):
            place = self.form.place_of(faults[0].field)
            place.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(place)

    def _clicked(self) -> None:
        """The button sends, and takes back what it is about to send; not by the second half of a double click."""
        if self.press.countdown.counting:
            self.press.countdown.clicked()
        else:
            self.generate()

    def _show_readiness(self, ready: Readiness) -> None:
        self.quote.show_readiness(ready)
        self.undo_action.setEnabled(bool(ready.sending_in_s))

    def browse(self) -> None:
        """Let the user choose a file as start frame, or as what the model takes in its place."""
        if (slot := self.arrivals.instead_of_start_frame) is not None:
            slot.browse()
        else:
            self._browse(self._start, "Choose a start frame")

    def paste(self) -> None:
        """Take what is on the clipboard, or the picture at the address that is there, where the keyboard is."""
        focused = self.focusWidget() or self
        if self.form.end_frame.isAncestorOf(focused):
            self._end.take(pasted() or Unusable(NOTHING))
        else:
            self.arrivals.paste(focused)

    def _both_frames(self, pair: FilePair) -> Coroutine[object, object, None] | None:
        """What makes a start and an end frame of two files; None where there is not an empty place for each."""
        family, draft = self._studio.composer.family, self._studio.composer.draft.value
        ends = (Role.START_FRAME, Role.END_FRAME)
        taken = family is not None and any(all(variant.takes(role) for role in ends) for variant in family.variants)
        if not taken or any(draft.given(role) for role in ends):
            return None
        return self._studio.start_frame.take_files(pair.first.path, pair.second.path, self._studio.end_frame)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if Origin.of(event.mimeData()) is None and may_bring_picture(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._highlight(True)
            self.arrivals.welcome(event.mimeData())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._highlight(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._highlight(False)
        if self.arrivals.drop(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pictures dragged over the prompts are the pane's, not text to be inserted."""
        drags = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)
        if event.type() in drags and isinstance(event, QDropEvent) and may_bring_picture(event.mimeData()):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._highlighted:
            painter = QPainter(self)
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _lay_out(self) -> None:
        told = QVBoxLayout()
        told.setContentsMargins(METRICS.space_2, 0, METRICS.space_2, METRICS.space_2)
        told.setSpacing(METRICS.space_1)
        told.addWidget(self.keyring)
        told.addWidget(self.banner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        # What came of a press is said beside where it was pressed.
        column.addLayout(told)
        column.addWidget(rule())
        column.addWidget(self.quote)
        self.setMinimumWidth(PANE_WIDTH)

    def _connect(self) -> None:
        form = self.form
        form.start_frame.browse_asked.connect(self.browse)
        form.end_frame.browse_asked.connect(lambda: self._browse(self._end, "Choose an end frame"))
        form.laid_out.connect(lambda: tab_in_reading_order(self, (self.form, self.quote)))
        for edit in (form.words.prompt, form.words.negative):
            edit.file_pasted.connect(lambda _data: self.paste())
            edit.viewport().installEventFilter(self)
            edit.about_to_write.connect(partial(self._scroll.show_cursor, edit))
        form.details.seed.setAcceptDrops(False)
        self.quote.generate.clicked.connect(self._clicked)
        self.quote.connect_venice.clicked.connect(self.connect_asked)
        self.quote.another_folder.clicked.connect(self.folder_asked)
        self.banner.acted.connect(self._act)
        form.model.several.clicked.connect(self.several_asked)
        studio = self._studio
        form.model.every.clicked.connect(studio.practise_with_every_model)
        until_destroyed(
            self,
            studio.composer.draft.bind(lambda _: self._show_pictures()),
            studio.composer.models.bind(lambda _: self._show_pictures()),
            studio.composer.takes.bind(lambda _: self.quote.show_readiness(self.press.ready.value)),
            studio.connection.service.bind(lambda _: self._forget_key_trouble()),
            studio.connection.state.bind(lambda state: form.model.every.setVisible(state.account == PRACTICE_ACCOUNT)),
            studio.runner.ledger.removed.connect(lambda _: self._forget_what_was_agreed_to()),
            self.press.ready.bind(self._show_readiness),
            self.press.told.connect(self._tell),
            self.remarks.said.bind(self._show_remarks),
            self.press.close,
            self.remarks.close,
        )

    def _action(self, text: str, run: object, *keys: QKeySequence | QKeySequence.StandardKey) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setAutoRepeat(False)
        action.triggered.connect(lambda _checked=False: run() if callable(run) else None)
        self.addAction(action)
        return action

    def _browse(self, frames: Frames, title: str) -> None:
        dialog = QFileDialog(self, title, "", PICTURES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: frames.take(FileOffer(path)))
        dialog.open()

    def _show_pictures(self) -> None:
        self._start.show()
        self._end.show()

    def _show_remarks(self, said: Mapping[str, str]) -> None:
        self.form.show_remarks(said)
        self._start.show_remark(said.get("image_url", ""))
        self._end.show_remark(said.get("end_image_url", ""))

    def _tell(self, told: tuple[Problem, Notice] | None) -> None:
        if told is None:
            self.banner.hide()
            return
        self._problem, said = told
        self.banner.show_notice(said.tone, said.text, said.actions, ending=said.ending)

    def _forget_key_trouble(self) -> None:
        """Another key, or none: what was said of the last one is void."""
        if self._problem is not None and self._problem.kind in (Kind.KEY, Kind.NO_KEY):
            self.banner.hide()

    def _forget_what_was_agreed_to(self) -> None:
        """Who asked to agree first is gone from the list: it was sent once more, or dismissed."""
        problem, jobs = self._problem, self._studio.runner.ledger.jobs.values()
        if problem is not None and problem.consent is not None and all(problem_of(it) is not problem for it in jobs):
            self.banner.hide()

    def _act(self, key: str) -> None:
        problem = self._problem
        self.banner.hide()
        match key:
            case notices.CONNECT:
                self.connect_asked.emit()
            case notices.FOLDER:
                self.folder_asked.emit()
            case notices.SETTINGS:
                self.settings_asked.emit()
            case notices.AGREE:
                self.agree_asked.emit(problem)
            case notices.SUGGESTION if problem and problem.suggested_prompt:
                composer = self._studio.composer
                advice.use_prompt(composer, composer.draft.value, problem.suggested_prompt)
            case notices.MODEL if problem and problem.recommended_model:
                self._use_model(problem.recommended_model)

    def _use_model(self, model_id: str) -> None:
        if not advice.use_model(self._studio.composer, self._studio.composer.draft.value, model_id):
            self.banner.show_notice("warn", f"{model_id} is not in Venice's list of models just now.")

    async def ask(self, title: str, text: str, ahead: str, leave: str) -> bool:
        """Ask, with the words of the buttons that go ahead and that leave it."""
        choices = (Choice("cancel", leave), Choice("ahead", ahead, "primary"))
        return await ask(self.window(), title, text, *choices) == "ahead"

    def _highlight(self, on: bool) -> None:
        self._highlighted = on
        if not on:
            self.arrivals.unwelcome()
        self.update()
