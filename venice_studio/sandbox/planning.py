"""From what was asked for to what is drawn, and what it costs."""

import math
import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from venice_studio.sandbox import prices, shape
from venice_studio.sandbox.materials import Material
from venice_studio.sandbox.render.plan import FPS, Plan
from venice_studio.sandbox.rules import Order, Terms, Wanted

_AS_THE_VIDEO = ("-1", "auto")
_CARDS = ("reference_image_urls", "elements", "reference_video_urls")
_LONGEST_S = 60


def cost_of(wanted: Wanted, materials: Sequence[Material]) -> Decimal:
    """USD; the lengths of videos that came along count, not what was said of them."""
    source = _first(materials, "video_url")
    if wanted.factor and source and source.film:
        film = source.film
        return prices.upscale(_decimal(film.length_s), film.height * wanted.factor, float(film.rate))
    reference_s = _reference_s(materials) or wanted.reference_s
    seconds = _seconds(wanted, reference_s)
    return prices.price(
        wanted.model, seconds=seconds, resolution=wanted.resolution, sound=wanted.sound, reference_s=reference_s
    )


def plan_of(
    order: Order, materials: Sequence[Material], terms: Terms, *, fault: str | None
) -> tuple[Plan, Mapping[str, bytes]]:
    """What is drawn, and the files that it is drawn from, by name."""
    names = {id(material): str(number) for number, material in enumerate(materials)}
    wanted, source, music = order.wanted, _first(materials, "video_url"), _first(materials, "audio_url")
    film = source.film if source else None
    enlarges = film is not None and wanted.factor is not None
    seconds = film.length_s if film and enlarges else float(_seconds(wanted, _reference_s(materials)))
    rate = film.rate if film and enlarges else Fraction(FPS)
    width, height = _size(wanted, materials, terms, frames=round(seconds * rate))
    plan = Plan(
        width=width,
        height=height,
        seconds=seconds,
        sound=wanted.sound or music is not None or (enlarges and film is not None and film.sound),
        prompt=order.prompt,
        seed=order.seed if order.seed is not None else random.randrange(2**31),
        stations=_stations(materials, names, frames=round(seconds * rate)),
        cards=tuple(names[id(one)] for one in materials if one.field in _CARDS and one.picture),
        film=names[id(source)] if source else None,
        enlarges=enlarges,
        music=names[id(music)] if music else None,
        voices=tuple(names[id(one)] for one in materials if one.field == "reference_audio_urls"),
        rate=str(rate),
        fault=fault,
    )
    # Of a video that is only shown its first frame is enough.
    files = {names[id(one)]: one.data if one is source or not one.picture else one.picture for one in materials}
    return plan, {name: files[name] for name in plan.needs}


def _stations(materials: Sequence[Material], names: Mapping[int, str], *, frames: int) -> tuple[tuple[int, str], ...]:
    """Where the clip passes through which picture; scenes share its length among them."""
    found: dict[int, str] = {}
    scenes = [one for one in materials if one.field == "scene_image_urls"]
    for number, scene in enumerate(scenes):
        found[number * frames // len(scenes)] = names[id(scene)]
    for one in materials:
        if one.frame is not None:
            found[min(one.frame, frames - 1)] = names[id(one)]
    for field, frame in (("image_url", 0), ("end_image_url", frames - 1)):
        if (picture := _first(materials, field)) is not None:
            found[frame] = names[id(picture)]
    return tuple(sorted(found.items()))


def _size(wanted: Wanted, materials: Sequence[Material], terms: Terms, *, frames: int) -> tuple[int, int]:
    source = _first(materials, "video_url")
    if wanted.factor and source and source.film:
        return shape.enlarged(source.film.width, source.film.height, wanted.factor, frames)
    chosen = wanted.aspect_ratio or ""
    asked = shape.ratio_of(chosen) if ":" in chosen else None
    leading = (_first(materials, name) for name in ("image_url", "video_url", "reference_video_urls", "keyframes"))
    first = next((material for material in leading if material is not None), None)
    if first is not None and (asked is None or terms.picture_decides_shape):
        asked = first.ratio
    return shape.size(wanted.resolution, asked or 16 / 9)


def _seconds(wanted: Wanted, reference_s: Decimal) -> int:
    """How long the clip is: as asked, or as long as the video it follows, in whole seconds."""
    if wanted.duration.lower() in _AS_THE_VIDEO and reference_s:
        return min(math.ceil(reference_s), _LONGEST_S)
    return prices.length_s(wanted.duration)


def _reference_s(materials: Sequence[Material]) -> Decimal:
    return sum(
        (_decimal(material.length_s) for material in materials if material.field == "reference_video_urls"), Decimal(0)
    )


def _decimal(length_s: float) -> Decimal:
    """In whole milliseconds, as clients measure too."""
    return Decimal(round(length_s * 1000)) / 1000


def _first(materials: Sequence[Material], field: str) -> Material | None:
    return next((material for material in materials if material.field == field), None)
