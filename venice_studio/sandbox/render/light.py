"""The hour of a scene: what colours its sky, its sun, its haze and its shadows have."""

from dataclasses import dataclass

import numpy as np

from venice_studio.sandbox.render.canvas import rgb
from venice_studio.sandbox.render.picture import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """Colours of one hour. `stars` is how many show, `sun_height` how high the sun stands over the horizon (0 to 1)."""

    zenith: Floats
    sky: Floats
    horizon: Floats
    sun: Floats
    cloud: Floats
    shade: Floats
    """What lies near and turns its dark side to us."""
    sun_height: float
    stars: float = 0.0


def _hour(zenith: str, sky: str, horizon: str, sun: str, cloud: str, shade: str, height: float, stars: float) -> Hour:
    return Hour(
        zenith=rgb(zenith),
        sky=rgb(sky),
        horizon=rgb(horizon),
        sun=rgb(sun),
        cloud=rgb(cloud),
        shade=rgb(shade),
        sun_height=height,
        stars=stars,
    )


HOURS = {
    "dawn": _hour("4a6fa5", "c9a9c4", "ffd9b8", "fff2d6", "f7b8a8", "2a3145", 0.16, 0.0),
    "day": _hour("2f74b8", "7fb6e0", "dcecf2", "fffbe8", "ffffff", "17343a", 0.62, 0.0),
    "golden": _hour("3d6a99", "d8b183", "ffcf7a", "fff0c0", "ffdf9e", "2b2118", 0.22, 0.0),
    "sunset": _hour("2c2557", "b0466a", "ff9a4d", "ffe0a0", "ff7b5c", "170f1f", 0.10, 0.1),
    "dusk": _hour("141a3c", "4a3a74", "e07a6c", "ffc9a0", "8a5a86", "0b0d1c", 0.04, 0.5),
    "night": _hour("050a1c", "0d1d3f", "25456e", "e6efff", "3a5378", "03060f", 0.55, 1.0),
}

_WORDS = {
    "dawn": ("dawn", "sunrise", "morning", "daybreak"),
    "sunset": ("sunset", "evening"),
    "golden": ("golden", "autumn", "warm", "desert", "dunes", "dune"),
    "dusk": ("dusk", "twilight", "blue hour"),
    "night": ("night", "midnight", "moon", "moonlit", "moonlight", "stars", "starry"),
    "day": ("noon", "sunny", "bright", "daylight", "blue sky", "summer"),
}


def hour_of(prompt: str, chance: np.random.Generator, usual: tuple[str, ...]) -> Hour:
    """The hour a prompt speaks of, else one of the usual ones."""
    words = prompt.lower()
    chosen = str(chance.choice(usual))
    named = next((hour for hour, names in _WORDS.items() if any(name in words for name in names)), None)
    return HOURS[named or chosen]
