"""What is looked at before there is any clip: three ways to begin, each one click."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from venice_studio.ui.jobs.stills import Stills
from venice_studio.ui.jobs.tiles import draw_within
from venice_studio.ui.theme import METRICS, colour, icon, weighted
from venice_studio.ui.widgets import PlainLabel, focus_ring, rounded
from venice_studio.ui.widgets.wrapping import wrapped

PROMPT = (
    "A paper boat sails down a rain-soaked city street at night, neon signs ripple in the water, "
    "low angle, the camera glides along behind it"
)
SAMPLE_PROMPT = "The gondola drifts towards the sunset, ripples catch the last light, slow push in"

_CARD = QSize(200, 196)
_PICTURE_HEIGHT = 112


class Starter(QPushButton):
    """A card: a picture or an icon above, what it is and what it does below."""

    def __init__(self, title: str, text: str, *, icon_name: str = "", quote: str = "") -> None:
        """`quote` is shown in place of a picture, else the icon is."""
        super().__init__()
        self._title, self._text, self._icon, self._quote = title, text, icon_name, quote
        self._still: QPixmap | None = None
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(_CARD.width() + 40)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)

    def show_still(self, still: QPixmap) -> None:
        """Show a picture in place of the icon."""
        # What lies below is painted along with the card, and asks for this again: only a change may paint anew.
        if still is not self._still:
            self._still = still
            self.update()

    def sizeHint(self) -> QSize:
        return _CARD

    def minimumSizeHint(self) -> QSize:
        return QSize(140, _CARD.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(1.0 if self.underMouse() or self.hasFocus() or self.isDown() else 0.92)
        rounded(painter, self.rect(), METRICS.radius_drop, colour("stage_raised"))
        picture = QRect(8, 8, self.width() - 16, _PICTURE_HEIGHT - 8)
        if self._still is not None:
            draw_within(painter, picture, self._still, METRICS.radius_segment, fill=True)
        else:
            rounded(painter, picture, METRICS.radius_segment, colour("stage"))
            self._symbol(painter, picture)
        words = QRect(14, _PICTURE_HEIGHT + 10, self.width() - 28, 18)
        painter.setPen(colour("stage_text"))
        painter.setFont(weighted(self.font(), METRICS.semibold))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._title)
        painter.setPen(colour("stage_hint"))
        painter.setFont(weighted(self.font(), 400, METRICS.secondary_size))
        below = QRect(14, words.bottom() + 4, words.width(), self.height() - words.bottom() - 12)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap), self._text)
        painter.setOpacity(1.0)
        if self.hasFocus():
            focus_ring(painter, self.rect(), METRICS.radius_drop)

    def _symbol(self, painter: QPainter, place: QRect) -> None:
        if self._quote:
            painter.setPen(colour("stage_hint"))
            painter.setFont(weighted(self.font(), 400, METRICS.secondary_size))
            self._draw_quote(painter, place.adjusted(12, 6, -12, -6))
            return
        box = QRect(0, 0, 28, 28)
        box.moveCenter(place.center())
        icon(self._icon, "stage_text").paint(painter, box)

    def _draw_quote(self, painter: QPainter, place: QRect) -> None:
        """As many whole lines as there is room for, then …"""
        high = painter.fontMetrics().lineSpacing()
        lines = wrapped(f"“{self._quote}”", painter.font(), place.width(), place.height() // high)
        top = place.top() + (place.height() - high * len(lines)) // 2
        for at, line in enumerate(lines):
            painter.drawText(place.left(), top + at * high, place.width(), high, Qt.AlignmentFlag.AlignVCenter, line)


class Starters(QWidget):
    """Three starters; what a press does is said in signals."""

    prompt_wanted = Signal()
    sample_wanted = Signal()
    picture_wanted = Signal()

    def __init__(self, stills: Stills, sample: str) -> None:
        """`sample` is the path of the sample picture."""
        super().__init__()
        self._stills = stills
        self._sample_path = sample
        self._prompt = Starter("A prompt", "Words that are ready to go", quote=PROMPT)
        self._sample = Starter("A sample picture", "A gondola at sunset, brought to life", icon_name="picture")
        self._own = Starter("Your picture", "Choose one, or drop it on the form", icon_name="folder")
        signals = (self.prompt_wanted, self.sample_wanted, self.picture_wanted)
        names = ("promptStarter", "sampleStarter", "pictureStarter")
        title = PlainLabel("Make your first clip", "stage-title")
        words = "A click fills the form. You see the price before anything is sent."
        note = PlainLabel(words, "stage-hint", wrap=True)
        note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        cards = QHBoxLayout()
        cards.setSpacing(METRICS.space_3)
        cards.addStretch(1)
        for card, signal, name in zip((self._prompt, self._sample, self._own), signals, names, strict=True):
            card.setObjectName(name)
            card.clicked.connect(signal)
            cards.addWidget(card, 100)
        cards.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(METRICS.space_6, METRICS.space_6, METRICS.space_6, METRICS.space_6)
        column.setSpacing(METRICS.space_2)
        column.addStretch(1)
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(note)
        column.addSpacing(METRICS.space_4)
        column.addLayout(cards)
        column.addStretch(1)
        stills.arrived.connect(lambda _path: self._show_sample())

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("stage"))
        self._show_sample()

    def _show_sample(self) -> None:
        still = self._stills.get(self._sample_path, QSize(720, 720))
        if still is not None:
            self._sample.show_still(still)
