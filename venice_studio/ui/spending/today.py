"""Today's sum in the status line."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton

from venice_studio.studio.studio import Studio
from venice_studio.ui.binding import until_destroyed
from venice_studio.ui.spending import words
from venice_studio.ui.theme import tabular

MINUTE_MS = 60_000


class SpentToday(QPushButton):
    """A quiet button with what was spent today; not there while nothing was, nor in practice."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self.setObjectName("spentTodayLabel")
        self.setProperty("kind", "quiet")
        self.setProperty("small", True)
        self.setToolTip("Show what was spent")
        self.setAutoDefault(False)
        tabular(self)
        self.hide()
        self._midnight = QTimer(self)
        self._midnight.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._midnight.setInterval(MINUTE_MS)
        self._midnight.timeout.connect(self._show)
        ledger = studio.runner.ledger
        until_destroyed(
            self,
            studio.connection.state.bind(lambda _: self._show()),
            studio.press.under_way.bind(lambda _: self._show()),
            ledger.cost_changed.connect(lambda _: self._show()),
        )

    def _show(self) -> None:
        if self._studio.press.under_way.value:
            # While it is sent nobody knows what a clip costs: that would flicker.
            return
        account = self._studio.connection.state.value.account
        real = account is not None and not account.practice
        text = words.today(self._studio.spending.spent_today()) if real else ""
        if text == self.text():
            return
        self.setText(text)
        self.setVisible(bool(text))
        # Only yesterday's sum has to go by itself.
        if text:
            self._midnight.start()
        else:
            self._midnight.stop()
