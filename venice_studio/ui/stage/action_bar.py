"""What can be done with the clip that is looked at: buttons as long as there is room, the rest under More."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from venice_studio.ui.jobs.offers import LABELS, Act, widget_name
from venice_studio.ui.theme import METRICS, icon
from venice_studio.ui.widgets import button, icon_button, plain_tip

_FOLDING = (Act.DELETE, Act.SHOW_IN_FOLDER, Act.COMPARE, Act.STOP, Act.REUSE, Act.SAVE_AS)
"""What gives way first where it is narrow."""

_MENU = (
    Act.SAVE_AS,
    Act.REUSE,
    Act.COMPARE,
    Act.SHOW_IN_FOLDER,
    Act.OPEN,
    Act.COPY_PROMPT,
    Act.COPY_RECEIPT,
    Act.HIDE,
    Act.STOP,
    Act.DELETE,
)


_NOT_SPENT = "Nothing was spent yet: it stays here unsent, as do the takes of the same press that wait behind it."


class ActionBar(QWidget):
    """Emits `acted`; which acts make sense is set by `show_acts`."""

    acted = Signal(str)
    """The `Act` the user chose."""

    def __init__(self) -> None:
        super().__init__()
        self._acts: frozenset[Act] = frozenset()
        self._comparing = False
        self._buttons = {
            Act.CONTINUE: _named(button(LABELS[Act.CONTINUE]), "continueFromFrameButton"),
            Act.SAVE_AS: _named(button(LABELS[Act.SAVE_AS]), "saveAsButton"),
            Act.REUSE: _named(button(LABELS[Act.REUSE]), "reuseSettingsButton"),
            Act.COMPARE: _named(button(LABELS[Act.COMPARE]), "compareButton"),
            Act.STOP: _named(button(LABELS[Act.STOP]), "stopWatchingButton"),
            Act.TAKE_BACK: _named(button(LABELS[Act.TAKE_BACK]), "dontSendButton"),
            Act.SHOW_IN_FOLDER: _named(icon_button("folder", LABELS[Act.SHOW_IN_FOLDER]), "showInFolderButton"),
            Act.DELETE: _named(icon_button("trash", "Delete", keys="Del"), "deleteClipButton"),
        }
        self._buttons[Act.TAKE_BACK].setToolTip(plain_tip(_NOT_SPENT))
        self._more = _named(button("More"), "moreButton")
        self._more.setIcon(icon("chevron-down", "secondary"))
        self._more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._menu = QMenu(self._more)
        self._menu.setObjectName("moreMenu")
        self._menu.aboutToShow.connect(self._fill_menu)
        self._more.setMenu(self._menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(METRICS.space_4, METRICS.space_2, METRICS.space_4, METRICS.space_2)
        row.setSpacing(METRICS.space_2)
        for act in (Act.CONTINUE, Act.SAVE_AS, Act.REUSE, Act.COMPARE, Act.STOP, Act.TAKE_BACK):
            row.addWidget(self._buttons[act])
        row.addStretch(1)
        for act in (Act.SHOW_IN_FOLDER, Act.DELETE):
            row.addWidget(self._buttons[act])
        row.addWidget(self._more)
        for act, made in self._buttons.items():
            made.clicked.connect(lambda _=False, act=act: self.acted.emit(act.value))

    def show_acts(self, acts: frozenset[Act]) -> None:
        """Offer these and no others."""
        self._acts = acts
        self._fold()

    def show_comparing(self, comparing: bool) -> None:
        """Say what the button does now: set another clip beside this one, or put it away."""
        self._comparing = comparing
        made = self._buttons[Act.COMPARE]
        made.setText("Stop comparing" if comparing else LABELS[Act.COMPARE])
        made.setAccessibleName(made.text())
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Keep as many buttons in sight as there is room for; the first, what to do next, always stays."""
        shown = [act for act in self._buttons if act in self._acts]
        for act in _FOLDING:
            if self._width(shown) <= self.width():
                break
            # The way out of what is on the stage is not hidden in a menu.
            shown = [each for each in shown if each is not act or (act is Act.COMPARE and self._comparing)]
        for act, made in self._buttons.items():
            made.setVisible(act in shown)
        self._more.setVisible(bool(self._acts))

    def _width(self, acts: list[Act]) -> int:
        widths = [self._buttons[act].sizeHint().width() for act in acts] + [self._more.sizeHint().width()]
        return sum(widths) + METRICS.space_2 * len(widths) + 2 * METRICS.space_4

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width([Act.CONTINUE]), super().minimumSizeHint().height())

    def _fill_menu(self) -> None:
        self._menu.clear()
        for act in _MENU:
            made = self._buttons.get(act)
            if act not in self._acts or (made is not None and made.isVisible()):
                continue
            if act in (Act.DELETE, Act.HIDE):
                self._menu.addSeparator()
            entry = self._menu.addAction(made.text() if act is Act.COMPARE and made is not None else LABELS[act])
            entry.setObjectName(widget_name(act, "Entry"))
            entry.triggered.connect(lambda _=False, act=act: self.acted.emit(act.value))


def _named(made: QPushButton, name: str) -> QPushButton:
    made.setObjectName(name)
    made.setAccessibleName(made.accessibleName() or made.text())
    return made
