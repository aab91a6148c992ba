"""The lines above and below the panes."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenuBar, QPushButton, QWidget

from venice_studio.ui.ground import STATUS_LINE, TITLE, TOP_LINE
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import PlainLabel, button


def drawer_button() -> QPushButton:
    """Shows and hides the job list."""
    made = button("Clips", "quiet", icon_name="drawer", icon_role="secondary", small=True)
    made.setObjectName("clipsButton")
    made.setCheckable(True)
    made.setAccessibleName("Show or hide the clips")
    made.setToolTip("Show or hide the clips (Ctrl+L)")
    return made


def top_line(menus: QMenuBar, find_command: Callable[[], object], drawer: QPushButton) -> QWidget:
    """The program's name, its menus, and what finds a command."""
    line = QFrame()
    line.setProperty("surface", "window")
    line.setFixedHeight(TOP_LINE)
    menus.setNativeMenuBar(False)
    find = button("Find a command   Ctrl+K", "quiet", small=True)
    find.setObjectName("findCommandButton")
    find.setAccessibleName("Find a command")
    find.clicked.connect(find_command)
    row = QHBoxLayout(line)
    row.setContentsMargins(METRICS.space_4, 0, METRICS.space_2, 0)
    row.setSpacing(METRICS.space_2)
    row.addWidget(PlainLabel(TITLE, "strong"))
    row.addWidget(menus, 1)
    row.addWidget(find)
    row.addWidget(drawer)
    return line


def status_line(widgets: Sequence[QWidget]) -> QWidget:
    """What stands in the line below the panes: the first on the left, the others on the right."""
    line = QFrame()
    line.setObjectName("statusLine")
    line.setProperty("surface", "window")
    line.setFixedHeight(STATUS_LINE)
    row = QHBoxLayout(line)
    # The last one is a button with a margin of its own around its sign.
    row.setContentsMargins(METRICS.space_4, 0, METRICS.space_2, 0)
    row.setSpacing(METRICS.space_3)
    first, *rest = widgets
    row.addWidget(first)
    row.addStretch(1)
    for widget in rest:
        row.addWidget(widget)
    return line
