"""Draws one clip: picks what moves, marks it as practice, writes it, moves it into place."""

from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

from venice_studio.sandbox.render import scenes, sound, still
from venice_studio.sandbox.render.canvas import black, canvas_size
from venice_studio.sandbox.render.encode import Picture, encoding
from venice_studio.sandbox.render.mark import Mark
from venice_studio.sandbox.render.plan import Plan


def draw(plan: Plan, target: Path) -> None:
    """Draws `plan` and leaves the whole file at `target`, which is never there half written."""
    part = target.with_suffix(".part")
    with encoding(part, plan.width, plan.height, sound=plan.sound) as encoder:
        # The sound goes first, so that the muxer can interleave without holding the pictures back.
        if plan.sound:
            encoder.sound(sound.compose(plan))
        for picture in frames(plan):
            encoder.picture(picture)
    if plan.fault == "truncated":
        with part.open("r+b") as file:
            file.truncate(part.stat().st_size // 2)
    part.replace(target)


def frames(plan: Plan) -> Iterator[Picture]:
    """All frames of a clip at the canvas's size, with the practice mark."""
    size = canvas_size(plan.width, plan.height)
    if plan.fault == "black":
        yield from repeat(black(*size), plan.frames)
        return
    mark = Mark(*size)
    for picture in still.frames(plan, size) if plan.picture else scenes.frames(plan, size):
        mark.put_on(picture)
        yield picture
