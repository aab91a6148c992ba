"""At which frames of a clip its keyframes are."""

from collections.abc import Sequence
from itertools import pairwise

from venice_studio.domain import choices
from venice_studio.domain.inputs import FRAMES_PER_S


def last_frame(duration: str | None) -> int | None:
    """The last frame that a keyframe can be at; None where nobody knows how long the clip will be."""
    length_s = choices.seconds(duration) if duration else None
    return int(length_s * FRAMES_PER_S) if length_s is not None else None


def free_frame(taken: Sequence[int], duration: str | None) -> int:
    """Where to put one more keyframe: at the beginning, then at the end, then in the middle of the widest gap."""
    last = last_frame(duration)
    if 0 not in taken:
        return 0
    if last is None:
        return max(taken) + FRAMES_PER_S
    if last not in taken:
        return last
    ordered = sorted(set(taken))
    gaps = [(after - before, -before) for before, after in pairwise(ordered)]
    width, begin = max(gaps, default=(0, 0))
    return -begin + width // 2 if width > 1 else max(taken) + 1
