"""Where the key is given: tested before it is kept, and never shown again."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from venice_studio.domain.problem import Trouble
from venice_studio.studio.connection import Connection, KeySource
from venice_studio.studio.tasks import Tasks
from venice_studio.ui.binding import until_destroyed
from venice_studio.ui.connect import words
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import AsyncDialog, CheckBox, Field, PlainLabel, ProgressLine, button

KEY_PAGE = "https://venice.ai/settings/api"
WHAT_IT_MEANS = "Clips are then made by Venice and cost real money. You see the price before each of them."


class KeyDialog(AsyncDialog):
    """Paste, test, connect. It is made once and opened with `open()`, as often as one likes; no key stays in it."""

    def __init__(self, parent: QWidget | None, connection: Connection, tasks: Tasks) -> None:
        super().__init__(parent, "Connect Venice")
        self._connection = connection
        self._tasks = tasks
        self._testing: asyncio.Task[None] | None = None
        self.setObjectName("keyDialog")
        self.resize(460, 0)
        self.edit = QLineEdit()
        self.edit.setObjectName("keyEdit")
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setPlaceholderText("Paste your key here")
        self.field = Field("API key", self.edit)
        self.paste = button("Paste", small=True)
        self.paste.setObjectName("pasteKeyButton")
        self.reveal = button("Show", "quiet", small=True)
        self.reveal.setObjectName("showKeyButton")
        self.reveal.setCheckable(True)
        self.remember = CheckBox("Keep the key in this computer's keyring")
        self.remember.setObjectName("rememberKeyToggle")
        self.remember.setChecked(True)
        self.source = button("Get a key: venice.ai → Settings → API keys", "link", small=True)
        self.source.setObjectName("keyPageButton")
        self.environment = PlainLabel(words.ENVIRONMENT_FIRST, "hint", wrap=True)
        self.environment.setObjectName("environmentKeyNote")
        self.environment.setVisible(connection.environment_comes_first)
        self.in_use = PlainLabel("", "secondary", wrap=True)
        self.said = PlainLabel("", "good", wrap=True)
        self.said.setObjectName("keyResult")
        self.progress = ProgressLine()
        self.progress.set_share(None)
        self.remove = button("Remove key", "danger")
        self.remove.setObjectName("removeKeyButton")
        self.leave = button("Cancel")
        self.leave.setObjectName("cancelKeyButton")
        self.test = button("Test and connect", "primary")
        self.test.setObjectName("testKeyButton")
        self.test.setDefault(True)
        self._lay_out()
        self._connect()
        self._begin_anew()

    def _lay_out(self) -> None:
        self.column.addWidget(PlainLabel("Connect Venice", "title"))
        self.column.addWidget(PlainLabel(WHAT_IT_MEANS, "secondary", wrap=True))
        self.column.addWidget(self.field)
        beside = QHBoxLayout()
        beside.setSpacing(METRICS.space_2)
        for widget in (self.paste, self.reveal):
            beside.addWidget(widget)
        beside.addStretch(1)
        beside.addWidget(self.source)
        self.column.addLayout(beside)
        self.column.addWidget(self.remember)
        for line in (self.environment, self.in_use, self.progress, self.said):
            self.column.addWidget(line)
        self.column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(METRICS.space_2)
        row.addWidget(self.remove)
        row.addStretch(1)
        for widget in (self.leave, self.test):
            row.addWidget(widget)
        self.column.addLayout(row)

    def _connect(self) -> None:
        self.edit.textChanged.connect(self._edited)
        self.paste.clicked.connect(self._paste)
        self.reveal.toggled.connect(self._reveal)
        self.source.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(KEY_PAGE)))
        self.test.clicked.connect(self._test)
        self.remove.clicked.connect(lambda: self._begin(self._forget()))
        self.leave.clicked.connect(self.reject)
        self.finished.connect(self._stop)
        self.finished.connect(self._begin_anew)
        until_destroyed(self, self._connection.state.bind(lambda _: self._show_key_in_use()))

    def _edited(self) -> None:
        self.field.set_problem("")
        self._say("")
        self.leave.setText("Cancel")
        self._show_testing(False)

    def _paste(self) -> None:
        self.edit.setText(QGuiApplication.clipboard().text().strip())
        self.edit.setFocus()

    def _reveal(self, on: bool) -> None:
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        self.reveal.setText("Hide" if on else "Show")

    def _test(self) -> None:
        key = self.edit.text().strip()
        if key:
            self._begin(self._try(key, remember=self.remember.isChecked()))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        self._testing = self._tasks.start(work, "key")

    def _begin_anew(self) -> None:
        self._forget_what_was_written()
        self.remember.setChecked(True)
        self._edited()
        self.edit.setFocus()

    def _forget_what_was_written(self) -> None:
        # `clear` could be undone.
        self.edit.setText("")
        self.reveal.setChecked(False)

    def _stop(self) -> None:
        if self._testing is not None:
            self._testing.cancel()

    async def _try(self, key: str, *, remember: bool) -> None:
        self.field.set_problem("")
        self._say("Asking Venice…", "hint")
        self._show_testing(True)
        try:
            source = await self._connection.connect(key, remember=remember)
        except Trouble as trouble:
            self._say("")
            self._show_testing(False)
            self.field.set_problem(words.refusal(trouble.problem))
            self.edit.setFocus()
            self.edit.selectAll()
        else:
            self._show_testing(False)
            self._welcome(source, wanted_keyring=remember)

    def _welcome(self, source: KeySource, *, wanted_keyring: bool) -> None:
        self._forget_what_was_written()
        said = words.connected(source, self._connection.state.value, wanted_keyring=wanted_keyring)
        kept_as_wanted = source is KeySource.KEYRING or not wanted_keyring
        self._say(said, "good" if kept_as_wanted else "warn")
        self.leave.setText("Done")
        self.leave.setFocus()

    async def _forget(self) -> None:
        self._show_testing(True)
        try:
            self._say(*words.removed(await self._connection.forget_key()))
            self.leave.setText("Done")
        finally:
            self._show_testing(False)

    def _say(self, text: str, role: str = "good") -> None:
        self.said.set_role(role)
        self.said.setText(text)
        self.said.setVisible(bool(text))
        self._show_key_in_use()

    def _show_testing(self, on: bool) -> None:
        self.progress.setVisible(on)
        self.edit.setEnabled(not on)
        self.paste.setEnabled(not on)
        self.remember.setEnabled(not on)
        self.remove.setEnabled(not on)
        self.test.setEnabled(not on and bool(self.edit.text().strip()))

    def _show_key_in_use(self) -> None:
        state = self._connection.state.value
        self.in_use.setText(words.key_in_use(state))
        self.in_use.setVisible(bool(self.in_use.text()) and not self.said.text())
        self.remove.setVisible(state.key_source in (KeySource.KEYRING, KeySource.SESSION))
