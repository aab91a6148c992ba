"""The player's keys. They count only while the focus is on the player's side, so typing never reaches them."""

from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


class Act(Enum):
    """What a key asks of the player."""

    PLAY_PAUSE = auto()
    SLOWER = auto()
    FASTER = auto()
    FRAME_BACK = auto()
    FRAME_ON = auto()
    SECOND_BACK = auto()
    SECOND_ON = auto()
    START = auto()
    END = auto()
    MUTE = auto()
    FULL_SCREEN = auto()


_PLAIN = {
    Qt.Key.Key_Space: Act.PLAY_PAUSE,
    Qt.Key.Key_K: Act.PLAY_PAUSE,
    Qt.Key.Key_J: Act.SLOWER,
    Qt.Key.Key_L: Act.FASTER,
    Qt.Key.Key_Left: Act.FRAME_BACK,
    Qt.Key.Key_Right: Act.FRAME_ON,
    Qt.Key.Key_Home: Act.START,
    Qt.Key.Key_End: Act.END,
    Qt.Key.Key_M: Act.MUTE,
    Qt.Key.Key_F: Act.FULL_SCREEN,
}
_SHIFTED = {Qt.Key.Key_Left: Act.SECOND_BACK, Qt.Key.Key_Right: Act.SECOND_ON}
_REPEATED = {Act.FRAME_BACK, Act.FRAME_ON, Act.SECOND_BACK, Act.SECOND_ON}


def act_of(event: QKeyEvent) -> Act | None:
    """What a key press means; None for keys that are not the player's. Only stepping goes on while a key is held."""
    match event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        case Qt.KeyboardModifier.NoModifier:
            act = _PLAIN.get(Qt.Key(event.key()))
        case Qt.KeyboardModifier.ShiftModifier:
            act = _SHIFTED.get(Qt.Key(event.key()))
        case _:
            act = None
    return None if event.isAutoRepeat() and act not in _REPEATED else act
