"""What becomes of a picture that was put into a slot: it is taken in, and becomes a part of the draft."""

from venice_studio.domain.request import Picture
from venice_studio.studio.studio import Studio
from venice_studio.ui.compose.frames import Shelf


def start_shelf(studio: Studio) -> Shelf:
    """For the start frame; the model's variant follows it."""
    return Shelf(
        take_file=studio.take_picture_file,
        take_bytes=studio.take_picture_bytes,
        remove=lambda: studio.composer.set_start_frame(None),
        file=studio.pictures.file,
    )


def end_shelf(studio: Studio) -> Shelf:
    """For the end frame."""

    async def take_file(path: str) -> Picture:
        return put(await studio.pictures.take_file(path))

    async def take_bytes(data: bytes, name: str) -> Picture:
        return put(await studio.pictures.take_bytes(data, name))

    def put(picture: Picture) -> Picture:
        studio.composer.edit(end_frame=picture)
        return picture

    return Shelf(
        take_file=take_file,
        take_bytes=take_bytes,
        remove=lambda: studio.composer.edit(end_frame=None),
        file=studio.pictures.file,
    )
