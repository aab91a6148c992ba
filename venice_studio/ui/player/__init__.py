"""The player of clips."""

from venice_studio.ui.player.player import Player
from venice_studio.ui.player.surface import Surface
from venice_studio.ui.player.timing import Clip, clock

__all__ = ["Clip", "Player", "Surface", "clock"]
