"""What is heard in a clip: the music that came with it, the sound of its video, or what is made up for it."""

from collections.abc import Iterator

import av
import numpy as np

from venice_studio.sandbox.render import sound
from venice_studio.sandbox.render.encode import SAMPLE_RATE
from venice_studio.sandbox.render.plan import Plan
from venice_studio.sandbox.render.sound import Samples

_BLOCK = 1024
_UNDER_VOICES = 0.35


def heard(plan: Plan) -> Iterator[Samples]:
    """2 × n samples at 48 kHz in pieces of 1024, as long as the clip's pictures together."""
    count = round(plan.frames / plan.fps * SAMPLE_RATE)
    if music := plan.music or (plan.film if plan.enlarges else None):
        yield from _filled(decoded(music), count)
        return
    made = sound.compose(plan)
    if plan.voices:
        made *= _UNDER_VOICES
        for voice, start in zip(plan.voices, range(0, count, max(1, count // len(plan.voices))), strict=False):
            spoken = np.concatenate([*decoded(voice), np.zeros((2, 1), np.float32)], axis=1)[:, : count - start]
            made[:, start : start + spoken.shape[1]] += spoken * (1 - _UNDER_VOICES)
        np.clip(made, -1, 1, out=made)
    yield from (made[:, start : start + _BLOCK] for start in range(0, count, _BLOCK))


def decoded(path: str) -> Iterator[Samples]:
    """The sound of a file as it plays, in pieces."""
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE, frame_size=_BLOCK)
    with av.open(path, "r") as container:
        for frame in container.decode(audio=0):
            yield from (np.asarray(piece.to_ndarray(), np.float32) for piece in resampler.resample(frame))
        yield from (np.asarray(piece.to_ndarray(), np.float32) for piece in resampler.resample(None))


def _filled(pieces: Iterator[Samples], count: int) -> Iterator[Samples]:
    """Exactly `count` samples: cut, or silent after its end."""
    left = count
    for piece in pieces:
        if left <= 0:
            return
        yield _whole(piece[:, :left], min(left, _BLOCK))
        left -= _BLOCK
    for start in range(0, left, _BLOCK):
        yield np.zeros((2, min(_BLOCK, left - start)), np.float32)


def _whole(piece: Samples, length: int) -> Samples:
    return np.pad(piece, ((0, 0), (0, length - piece.shape[1]))) if piece.shape[1] < length else piece
