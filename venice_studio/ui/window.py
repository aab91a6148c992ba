"""The window: three panes, a line below them, menus above; it lays out what it is given.

It can be shown before there is anything to lay out, so nothing is imported here that the first paint does not need.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QMenuBar, QPushButton, QVBoxLayout, QWidget

from venice_studio.ui import reading_order
from venice_studio.ui.drawer import Shade
from venice_studio.ui.ground import COMPOSE_WIDTH, DRAWER_BELOW, HAIRLINE, JOBS_WIDTH, SMALLEST, Ground

if TYPE_CHECKING:
    from venice_studio.ui.commands import Commands


class Window(QMainWindow):
    """Three panes: what I ask for, what I look at, what I have. Until `furnish` only the grounds they will lie on."""

    shown_first = Signal()
    close_asked = Signal()

    commands: "Commands"
    toggle_jobs: QAction
    find_command: QAction
    ground: Ground
    """What is seen before `furnish`, which ends it."""
    _menus: QMenuBar
    _drawer_button: QPushButton
    _panes: QWidget
    _row: QHBoxLayout
    _shade: Shade
    _stage: QWidget
    _jobs: QWidget

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("Venice Studio")
        self.setMinimumSize(SMALLEST)
        self.resize(1440, 900)
        self._may_close = False
        self._was_shown = False
        self._drawer_open = False
        self._parts: tuple[QWidget, ...] = ()
        self.ground = Ground()
        self.setCentralWidget(self.ground)

    def furnish(self, *, compose: QWidget, stage: QWidget, jobs: QWidget, status: Sequence[QWidget]) -> None:
        """Put everything in its place; to be called once."""
        # Labels, buttons and commands bring half of the program along: the first paint does without.
        from venice_studio.ui.commands import Commands, Palette
        from venice_studio.ui.lines import drawer_button, status_line, top_line
        from venice_studio.ui.widgets import rule

        self.commands = Commands(self)
        self._stage = stage
        self._jobs = jobs
        self._panes = QWidget()
        self._shade = Shade(self._panes)
        self._shade.pressed.connect(self._close_drawer)
        self._row = QHBoxLayout(self._panes)
        self._row.setContentsMargins(0, 0, 0, 0)
        # What lies under the panes is to be seen between them.
        self._row.setSpacing(HAIRLINE)
        self._panes.setProperty("surface", "lines")
        self._panes.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        compose.setFixedWidth(COMPOSE_WIDTH)
        jobs.setFixedWidth(JOBS_WIDTH)
        self._row.addWidget(compose)
        self._row.addWidget(stage, 1)
        self._row.addWidget(jobs)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(rule())
        column.addWidget(self._panes, 1)
        column.addWidget(rule())
        below = status_line(status)
        column.addWidget(below)
        palette = Palette(self, self.commands)
        self._menus = QMenuBar()
        self._drawer_button = drawer_button()
        self._drawer_button.toggled.connect(self._put_drawer)
        above = top_line(self._menus, palette.ask, self._drawer_button)
        self.setCentralWidget(whole)
        self.setMenuWidget(above)
        self._parts = (above, compose, stage, jobs, below)
        self.toggle_jobs = self.commands.add("Show or hide the clips", self._toggle_drawer, "Ctrl+L")
        self.find_command = self.commands.add("Find a command", palette.ask, "Ctrl+K", listed=False)
        self._arrange()
        # A window that is shown already has given the keyboard to nobody.
        compose.setFocus()

    def add_menu(self, title: str, actions: Sequence[QAction | None]) -> None:
        """A menu of commands; None makes a line between them."""
        menu = self._menus.addMenu(title)
        for action in actions:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)

    def come_forward(self) -> None:
        """Show the window to a user who looks for it."""
        if self.isMinimized():
            self.showNormal()
        self.raise_()
        self.activateWindow()

    def let_close(self) -> None:
        """Close for good: everything behind the window has ended."""
        self._may_close = True
        self.close()

    def remember(self) -> str:
        """Size and place as text for the settings."""
        return bytes(self.saveGeometry().toBase64().data()).decode()

    def restore(self, geometry: str) -> None:
        """Bring back what `remember` gave; junk is ignored."""
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing first ends what runs behind the window."""
        if self._may_close:
            event.accept()
        else:
            event.ignore()
            self.close_asked.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """The first showing starts the work behind the window."""
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            self.shown_first.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The job list is a pane where there is room and a drawer where there is not."""
        super().resizeEvent(event)
        if self._parts:
            self._arrange()

    @property
    def narrow(self) -> bool:
        """Whether the job list is a drawer."""
        return self.width() < DRAWER_BELOW

    def show_jobs(self) -> None:
        """Make sure that the job list is in sight."""
        if not self._jobs.isVisible():
            self._toggle_drawer()

    def focusNextPrevChild(self, next: bool) -> bool:
        return reading_order.step(self._parts, QApplication.focusWidget(), forward=next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the drawer, wherever the keyboard is."""
        if event.key() == Qt.Key.Key_Escape and self.narrow and self._drawer_open:
            self._close_drawer()
        else:
            super().keyPressEvent(event)

    def _put_drawer(self, shown: bool) -> None:
        if shown is self._jobs.isHidden():
            self._toggle_drawer()

    def _toggle_drawer(self) -> None:
        if self.narrow and self._drawer_open:
            self._close_drawer()
            return
        self._drawer_open = not self._drawer_open
        self._arrange()
        if self.narrow:
            self._jobs.setFocus()

    def _close_drawer(self) -> None:
        self._drawer_open = False
        self._arrange()

    def _arrange(self) -> None:
        """Wide, the drawer's flag means that the pane was put away; narrow, that it was fetched. A keyboard that was
        in it goes to the stage."""
        in_row = self._row.indexOf(self._jobs) >= 0
        if self.narrow and in_row:
            self._row.removeWidget(self._jobs)
            self._drawer_open = False
        elif not self.narrow and not in_row:
            self._row.addWidget(self._jobs)
            self._drawer_open = False
        over = self.narrow and self._drawer_open
        shown = over if self.narrow else not self._drawer_open
        leaves = not shown and self._jobs.isAncestorOf(QApplication.focusWidget() or self)
        if self.narrow:
            self._jobs.setGeometry(self._panes.width() - JOBS_WIDTH, 0, JOBS_WIDTH, self._panes.height())
            self._shade.setGeometry(COMPOSE_WIDTH, 0, self._panes.width() - COMPOSE_WIDTH, self._panes.height())
        self._shade.setVisible(over)
        self._shade.raise_()
        self._jobs.setVisible(shown)
        self._jobs.raise_()
        if leaves:
            reading_order.step((self._stage, *self._parts), None, forward=True)
        self._drawer_button.setVisible(self.narrow or self._drawer_open)
        self._drawer_button.setChecked(shown)
