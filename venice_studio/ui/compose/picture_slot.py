"""The place of one picture: a low strip while it is empty, a card with the picture once it is filled."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from venice_studio.domain.media import Picture
from venice_studio.ui.compose import words
from venice_studio.ui.compose.fit_part import FitPart
from venice_studio.ui.compose.links import Remedy, TroubleLines
from venice_studio.ui.compose.offer import Brought, may_bring_picture, read_offer
from venice_studio.ui.compose.picture_card import Card
from venice_studio.ui.compose.picture_menu import PictureMenu
from venice_studio.ui.compose.picture_notes import PictureNotes
from venice_studio.ui.compose.picture_strip import Strip
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import PlainLabel, ProgressLine, icon_button

INVITATION = "drop, paste or browse"


class PictureSlot(QWidget):
    """Shows a picture and what is sent of it; passes on what the user does. It knows nothing of files.

    The widget stays the same while it is empty, busy or filled, so that it can be dropped on at any time.
    """

    browse_asked = Signal()
    remove_asked = Signal()
    offered = Signal(object)
    """Something was dropped here: a `Brought`."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._picture: Picture | None = None
        self.setAcceptDrops(True)
        self.setAccessibleName(title)
        self._head = PlainLabel(title, "secondary")
        self._invitation = PlainLabel(INVITATION, "hint")
        self.more = icon_button("more", "More about this picture", size=16)
        self.more.setObjectName("pictureMenuButton")
        self.strip = Strip()
        self.strip.clicked.connect(self.browse_asked)
        self.card = Card()
        self.card.replace.clicked.connect(self.browse_asked)
        self.card.remove.clicked.connect(self.remove_asked)
        self.notes = PictureNotes()
        self.fit = FitPart()
        self.menu = PictureMenu(self)
        self.menu.browse.triggered.connect(lambda _=False: self.browse_asked.emit())
        self.more.clicked.connect(lambda _=False: self.menu.open_below(self.more))
        self._busy = PlainLabel("", "hint")
        self._progress = ProgressLine()
        self._progress.set_share(None)
        self.trouble = TroubleLines()
        self._lay_out()
        self.set_wish("")
        self.show_busy("")
        self.show_problem("")
        self.show_picture(None)

    @property
    def picture(self) -> Picture | None:
        """The picture shown; None while the slot is empty."""
        return self._picture

    @property
    def problem(self) -> str:
        """What is said to be wrong; empty if nothing is."""
        return self.trouble.text

    def show_picture(self, picture: Picture | None) -> None:
        """Fill or empty the slot; the preview comes with `show_preview`."""
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._picture = picture
        filled = picture is not None
        for widget in (self._head, self._invitation, self.more, self.card):
            widget.setVisible(filled)
        self.strip.setVisible(not filled)
        self.notes.show_picture(picture)
        self.menu.show_for(picture)
        if picture is not None:
            self.card.show_picture(picture)
        if had_focus and not self._keeps_focus():
            (self.card.replace if filled else self.strip).setFocus()
        self.setFocusProxy(self.card.replace if filled else self.strip)
        self._describe()

    def show_preview(self, image: QImage) -> None:
        """The picture itself, small; a null image where it cannot be read."""
        self.card.preview.show_image(image)

    def show_busy(self, text: str) -> None:
        """Say that a picture is being taken; empty: no longer."""
        self._busy.setText(text)
        self._busy.setVisible(bool(text))
        self._progress.setVisible(bool(text))

    def show_problem(self, text: str, remedies: Sequence[Remedy] = ()) -> None:
        """Say what is wrong (plain text) and offer ways out; empty takes it away."""
        self.trouble.say(text, remedies)
        self._describe()

    def set_wish(self, text: str) -> None:
        """What the empty strip says before the invitation, where it is not simply the slot's title."""
        self.strip.setText(f"{text or self._title} — {INVITATION}")
        self.strip.setAccessibleName(f"{text or self._title}: {INVITATION}")

    def set_highlighted(self, on: bool) -> None:
        """Show that what is being dragged may be let go."""
        self.strip.set_highlighted(on)
        self.card.set_highlighted(on)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if may_bring_picture(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.set_highlighted(True)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.set_highlighted(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.set_highlighted(False)
        offer: Brought | None = read_offer(event.mimeData(), "dropped picture")
        if offer is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.offered.emit(offer)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu.popup(event.globalPos())

    def _keeps_focus(self) -> bool:
        """Whether what has the focus is still in sight."""
        focused = self.focusWidget()
        return focused is not None and focused.isVisibleTo(self)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._head)
        head.addStretch(1)
        head.addWidget(self._invitation)
        head.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(METRICS.space_1 + 1)
        column.addLayout(head)
        for widget in (self.strip, self.card, self.notes, self.fit, self._busy, self._progress, self.trouble):
            column.addWidget(widget)

    def _describe(self) -> None:
        picture = self._picture
        said = [picture.name, words.what_is_sent(picture)] if picture else ["empty"]
        more = (words.why_remade(picture).rstrip(".") if picture else "", self.problem)
        self.setAccessibleDescription(". ".join([*said, *(each for each in more if each)]))
