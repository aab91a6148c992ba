"""Moving pictures made of a prompt: its words choose the scene, its seed the rest."""

from collections.abc import Iterator

from venice_studio.sandbox.render.canvas import random_for
from venice_studio.sandbox.render.encode import Picture
from venice_studio.sandbox.render.plan import Plan
from venice_studio.sandbox.render.scenes.flow import Flow


def frames(plan: Plan, size: tuple[int, int]) -> Iterator[Picture]:
    """Every frame of the scene that the prompt asks for, at `size`."""
    scene = Flow(size, random_for("scene", plan.prompt, plan.seed))
    for number in range(plan.frames):
        yield scene.frame(number)
