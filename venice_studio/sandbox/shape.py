"""From resolution and ratio to a size in pixels: the resolution names the short side, both sides are even."""

_SHORT_SIDE = {"2k": 1440, "4k": 2160, "true_1080p": 1080, "1x": 720, "2x": 1440, "4x": 2160}
_DEFAULT_SIDE, _SMALLEST_SIDE, _LARGEST_SIDE, _LONGEST_SIDE = 720, 64, 2160, 4096
# Of all frames of an enlarged video: 5 s of 4K or 25 s of Full HD take some ten seconds.
_ALL_PIXELS = 1_250_000_000
# A picture longer than this keeps its ratio by getting a smaller short side, so that no clip becomes a giant.
_LONGEST = 21 / 9
_EXTREME = 6.0


def size(resolution: str | None, ratio: float) -> tuple[int, int]:
    """Width and height for a ratio of width to height, which is held between 1:6 and 6:1."""
    ratio = min(max(ratio, 1 / _EXTREME), _EXTREME)
    longer = max(ratio, 1 / ratio)
    short = float(_short_side(resolution)) * min(1.0, (_LONGEST / longer) ** 0.5)
    width, height = (short * longer, short) if ratio >= 1 else (short, short * longer)
    return _even(width), _even(height)


def enlarged(width: int, height: int, factor: int, frames: int) -> tuple[int, int]:
    """The size of a video of `frames` that is made `factor` times as large.

    So that practice stays quick no clip gets larger than 4K, and a long one gets larger only as far as all its frames
    together stay drawable in seconds; none gets smaller for its length.
    """
    short, longer, whole = min(width, height), max(width, height), width * height
    affordable = max(1.0, (_ALL_PIXELS / (whole * max(1, frames))) ** 0.5)
    scale = min(factor, affordable, _LARGEST_SIDE / short, _LONGEST_SIDE / longer)
    return _even(width * scale), _even(height * scale)


def ratio_of(aspect_ratio: str) -> float:
    """Width over height of "16:9" and the like; what the service chooses by itself ("auto") is 16:9."""
    width, _, height = aspect_ratio.partition(":")
    try:
        return int(width) / int(height)
    except (ValueError, ZeroDivisionError):
        return 16 / 9


def _short_side(resolution: str | None) -> int:
    name = (resolution or "").lower()
    if name in _SHORT_SIDE:
        return _SHORT_SIDE[name]
    return min(max(int(name[:-1]), _SMALLEST_SIDE), _LARGEST_SIDE) if name[:-1].isdecimal() else _DEFAULT_SIDE


def _even(pixels: float) -> int:
    return max(2, round(pixels / 2) * 2)
