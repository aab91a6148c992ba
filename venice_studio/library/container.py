"""Whether a file is a whole MP4, told by its boxes alone: a cheap check that finds every cut."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from venice_studio.domain.problem import Cost, Kind, Problem, Trouble

_HEADER = 8


def check_mp4(path: Path, announced: int | None) -> None:
    """Raise `Trouble` (BROKEN_CLIP) unless `path` holds all `announced` bytes and is an MP4 with nothing cut off."""
    size = path.stat().st_size
    if size == 0:
        raise broken("The clip came without any content.")
    if announced is not None and size != announced:
        raise broken(f"The clip came incomplete: {size:,} of {announced:,} bytes.")
    with path.open("rb") as file:
        kinds = list(_boxes(file, size))
    if kinds[0] != b"ftyp" or b"moov" not in kinds or b"mdat" not in kinds:
        raise broken("What came is not a clip that can be played.")


def ends_early(path: Path) -> bool:
    """Whether something of an MP4 or MOV is cut off."""
    with path.open("rb") as file:
        try:
            return not list(_boxes(file, path.stat().st_size))
        except Trouble:
            return True


def broken(message: str) -> Trouble:
    """`Trouble` (BROKEN_CLIP) over a clip that was paid for."""
    return Trouble(Problem(kind=Kind.BROKEN_CLIP, message=message, cost=Cost.CHARGED))


def _boxes(file: BinaryIO, size: int) -> Iterator[bytes]:
    """The kinds of the outermost boxes; each is its length (32 bits), its kind and maybe a longer length (64 bits)."""
    start = 0
    while start < size:
        file.seek(start)
        header = file.read(_HEADER)
        length, kind = int.from_bytes(header[:4], "big"), header[4:]
        if length == 1:
            length = int.from_bytes(file.read(8), "big")
        elif length == 0:
            length = size - start
        if len(header) < _HEADER or length < _HEADER or start + length > size:
            raise broken("The clip is cut off or is not a clip at all.")
        yield kind
        start += length
