"""What can be set; every change counts at once."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from venice_studio.domain.job import CopyAtVenice
from venice_studio.library.settings import Settings, Theme
from venice_studio.studio.connection import ConnectionState, KeySource
from venice_studio.studio.studio import Studio
from venice_studio.ui.binding import until_destroyed
from venice_studio.ui.connect import words
from venice_studio.ui.settings.agreed import Agreed
from venice_studio.ui.settings.limits import Limits
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import AsyncDialog, ChoiceMenu, Elided, Field, PlainLabel, Segments, Toggle, button, rule

UNDO_S = 3
"""For how long a press can be taken back, where the user wants that."""

_COPIES = (
    (CopyAtVenice.KEEP, "Keep it", "Venice keeps the clip for a while; you can fetch it again."),
    (
        CopyAtVenice.AFTER_SAVING,
        "Delete it once the clip is saved here",
        "Deleted when the clip lies in your folder, whole and checked.",
    ),
    (
        CopyAtVenice.WITH_DOWNLOAD,
        "Delete it with the download (advanced)",
        "Nothing stays behind even for a moment. But if the connection breaks during the download, the clip is lost, "
        "and it was paid for.",
    ),
)
_WIDTH = 412
_AROUND = 160
"""What is above and below the sheet, and some of the window behind, px."""
_THEMES = ((Theme.SYSTEM, "As the system"), (Theme.DARK, "Dark"), (Theme.LIGHT, "Light"))


class SettingsDialog(AsyncDialog):
    """Every setting, the limits and the key. Shows the settings and changes them; who keeps them listens too."""

    def __init__(
        self, parent: QWidget | None, studio: Studio, *, usual_folder: Path, open_key: Callable[[], object]
    ) -> None:
        """`usual_folder` is where clips go unless another folder is chosen; `open_key` opens the key's dialog."""
        super().__init__(parent, "Settings")
        self._studio = studio
        self._usual_folder = usual_folder
        self.setObjectName("settingsDialog")
        self.resize(460, 0)
        self.theme = Segments()
        self.theme.setObjectName("themeField")
        self.theme.set_choices([(theme.value, label) for theme, label in _THEMES])
        self.folder = Elided("", cut=Qt.TextElideMode.ElideMiddle)
        self.folder.setObjectName("clipsFolderLabel")
        self.choose = button("Choose…", small=True)
        self.choose.setObjectName("chooseFolderButton")
        self.choose.setAccessibleName("Choose another folder for clips")
        self.usual = button("Use the usual one", "quiet", small=True)
        self.usual.setObjectName("usualFolderButton")
        self.waits = Toggle()
        self.waits.setObjectName("practiceRealWaitsToggle")
        self.every = Toggle()
        self.every.setObjectName("practiceAllModelsToggle")
        self.room = PlainLabel("", "hint", wrap=True)
        self.room.setObjectName("clipsFolderRoom")
        self.copies = ChoiceMenu()
        self.copies.setObjectName("copyAtVeniceField")
        self.copies.set_choices([(copy.value, label) for copy, label, _ in _COPIES])
        self.copy_note = PlainLabel("", "hint", wrap=True)
        self.tags = Toggle()
        self.tags.setObjectName("tagClipsToggle")
        self.undo = Toggle()
        self.undo.setObjectName("undoSendToggle")
        self.limits = Limits(studio.settings)
        self.agreed = Agreed(studio.consents.withdraw)
        self.key = PlainLabel("", wrap=True)
        self.give_key = button("Connect Venice…", small=True)
        self.give_key.setObjectName("settingsKeyButton")
        self.finish = button("Done", "primary")
        self.finish.setObjectName("settingsDoneButton")
        self.finish.setDefault(True)
        self._lay_out()
        self.theme.chosen.connect(lambda value: self._set(theme=Theme(value)))
        self.choose.clicked.connect(self.choose_folder)
        self.usual.clicked.connect(lambda: self._set(clips_folder=None))
        self.waits.toggled.connect(lambda on: self._set(practice_real_waits=on))
        self.every.toggled.connect(lambda on: self._set(practice_all_models=on))
        self.tags.toggled.connect(lambda on: self._set(tag_clips=on))
        self.copies.chosen.connect(lambda value: self._set(copy_at_venice=CopyAtVenice(value)))
        self.undo.toggled.connect(self._undo_toggled)
        self.give_key.clicked.connect(open_key)
        self.finish.clicked.connect(self.accept)
        until_destroyed(
            self,
            studio.settings.bind(self._show),
            studio.connection.state.bind(self._show_key),
            studio.room.free.bind(lambda _: self._show_room()),
            studio.room.problem.bind(lambda _: self._show_room()),
        )
        studio.room.look()

    def choose_folder(self) -> None:
        """Let the user choose where clips go."""
        dialog = QFileDialog(self, "Folder for clips", self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self._set(clips_folder=path))
        dialog.open()

    def _set(self, **changes: Any) -> None:
        self._studio.settings.set(replace(self._studio.settings.value, **changes))

    def _undo_toggled(self, on: bool) -> None:
        if on is not (self._studio.settings.value.undo_send_s > 0):
            self._set(undo_send_s=UNDO_S if on else 0)

    def _lay_out(self) -> None:
        self.column.setSpacing(METRICS.space_4)
        self.column.addWidget(PlainLabel("Settings", "title"))
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(METRICS.space_4)
        column.addWidget(_with_buttons("Venice", self.key, self.give_key))
        column.addWidget(Field("Colours", self.theme))
        column.addWidget(_below_buttons("Folder for clips", self.folder, self.choose, self.usual, note=self.room))
        column.addWidget(
            _with_note(
                Field("Prompt and settings in each clip", self.tags, inline=True),
                "The file of a clip then tells how it was made, to you and to everybody you give it to. Counts for "
                "clips that are saved from now on.",
            )
        )
        column.addWidget(_with_note(Field("Copy at Venice", self.copies), self.copy_note))
        column.addWidget(
            _with_note(
                Field("Time to undo a press", self.undo, inline=True),
                f"Generate then counts down for {UNDO_S} s before anything is sent. It is the only free way to cancel: "
                "once sent, a clip is charged.",
            )
        )
        column.addWidget(
            _with_note(
                Field("Practise with every model", self.every, inline=True),
                "All models and inputs that Venice had when this program was made, instead of a first few. Practice "
                "clips that are being made go on.",
            )
        )
        column.addWidget(
            _with_note(
                Field("Practise with real waits", self.waits, inline=True),
                "Practice clips then take as long as Venice takes, instead of about 15 s. Counts from the next start.",
            )
        )
        column.addWidget(rule())
        column.addWidget(self.limits)
        column.addWidget(rule())
        column.addWidget(self.agreed)
        self.column.addWidget(_Sheet(sheet), 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.finish)
        self.column.addLayout(row)

    def _show(self, settings: Settings) -> None:
        self.theme.show_value(settings.theme.value)
        self.folder.setText(settings.clips_folder or str(self._usual_folder))
        self.usual.setVisible(settings.clips_folder is not None)
        self.tags.setChecked(settings.tag_clips)
        self.waits.setChecked(settings.practice_real_waits)
        self.every.setChecked(settings.practice_all_models)
        self.limits.show_settings(settings)
        self.agreed.show_agreements(settings.agreements)
        self.copies.show_value(settings.copy_at_venice.value)
        self.copy_note.setText(next(note for copy, _, note in _COPIES if copy is settings.copy_at_venice))
        risky = settings.copy_at_venice is CopyAtVenice.WITH_DOWNLOAD
        self.copy_note.set_role("warn" if risky else "hint")
        self.undo.setChecked(settings.undo_send_s > 0)

    def _show_room(self) -> None:
        problem, free = self._studio.room.problem.value, self._studio.room.free.value
        self.room.set_role("bad" if problem else "hint")
        self.room.setText(problem.message if problem else "" if free is None else f"{_gigabytes(free)} free")

    def _show_key(self, state: ConnectionState) -> None:
        self.key.setText(words.key_in_use(state) or "Not connected: clips are made on this computer, for practice.")
        self.give_key.setText("Connect Venice…" if state.key_source is KeySource.NONE else "Change or remove…")


class _Sheet(QScrollArea):
    """As high as what is on it; it scrolls where the window behind is lower than that."""

    def __init__(self, sheet: QWidget) -> None:
        super().__init__()
        self._sheet = sheet
        self.setObjectName("settingsSheet")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setAccessibleName("Scroll the settings")
        self.setWidget(sheet)
        sheet.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        sheet.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._sheet and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, min(self._whole(), self._room()))

    def minimumSizeHint(self) -> QSize:
        return QSize(_WIDTH, min(self._whole(), self._room()))

    def _whole(self) -> int:
        layout = self._sheet.layout()
        return layout.totalHeightForWidth(self.width() if self.isVisible() else _WIDTH) if layout else 0

    def _room(self) -> int:
        behind = self.window().parentWidget()
        return (behind.height() if behind else self.screen().availableGeometry().height()) - _AROUND


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:,.0f} GB" if size >= 10e9 else f"{size / 1e9:.1f} GB"


def _with_buttons(label: str, line: QWidget, *buttons: QWidget) -> QWidget:
    return _box(PlainLabel(label, "secondary"), _row(line, *buttons))


def _below_buttons(label: str, line: QWidget, *buttons: QWidget, note: QWidget) -> QWidget:
    """A line that may be long has the whole width."""
    return _box(_row(PlainLabel(label, "secondary"), *buttons), line, note)


def _row(first: QWidget, *buttons: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(METRICS.space_2)
    row.addWidget(first, 1)
    for made in buttons:
        row.addWidget(made)
    return row


def _box(*parts: QWidget | QHBoxLayout) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(METRICS.space_1)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    return box


def _with_note(field: Field, note: str | PlainLabel) -> QWidget:
    return _box(field, PlainLabel(note, "hint", wrap=True) if isinstance(note, str) else note)
