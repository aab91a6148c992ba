"""What is really in a clip: decoded with PyAV, and once more with the ffmpeg program."""

import hashlib
import io
import subprocess
from dataclasses import dataclass

import av
import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """`sound_s` is None without sound; `key_frames` are the numbers of the frames a seek can start from."""

    width: int
    height: int
    frames: int
    length_s: float
    codec: str
    pixels: str
    matrix: int
    sound_codec: str | None
    sound_profile: str | None
    sound_s: float | None
    key_frames: tuple[int, ...]


def probe(data: bytes) -> Probe:
    with av.open(io.BytesIO(data), "r") as clip:
        video = clip.streams.video[0]
        sound = clip.streams.audio[0] if clip.streams.audio else None
        keys = tuple(number for number, frame in enumerate(clip.decode(video)) if frame.key_frame)
        clip.seek(0)
        count = sum(1 for _ in clip.decode(video))
        assert video.duration is not None
        assert video.time_base is not None
        return Probe(
            width=video.width,
            height=video.height,
            frames=count,
            length_s=float(video.duration * video.time_base),
            codec=video.codec_context.name,
            pixels=str(video.codec_context.pix_fmt),
            matrix=int(video.codec_context.colorspace),
            sound_codec=sound.codec_context.name if sound else None,
            sound_profile=sound.profile if sound else None,
            sound_s=float(sound.duration * sound.time_base) if sound and sound.duration and sound.time_base else None,
            key_frames=keys,
        )


def frames(data: bytes, every: int = 1) -> list[npt.NDArray[np.uint8]]:
    """RGB frames, one of `every`."""
    with av.open(io.BytesIO(data), "r") as clip:
        decoded = enumerate(clip.decode(video=0))
        return [np.asarray(frame.to_ndarray(format="rgb24")) for number, frame in decoded if number % every == 0]


def fingerprint(data: bytes) -> str:
    """The same for the same decoded frames."""
    digest = hashlib.sha256()
    for frame in frames(data):
        digest.update(frame.tobytes())
    return digest.hexdigest()


def ffmpeg_says(data: bytes) -> str:
    """What the ffmpeg program complains about while it decodes the whole file; nothing when all is well."""
    command = ["ffmpeg", "-v", "error", "-i", "pipe:0", "-f", "null", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=False).stderr.decode()


def boxes(data: bytes) -> list[str]:
    """The names of an MP4's outermost boxes in their order."""
    names, at = [], 0
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        names.append(data[at + 4 : at + 8].decode("latin-1"))
        at += length or len(data)
    return names
