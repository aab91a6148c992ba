"""Moving pictures made of a prompt: its words choose the scene, its seed the rest."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Protocol

import numpy as np

from venice_studio.sandbox.render.canvas import random_for
from venice_studio.sandbox.render.film import Film
from venice_studio.sandbox.render.passage import Passage
from venice_studio.sandbox.render.picture import Picture
from venice_studio.sandbox.render.plan import Plan
from venice_studio.sandbox.render.scenes.aurora import Aurora
from venice_studio.sandbox.render.scenes.city import City
from venice_studio.sandbox.render.scenes.flow import Flow
from venice_studio.sandbox.render.scenes.forest import Forest
from venice_studio.sandbox.render.scenes.mountains import Mountains
from venice_studio.sandbox.render.scenes.sea import Sea
from venice_studio.sandbox.render.scenes.space import Space
from venice_studio.sandbox.render.scenes.underwater import Underwater


class Scene(Protocol):
    """Something that can be drawn frame by frame, in any order unless it is a video."""

    def frame(self, number: int) -> Picture:
        """The frame with this number, 24 a second."""


_SCENES: dict[Callable[[tuple[int, int], np.random.Generator, str], Scene], str] = {
    Sea: "sea ocean beach wave waves boat sail sailing ship lake harbour harbor island coast surf water river",
    Mountains: "mountain mountains hill hills alps valley canyon cliff peak desert dunes landscape field meadow",
    Forest: "forest forests tree trees wood woods woodland jungle garden leaves park autumn fairy",
    City: "city street streets neon tokyo york skyline building buildings car cars taxi cyberpunk town urban traffic",
    Aurora: "aurora borealis northern lights arctic polar starry stars iceland norway camp tent",
    Underwater: "underwater fish reef coral whale jellyfish deep diver shark turtle dolphin submarine",
    Space: "space galaxy planet planets nebula cosmos cosmic astronaut rocket moon mars orbit universe spaceship",
    Flow: "abstract silk flow gradient colours colors liquid smoke",
}


def scene_of(plan: Plan, size: tuple[int, int]) -> Scene:
    """What moves in a clip, drawn at `size`: its video, its pictures, else the scene its prompt asks for."""
    if plan.film:
        return Film(plan, size)
    if plan.stations:
        return Passage(plan, size)
    return choose(plan.prompt)(size, random_for("scene", plan.prompt, plan.seed), plan.prompt)


def choose(prompt: str) -> Callable[[tuple[int, int], np.random.Generator, str], Scene]:
    """The scene most of a prompt's words speak of, of equals the one it speaks of first.

    Without any such word it is one that only the prompt decides.
    """
    words = re.findall(r"[a-z]+", prompt.lower())
    # What is counted first stands first, and of equals that is the most common one.
    hits = Counter(scene for word in words for scene, names in _SCENES.items() if word in names.split())
    if hits:
        return hits.most_common(1)[0][0]
    return list(_SCENES)[int(random_for("choice", prompt).integers(len(_SCENES)))]
