"""Names for clips: readable, sortable by date, and safe on every system."""

import re
import unicodedata
from datetime import date

MAX_STEM_BYTES = 120
"""UTF-8 bytes of a name before its number. Systems allow 255 in all; Windows counts the whole path (260)."""

BROKEN = ".broken.mp4"
"""What names of broken clips end in."""

_CLIP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} (.+) [0-9]+\.mp4")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_UNNAMED = "Clip"


def clip_name(prompt: str, day: date, number: int) -> str:
    """Such as `2026-11-22 Gondola drifts towards camera 1.mp4`."""
    return f"{day.isoformat()} {_stem(prompt)} {number}.mp4"


def prompt_in(name: str) -> str | None:
    """What the name of a clip tells of its prompt; None for a name that `clip_name` never gives."""
    found = _CLIP.fullmatch(name)
    return found[1] if found else None


def broken_name(prompt: str, day: date, job_id: str) -> str:
    """The name for what came of a clip and cannot be played; the id makes it this job's own."""
    return f"{day.isoformat()} {_stem(prompt)} {job_id}{BROKEN}"


def job_of_broken(name: str) -> str:
    """The job whose broken clip has this name."""
    return name.removesuffix(BROKEN).rpartition(" ")[2]


def _stem(prompt: str) -> str:
    text = _FORBIDDEN.sub(" ", unicodedata.normalize("NFC", prompt))
    # Control characters, marks that turn the writing direction, surrogates, private and unassigned ones.
    text = "".join(" " if char.isspace() else char for char in text if char.isspace() or _visible(char))
    return _shortened(" ".join(text.split())).strip(" .") or _UNNAMED


def _visible(char: str) -> bool:
    return not unicodedata.category(char).startswith("C")


def _shortened(text: str) -> str:
    raw = text.encode()
    if len(raw) <= MAX_STEM_BYTES:
        return text
    cut = raw[: MAX_STEM_BYTES + 1].decode(errors="ignore")
    words = cut.rpartition(" ")[0]
    # A language without spaces, or one endless word, is cut where the room ends.
    return words if len(words.encode()) > MAX_STEM_BYTES // 2 else raw[:MAX_STEM_BYTES].decode(errors="ignore")
