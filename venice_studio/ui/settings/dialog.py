"""What can be set; every change counts at once."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from venice_studio.library.settings import Settings, Theme
from venice_studio.studio.connection import ConnectionState, KeySource
from venice_studio.studio.studio import Studio
from venice_studio.ui.binding import until_destroyed
from venice_studio.ui.connect import words
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import AsyncDialog, Elided, Field, PlainLabel, Segments, Toggle, button, rule

_THEMES = ((Theme.SYSTEM, "As the system"), (Theme.DARK, "Dark"), (Theme.LIGHT, "Light"))


class SettingsDialog(AsyncDialog):
    """Theme, folder, practice and key. Shows the settings and changes them; who keeps them listens to them too."""

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
        self.give_key.clicked.connect(open_key)
        self.finish.clicked.connect(self.accept)
        until_destroyed(self, studio.settings.bind(self._show), studio.connection.state.bind(self._show_key))

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

    def _lay_out(self) -> None:
        self.column.setSpacing(METRICS.space_4)
        self.column.addWidget(PlainLabel("Settings", "title"))
        self.column.addWidget(Field("Colours", self.theme))
        self.column.addWidget(_with_buttons("Folder for clips", self.folder, self.choose, self.usual))
        self.column.addWidget(
            _with_note(
                Field("Practice with real waits", self.waits, inline=True),
                "Practice clips then take as long as Venice takes, instead of about 15 s. Counts from the next start.",
            )
        )
        self.column.addWidget(rule())
        self.column.addWidget(_with_buttons("Venice", self.key, self.give_key))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.finish)
        self.column.addLayout(row)

    def _show(self, settings: Settings) -> None:
        self.theme.show_value(settings.theme.value)
        self.folder.setText(settings.clips_folder or str(self._usual_folder))
        self.usual.setVisible(settings.clips_folder is not None)
        self.waits.setChecked(settings.practice_real_waits)

    def _show_key(self, state: ConnectionState) -> None:
        self.key.setText(words.key_in_use(state) or "Not connected: clips are made on this computer, for practice.")
        self.give_key.setText("Connect Venice…" if state.key_source is KeySource.NONE else "Change or remove…")


def _with_buttons(label: str, line: QWidget, *buttons: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(METRICS.space_1)
    column.addWidget(PlainLabel(label, "secondary"))
    column.addWidget(line)
    row = QHBoxLayout()
    row.setSpacing(METRICS.space_2)
    for made in buttons:
        row.addWidget(made)
    row.addStretch(1)
    column.addLayout(row)
    return box


def _with_note(field: Field, note: str) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(METRICS.space_1)
    column.addWidget(field)
    column.addWidget(PlainLabel(note, "hint", wrap=True))
    return box
