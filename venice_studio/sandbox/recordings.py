"""Videos and sounds that come with a request: really decoded, and a video's first frame taken out."""

import io

import av
from PIL import Image

from venice_studio.sandbox.inputs import BadMediaError

_LONGEST_SOUND_S = 30


def first_frame(data: bytes) -> bytes:
    """The first frame of a video as PNG; raises BadMediaError."""
    try:
        with av.open(io.BytesIO(data), "r") as container:
            frame = next(container.decode(video=0), None)
            image = Image.fromarray(frame.to_ndarray(format="rgb24")) if frame is not None else None
    except (av.FFmpegError, IndexError, ValueError) as error:
        raise BadMediaError("The video could not be decoded") from error
    if image is None:
        raise BadMediaError("The video has no frames")
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()


def check_sound(data: bytes) -> None:
    """Raises BadMediaError where `data` is no sound, or one longer than 30 s."""
    try:
        with av.open(io.BytesIO(data), "r") as container:
            if next(container.decode(audio=0), None) is None:
                raise BadMediaError("The sound is empty")
            length_s = (container.duration or 0) / av.time_base
    except (av.FFmpegError, IndexError) as error:
        raise BadMediaError("The sound could not be decoded") from error
    if length_s > _LONGEST_SOUND_S:
        raise BadMediaError("The sound is longer than 30 s")
