"""How a file, bytes or an address become something that can go along with a prompt."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import assert_never
from urllib.parse import unquote, urlsplit

from venice_studio.domain.inputs import Material
from venice_studio.domain.media import Medium, Picture
from venice_studio.library.shelf import MediaShelf

Fetch = Callable[[str], Awaitable[bytes]]
"""Gives the bytes at an http(s) address. Raises `Trouble` (PICTURE)."""


class Intake:
    """The one way onto the shelf. Raises `Trouble` (PICTURE), naming the file, for what cannot be used."""

    def __init__(self, shelf: MediaShelf, fetch: Fetch) -> None:
        self._shelf = shelf
        self._fetch = fetch

    async def picture(self, source: Path | bytes, name: str) -> Picture:
        """A picture from a file or from bytes."""
        if isinstance(source, Path):
            return await self._shelf.take_file(str(source))
        return await self._shelf.take_bytes(source, name)

    async def picture_at(self, address: str) -> Picture:
        """The picture at a web address, fetched so that what is seen is what is sent."""
        address = address.strip()
        picture = await self._shelf.take_bytes(await self._fetch(address), _name_at(address))
        return replace(picture, address=address)

    async def medium(self, material: Material, source: Path | bytes, name: str) -> Medium:
        """A picture, sound or video from a file or from bytes."""
        match material:
            case Material.PICTURE:
                return await self.picture(source, name)
            case Material.SOUND:
                return await self._shelf.take_sound(source, name)
            case Material.VIDEO:
                return await self._shelf.take_video(source, name)
            case _ as never:
                assert_never(never)


def _name_at(address: str) -> str:
    """What to call the picture at an address: its last part, else the place."""
    parts = urlsplit(address)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    return last or parts.hostname or address
