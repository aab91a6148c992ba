"""What the draft holds beside its words, role by role: how it gets there, and how it is put in order."""

from collections.abc import Sequence

from venice_studio.domain.inputs import Role
from venice_studio.domain.media import Medium, Sound
from venice_studio.domain.mentions import Mention, mentions
from venice_studio.library.shelf import MediaShelf
from venice_studio.studio.composer import Composer
from venice_studio.studio.frame import Fetch
from venice_studio.studio.tasks import Tasks


class Attachments:
    """Changes the inputs of the draft as the user does it. Counts and combinations are not judged here but by
    `Composer.faults`: nothing that the user gave is ever dropped silently.

    Where something is put raises `Trouble` (PICTURE), naming the file, and leaves what was there before.
    """

    def __init__(self, *, composer: Composer, shelf: MediaShelf, fetch: Fetch, tasks: Tasks) -> None:
        self._composer = composer
        self._shelf = shelf
        self._fetch = fetch
        self._tasks = tasks

    async def take_files(
        self, role: Role, paths: Sequence[str], *, at: int | None = None, element: int | None = None
    ) -> None:
        """Put files here, in their order: the first in the place of item `at`, the others behind what is there.

        Of elements: each file begins one of its own; with `element` they become further pictures of that one, and
        `at` counts its pictures, the frontal one being 0. One file that cannot be taken stops it: `Trouble` names
        it, and those before it stay.
        """
        raise NotImplementedError

    async def take_bytes(
        self, role: Role, data: bytes, name: str, *, at: int | None = None, element: int | None = None
    ) -> None:
        """Put here what came without a file: pasted, or dragged out of a program. `at` and `element` as with files."""
        raise NotImplementedError

    async def take_address(
        self, role: Role, address: str, *, at: int | None = None, element: int | None = None
    ) -> None:
        """Fetch the picture at a web address and put it here, so that what is seen is what is sent."""
        raise NotImplementedError

    def remove(self, role: Role, index: int = 0, *, picture: int | None = None) -> None:
        """Take item `index` away; of an element only its picture `picture`, where that is given."""
        raise NotImplementedError

    def move(self, role: Role, index: int, to: int) -> None:
        """Put item `index` where item `to` is now. What the prompt says of them follows; of keyframes the pictures
        move and the frame numbers stay in their order."""
        raise NotImplementedError

    def hand_over(self, role: Role, index: int, to: Role) -> None:
        """Let an item be something else to the clip: the start frame a reference picture, say. What is in the way of
        a single place takes the place that became free. Raises ValueError for another kind of file."""
        raise NotImplementedError

    def place_keyframe(self, index: int, frame_index: int) -> None:
        """Let the clip pass through a keyframe's picture at another frame, at 24 a second from 0."""
        raise NotImplementedError

    def add_element(self) -> None:
        """Begin another element, which has no picture yet."""
        raise NotImplementedError

    async def still(self, medium: Medium, max_px: int) -> bytes:
        """A PNG of `max_px` at most on its longer side: the picture, a video's first frame, a sound's waveform."""
        raise NotImplementedError

    async def peaks(self, sound: Sound, count: int) -> tuple[float, ...]:
        """How loud a sound is, 0 to 1, in `count` equal parts of its length."""
        raise NotImplementedError

    @property
    def sent_size(self) -> tuple[int, int]:
        """Bytes that the draft would take in a request, and how many are surely taken."""
        raise NotImplementedError

    def mentions(self) -> tuple[Mention, ...]:
        """Everything attached that the prompt can speak of, such as `@Element1`."""
        return mentions(self._composer.draft.value)
