"""What a clip costs in practice money: the model's known price, scaled by duration, resolution and sound.

A video that is made larger costs by its own length and by the height it gets. Source: the service's guide.
"""

from decimal import ROUND_HALF_UP, Decimal

from venice_studio.sandbox.facts import Model

_LONGEST_S = 60
_CENT = Decimal("0.01")
_SOUND = Decimal("1.25")
# How much dearer than 720p; in between the pixel count and its square root, as the service's own prices lie.
_RESOLUTION = {
    "256p": Decimal("0.4"),
    "360p": Decimal("0.5"),
    "480p": Decimal("0.6"),
    "540p": Decimal("0.7"),
    "580p": Decimal("0.75"),
    "720p": Decimal("1"),
    "768p": Decimal("1.1"),
    "1080p": Decimal("1.6"),
    "true_1080p": Decimal("1.8"),
    "1440p": Decimal("2.4"),
    "2k": Decimal("2.4"),
    "2160p": Decimal("4"),
    "4k": Decimal("4"),
    "1x": Decimal("1"),
    "2x": Decimal("1.6"),
    "4x": Decimal("4"),
}


# USD a second for a result of at most this many lines; twice that above 48 frames a second.
_LINES = ((720, Decimal("0.013")), (1080, Decimal("0.025")))
_MORE_LINES = Decimal("0.1")
_SMOOTH_FPS = 48


def price(
    model: Model, *, seconds: int, resolution: str | None, sound: bool, reference_s: Decimal = Decimal(0)
) -> Decimal:
    """USD, whole cents, never under one cent; `reference_s` is how long all reference videos are together, s."""
    known = model.price
    amount = known.usd * (seconds + reference_s) / Decimal(length_s(known.duration))
    amount *= _weight(resolution) / _weight(known.resolution)
    if sound != known.sound:
        amount = amount * _SOUND if sound else amount / _SOUND
    return _cents(amount)


def upscale(seconds: Decimal, lines: int, fps: float) -> Decimal:
    """USD for a video of `seconds` that gets `lines` rows of pixels."""
    rate = next((rate for most, rate in _LINES if lines <= most), _MORE_LINES)
    return _cents(seconds * rate * (2 if fps > _SMOOTH_FPS else 1))


def _cents(amount: Decimal) -> Decimal:
    return max(_CENT, amount.quantize(_CENT, ROUND_HALF_UP))


def length_s(duration: str) -> int:
    """The seconds of a duration such as "5s", 1 to 60; what the service decides by itself ("Auto", "1 gen") is 5."""
    if not duration.endswith("s") or not duration[:-1].isdecimal():
        return 5
    return min(max(int(duration[:-1]), 1), _LONGEST_S)


def _weight(resolution: str | None) -> Decimal:
    return _RESOLUTION.get((resolution or "720p").lower(), Decimal(1))
