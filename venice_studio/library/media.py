"""What is in a clip: facts, stills and tags, read and written with PyAV in the media thread."""

from collections.abc import Mapping
from pathlib import Path

from venice_studio.library import decoding
from venice_studio.library.decoding import ClipFacts
from venice_studio.library.threads import Worker

THUMBNAIL_PX = 320
"""The longer side of a thumbnail in pixels."""


class Media:
    """Looks into clips. Every method raises `Trouble`: BROKEN_CLIP for what cannot be decoded, DISK for a lost file."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    async def probe(self, path: Path) -> ClipFacts:
        """The facts of a clip whose first frame can be decoded."""
        return await self._worker.run(decoding.facts, path)

    async def thumbnail(self, path: Path, out: Path, max_px: int = THUMBNAIL_PX) -> None:
        """Write a JPEG of the frame a third into the clip (first frames look alike) to `out`."""
        await self._worker.run(decoding.thumbnail, path, out, max_px)

    async def tag(self, path: Path, out: Path, tags: Mapping[str, str]) -> None:
        """Copy a clip to `out` with `tags` in it; pictures and sound are not encoded again."""
        await self._worker.run(decoding.copy_with_tags, path, out, tags)
