"""Words about what is wrong, and under them links to put it right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import PlainLabel, button

ROOM = 340
"""Width for links, px."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way to put something right."""

    label: str
    apply: Callable[[], object]


class TroubleLines(QWidget):
    """What is wrong, and one-click choices, in as many rows as they need; hidden while nothing is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.label = PlainLabel("", "bad", wrap=True)
        self.buttons: list[QPushButton] = []
        self._remedies: tuple[Remedy, ...] = ()
        self._links = QWidget()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.label)
        column.addWidget(self._links)
        self.hide()

    @property
    def text(self) -> str:
        """What is said; empty if nothing is."""
        return self.label.text()

    def say(self, text: str, remedies: Sequence[Remedy] = (), *, role: str = "bad") -> None:
        """Say what is wrong (plain text) and offer ways out; empty takes it away."""
        self.label.set_role(role)
        self.label.setText(text)
        offered = tuple(remedies) if text else ()
        same = [remedy.label for remedy in offered] == [remedy.label for remedy in self._remedies]
        self._remedies = offered
        if not same:
            self._offer()
        self.setVisible(bool(text))

    def _offer(self) -> None:
        self._links.hide()
        self._links.deleteLater()
        self.buttons = [button(remedy.label, "link", small=True) for remedy in self._remedies]
        for at, link in enumerate(self.buttons):
            link.clicked.connect(lambda _=False, at=at: self._remedies[at].apply())
        self._links = in_rows(self.buttons)
        self._column.addWidget(self._links)
        self._links.setVisible(bool(self.buttons))


def in_rows(links: Sequence[QPushButton]) -> QWidget:
    """Links side by side in as many rows as they need."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    rows: list[list[QPushButton]] = []
    room = 0
    for link in links:
        wanted = link.sizeHint().width() + METRICS.space_1
        if wanted > room:
            rows.append([])
            room = ROOM
        rows[-1].append(link)
        room -= wanted
    for links_of_row in rows:
        row = QHBoxLayout()
        row.setSpacing(METRICS.space_1)
        for link in links_of_row:
            row.addWidget(link)
        row.addStretch(1)
        column.addLayout(row)
    return box
