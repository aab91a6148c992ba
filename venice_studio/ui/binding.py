"""Ties what a widget hears to the widget's life."""

from PySide6.QtCore import QObject

from venice_studio.studio.signals import Disconnect


def until_destroyed(owner: QObject, *disconnects: Disconnect) -> None:
    """End these connections when `owner` goes."""

    def end() -> None:
        for disconnect in disconnects:
            disconnect()

    owner.destroyed.connect(end)
