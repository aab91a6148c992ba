"""One element: how the prompt calls it, its picture from the front, and up to three from other sides."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from venice_studio.domain.inputs import ELEMENT_REFERENCES, RULES, Role
from venice_studio.domain.media import Element, Picture
from venice_studio.ui.compose.inputs.cards import SMALL_TILE, SmallTile, write
from venice_studio.ui.compose.inputs.grid import AddTile
from venice_studio.ui.compose.inputs.hands import Hands, Place
from venice_studio.ui.compose.inputs.item import Item
from venice_studio.ui.compose.inputs.menu import ItemMenu
from venice_studio.ui.compose.inputs.origin import Origin
from venice_studio.ui.compose.inputs.target import Target
from venice_studio.ui.compose.words import file_size
from venice_studio.ui.theme import METRICS, colour, icon, weighted

PLACES = 1 + ELEMENT_REFERENCES


class Handle(Item):
    """The head of an element: its name, by which it is moved and removed as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self.said, self.note = "", ""
        self.setFixedSize(322, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_content(painter)

    def paint_content(self, painter: QPainter) -> None:
        lit = self.hasFocus() or self.underMouse()
        if lit:
            painter.setPen(Qt.PenStyle.NoPen if not self.hasFocus() else colour("accent"))
            painter.setBrush(colour("raised"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), METRICS.radius_segment, METRICS.radius_segment)
        icon("list", "secondary" if lit else "hint").paint(painter, QRect(6, 7, 14, 14))
        write(painter, QRect(26, 0, 150, self.height()), self.said, "text", size=METRICS.text_size, bold=True)
        if not lit:
            font = painter.font()
            font.setPixelSize(METRICS.badge_size)
            painter.setFont(weighted(font, 400))
            painter.setPen(colour("hint"))
            area = self.rect().adjusted(180, 0, -8, 0)
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.note)


class ElementCard(QWidget):
    """Four places beside each other under a head."""

    def __init__(self, index: int, place: Place, hands: Hands) -> None:
        super().__init__()
        self.index = index
        self._place = place
        self._hands = hands
        self._element = Element()
        self.setProperty("surface", "field")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(340)
        self.handle = Handle()
        self.handle.origin = Origin(Role.ELEMENTS, index)
        self.handle.remove_asked.connect(lambda: hands.remove(Origin(Role.ELEMENTS, index)))
        self.handle.replace_asked.connect(lambda: self._browse(0))
        self.handle.menu_asked.connect(self._element_menu)
        self.tiles = [SmallTile() for _ in range(PLACES)]
        self.adds = [AddTile(SMALL_TILE, "Front" if at == 0 else "Side") for at in range(PLACES)]
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(METRICS.space_2)
        for at, (tile, add) in enumerate(zip(self.tiles, self.adds, strict=True)):
            self._wire(at, tile, add)
            row.addWidget(tile)
            row.addWidget(add)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 5, 8, 8)
        column.setSpacing(METRICS.space_1)
        column.addWidget(self.handle)
        column.addLayout(row)

    @property
    def places(self) -> tuple[Picture | None, ...]:
        """What is in each of the four places."""
        held = (self._element.frontal, *self._element.references[:ELEMENT_REFERENCES])
        return held + (None,) * (PLACES - len(held))

    def show_element(self, element: Element) -> None:
        """Show an element."""
        self._element = element
        number = self.index + 1
        pictures = element.pictures
        self.handle.said = f"{RULES[Role.ELEMENTS].mention}{number}"
        size = file_size(sum(picture.size for picture in pictures))
        count = f"{len(pictures)} picture{'' if len(pictures) == 1 else 's'}"
        self.handle.note = f"{count}, {size}" if pictures else "a character or a thing"
        self.handle.name_it(f"Element {number}", self.handle.note, bare=f"element {number}")
        self.handle.setToolTip("")
        held = self.places
        free = next((at for at, picture in enumerate(held) if picture is None), None)
        for at, picture in enumerate(held):
            self.adds[at].setVisible(picture is None and (at in (0, free)))
            self._show(at, picture)
        self.setAccessibleName(f"Element {number}")

    def place_of(self, focused: QWidget | None) -> int | None:
        """Which of the places has the keyboard; None: none with a picture."""
        return next((at for at, tile in enumerate(self.tiles) if tile is focused), None)

    def set_highlighted(self, on: bool) -> None:
        """Show that what is being dragged may be let go."""
        for add in self.adds:
            add.set_highlighted(on)

    def _show(self, at: int, picture: Picture | None) -> None:
        tile = self.tiles[at]
        had_focus = tile.hasFocus()
        tile.setVisible(picture is not None)
        if picture is None:
            tile.medium = None
            if had_focus:
                next((add for add in self.adds if not add.isHidden()), self.handle).setFocus()
            return
        new = tile.medium is None or tile.medium.sha256 != picture.sha256
        which = "front" if at == 0 else f"side {at}"
        tile.origin = Origin(Role.ELEMENTS, self.index, at)
        tile.show_medium(picture, f"Element {self.index + 1}, {which}: {picture.name}", "front" if at == 0 else "")
        if new:
            sha = picture.sha256
            self._hands.still(
                picture,
                tile.still_px,
                lambda image: tile.show_image(image) if tile.medium and tile.medium.sha256 == sha else None,
            )

    def _wire(self, at: int, tile: SmallTile, add: AddTile) -> None:
        which = "the picture from the front" if at == 0 else "a picture from another side"
        add.setAccessibleName(f"Element {self.index + 1}: add {which}")
        add.setToolTip(f"Add {which}")
        add.clicked.connect(lambda _=False: self._add(at))
        tile.replace_asked.connect(lambda: self._browse(at))
        tile.remove_asked.connect(lambda: self._hands.remove(Origin(Role.ELEMENTS, self.index, at)))
        tile.step_asked.connect(lambda by: self._step(at, by))
        tile.menu_asked.connect(lambda point: self._menu(at, point))

    def _add(self, at: int) -> None:
        self._hands.browse(self._place, Target(Role.ELEMENTS, 0 if at == 0 else None, self.index))

    def _browse(self, at: int) -> None:
        self._hands.browse(self._place, Target(Role.ELEMENTS, at, self.index))

    def _step(self, at: int, by: int) -> None:
        to = at + by
        if 0 <= to < PLACES and self.places[to] is not None:
            self._hands.move(Origin(Role.ELEMENTS, self.index, at), to)
            self.tiles[to].setFocus()

    def _menu(self, at: int, point: QPoint) -> None:
        origin = Origin(Role.ELEMENTS, self.index, at)
        count = sum(picture is not None for picture in self.places)
        ItemMenu(self, self._place, self._hands, origin, count).open_at(point)

    def _element_menu(self, point: QPoint) -> None:
        count = len(self._hands.composer.draft.value.elements)
        ItemMenu(self, self._place, self._hands, Origin(Role.ELEMENTS, self.index), count).open_at(point)

    def sizeHint(self) -> QSize:
        return QSize(340, 28 + SMALL_TILE.height() + 17)
