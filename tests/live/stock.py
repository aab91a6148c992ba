"""Files of every kind for requests: pictures, and sounds and videos of telling lengths."""

from pathlib import Path

from PIL import Image

from tests.support.recordings import make_sound, make_video, make_wav
from tests.venice.strategies import Stock
from venice_studio.domain.media import Picture, Sound, Video
from venice_studio.library import recordings

SOUNDS_S = (1.0, 2.0, 4.0, 8.0, 15.0, 16.0, 31.0)
VIDEOS_S = (1.0, 2.0, 8.0, 15.0, 16.0)
SMALL = (64, 48)


def make_stock(folder: Path) -> Stock:
    """Really encoded files in `folder`, each under its `sha256`, measured as the program measures them."""
    return Stock(
        pictures=tuple(_picture(folder, colour) for colour in ("teal", "orange", "purple")),
        sounds=(
            *(_sound(make_wav(folder / f"{length:g}.wav", seconds=length, rate=1000)) for length in SOUNDS_S),
            _sound(make_sound(folder / "4.mp3", "libmp3lame")),
        ),
        videos=(
            *(
                _video(make_video(folder / f"{length:g}.mp4", frames=round(length * 24), size=SMALL))
                for length in VIDEOS_S
            ),
            _video(make_video(folder / "4.mov", frames=96, size=SMALL)),
            _video(make_video(folder / "4.webm", "libvpx", frames=96, size=SMALL)),
        ),
    )


def fitting(stock: Stock) -> Stock:
    """Of all files one of each kind that every model takes."""
    return Stock(
        pictures=stock.pictures[:1],
        sounds=tuple(sound for sound in stock.sounds if sound.name == "4.wav"),
        videos=tuple(video for video in stock.videos if video.name == "2.mp4"),
    )


def _picture(folder: Path, colour: str) -> Picture:
    path = folder / f"{colour}.png"
    Image.new("RGB", (320, 180), colour).save(path)
    return Picture(
        sha256=path.name, mime="image/png", size=path.stat().st_size, name=path.name, width=320, height=180, as_is=True
    )


def _sound(path: Path) -> Sound:
    mime = "audio/wav" if path.suffix == ".wav" else "audio/mpeg"
    length_ms = recordings.sound_length(path, path.name)
    return Sound(sha256=path.name, mime=mime, size=path.stat().st_size, name=path.name, duration_ms=length_ms)


_MIMES = {".mp4": "video/mp4", ".mov": "video/quicktime", ".webm": "video/webm"}


def _video(path: Path) -> Video:
    seen = recordings.footage(path, path.name)
    return Video(
        sha256=path.name,
        mime=_MIMES[path.suffix],
        size=path.stat().st_size,
        name=path.name,
        duration_ms=seen.duration_ms,
        width=seen.width,
        height=seen.height,
    )
