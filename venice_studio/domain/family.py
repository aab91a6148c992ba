"""The models as people think of them: the variants of one name are one model."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from venice_studio.domain.inputs import Need
from venice_studio.domain.model import Basis, VideoModel

_VARIANT = re.compile(r"\s*\b([TIRV]2V|(?:text|image|reference|video)[ -]to[ -]video)\b", re.IGNORECASE)

_Wants = tuple[Basis, Need, bool]
"""What a variant asks for: its basis, its need of a start frame, and whether it needs an end frame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The variants of one name."""

    name: str
    variants: tuple[VideoModel, ...] = ()

    @property
    def bases(self) -> tuple[Basis, ...]:
        """What its clips can be made from, in the order of `Basis`."""
        return tuple(basis for basis in Basis if any(model.basis is basis for model in self.variants))

    def variant(self, *, basis: Basis = Basis.FRAMES, with_picture: bool = False) -> VideoModel | None:
        """The variant that makes clips from `basis`, with or without a start frame; None where the family has none."""
        of_basis = [model for model in self.variants if model.basis is basis]
        if basis is not Basis.FRAMES:
            return min(of_basis, key=lambda model: (model.offline, len(model.id)), default=None)
        wanted = Need.MUST if with_picture else Need.NEVER
        fitting = [model for model in of_basis if model.start_frame in (wanted, Need.MAY)]
        return min(fitting, key=lambda m: (m.start_frame is not wanted, m.offline, len(m.id)), default=None)


def family_name(model: VideoModel) -> str:
    """What people call the model, whatever its clips are made from: "Grok Imagine R2V" is a Grok Imagine."""
    return _VARIANT.sub("", model.name).strip() or model.name


def families(models: Iterable[VideoModel]) -> tuple[Family, ...]:
    """Models grouped by name, in the order in which the names first appear.

    Of two that ask for the same things nobody could choose the second one by what is attached: it is a family of its
    own, behind the other one, and its name says what its id has more.
    """
    grouped: dict[str, list[VideoModel]] = {}
    for model in models:
        grouped.setdefault(family_name(model), []).append(model)
    return tuple(family for name, variants in grouped.items() for family in _told_apart(name, variants))


def _told_apart(name: str, variants: Sequence[VideoModel]) -> Iterator[Family]:
    first: dict[_Wants, VideoModel] = {}
    for model in sorted(variants, key=lambda model: len(model.id)):
        first.setdefault(_wants(model), model)
    preferred = {model.id: _preferred(model, first) for model in variants}
    yield Family(name=name, variants=tuple(model for model in variants if preferred[model.id] is model))
    names: set[str] = set()
    for model in variants:
        if (other := preferred[model.id]) is not model:
            own = f"{name} · {_more(model.id, other.id)}"
            yield Family(name=own if own not in names else f"{name} · {model.id}", variants=(model,))
            names.add(own)


def _wants(model: VideoModel) -> _Wants:
    return model.basis, model.start_frame, model.needs_end_frame


def _preferred(model: VideoModel, first: Mapping[_Wants, VideoModel]) -> VideoModel:
    """The variant that is taken wherever `model` could be: itself, or another one that asks for the same. One that may
    have a start frame loses to both that are made for having one and for having none."""
    basis, start_frame, needs_end_frame = _wants(model)
    exact = [first.get((basis, need, needs_end_frame)) for need in (Need.NEVER, Need.MUST)]
    if start_frame is Need.MAY and exact[0] and exact[1]:
        return exact[0]
    return first[basis, start_frame, needs_end_frame]


def _more(model_id: str, other_id: str) -> str:
    """What an id has that the other one has not, as words; all of it where that is nothing."""
    others = other_id.split("-")
    return " ".join(word for word in model_id.split("-") if word not in others) or model_id
