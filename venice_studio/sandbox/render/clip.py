"""Draws one clip: picks what moves, marks it as practice, writes it, moves it into place."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import repeat
from pathlib import Path

from venice_studio.sandbox.render import track
from venice_studio.sandbox.render.canvas import canvas_size
from venice_studio.sandbox.render.cards import Cards
from venice_studio.sandbox.render.encode import encoding
from venice_studio.sandbox.render.mark import Mark
from venice_studio.sandbox.render.picture import Picture
from venice_studio.sandbox.render.plan import Plan
from venice_studio.sandbox.render.scenes import scene_of

_THREADS = 2
_AHEAD = 4


def draw(plan: Plan, target: Path) -> None:
    """Draws `plan` and leaves the whole file at `target`, which is never there half written."""
    part = target.with_suffix(".part")
    with encoding(part, plan.width, plan.height, rate=plan.fps, sound=plan.sound) as encoder:
        # The sound goes first, so that the muxer can interleave without holding the pictures back.
        if plan.sound:
            for piece in track.heard(plan):
                encoder.sound(piece)
        for picture in frames(plan):
            encoder.picture(picture)
    if plan.fault == "truncated":
        with part.open("r+b") as file:
            file.truncate(part.stat().st_size // 2)
    part.replace(target)


def frames(plan: Plan) -> Iterator[Picture]:
    """All frames of a clip at the canvas's size, with the practice mark."""
    size = canvas_size(plan.width, plan.height, finer=plan.enlarges)
    if plan.fault == "black":
        yield from repeat(Picture.black(*size), plan.frames)
        return
    scene, mark = scene_of(plan, size), Mark(*size)
    cards = Cards(plan.cards, size) if plan.cards else None
    # Most of the drawing happens outside the interpreter's lock, so a second thread is worth a second core. A video
    # gives its frames in their order only, and is decoded by threads of its own.
    with ThreadPoolExecutor(1 if plan.film else _THREADS) as threads:
        ahead: deque[Future[Picture]] = deque()
        for number in range(plan.frames + _AHEAD):
            if number < plan.frames:
                ahead.append(threads.submit(scene.frame, number))
            if number >= _AHEAD:
                picture = ahead.popleft().result()
                if cards:
                    cards.put_on(picture, number - _AHEAD)
                mark.put_on(picture)
                yield picture
