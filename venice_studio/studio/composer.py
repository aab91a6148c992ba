"""The draft being written: one request value, fitted to its model, with one undo step per replacement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from venice_studio.domain import choices
from venice_studio.domain.attached import without
from venice_studio.domain.checks import Fault, check
from venice_studio.domain.family import Family, families, family_name
from venice_studio.domain.fitting import Change, fit_to
from venice_studio.domain.framing import far_apart, misfits, ratio_of
from venice_studio.domain.inputs import Need
from venice_studio.domain.listing import Gone
from venice_studio.domain.media import Medium, Picture
from venice_studio.domain.model import Basis, Dialect, VideoModel
from venice_studio.domain.request import GenerationRequest
from venice_studio.domain.succession import successor
from venice_studio.domain.variants import following, suiting
from venice_studio.studio.signals import Value

MAX_TAKES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """What a change of model changed beside itself, so that it can be said and undone."""

    before: GenerationRequest
    changes: tuple[Change, ...]


class Composer:
    """Holds the draft; whoever shows or prices it binds to `draft`."""

    def __init__(self) -> None:
        self.models: Value[tuple[VideoModel, ...]] = Value(())
        self.draft: Value[GenerationRequest] = Value(GenerationRequest(model=""))
        self.takes: Value[int] = Value(1)
        self.dialect: Value[Dialect | None] = Value(None)
        self.switched: Value[Switch | None] = Value(None)
        self._history: list[GenerationRequest] = []
        self._gone: Mapping[str, Gone] = {}
        self._names: Mapping[str, str] = {}
        self._families: tuple[Family, ...] = ()

    @property
    def families(self) -> tuple[Family, ...]:
        """The models as people think of them."""
        return self._families

    @property
    def model(self) -> VideoModel | None:
        """The chosen model; None before any listing is known."""
        return next((m for m in self.models.value if m.id == self.draft.value.model), None)

    @property
    def family(self) -> Family | None:
        """The family of the chosen model, with all of its variants."""
        model = self.model
        name = family_name(model) if model is not None else None
        return next((family for family in self._families if family.name == name), None)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What stands between the draft and sending it."""
        model = self.model
        if model is None:
            return (Fault(field="model", message="Choose a model."),)
        return check(self.draft.value, model, self.dialect.value)

    def set_models(self, models: Sequence[VideoModel], gone: Mapping[str, Gone] | None = None) -> None:
        """Take a listing, and what is remembered of models that were listed before.

        The draft stays with its model where that is still listed, else it moves to the successor or to the first; it
        is told where the user has begun to write for a model that was listed until now.
        """
        before, self._gone = self.model, gone if gone is not None else self._gone
        self._names = {one.id: one.name for one in self._gone.values()} | {one.id: one.name for one in models}
        # Grouping hundreds of them at every letter of the prompt would be felt.
        self._families = families(models)
        self.models.set(tuple(models))
        if self.model is not None:
            self._move_to(self.model)
        elif models and before is not None and (self.draft.value.prompt or self.draft.value.media):
            self._replace_model(self._remembered(before.id, before), self._first_choice(models))
        elif models:
            self._move_to(self._first_choice(models))

    def name(self, model_id: str) -> str:
        """What people call a model, also one that is listed no more; its id where nobody knows."""
        return self._names.get(model_id, model_id)

    def set_dialect(self, dialect: Dialect | None) -> None:
        """Take how the service speaks; seeds exist in one dialect only."""
        self.dialect.set(dialect)

    def set_takes(self, takes: int) -> None:
        """How many clips one press asks for, 1 to 4."""
        self.takes.set(max(1, min(takes, MAX_TAKES)))

    def edit(self, **changes: Any) -> None:
        """Change fields of the draft as the user does it; values are taken as they are and judged by `faults`."""
        self.draft.set(replace(self.draft.value, **changes))
        self.switched.set(None)

    def choose_model(self, model_id: str) -> None:
        """Move the draft to another model; what fits is kept, the rest goes to the nearest."""
        model = next((m for m in self.models.value if m.id == model_id), None)
        if model is not None:
            self._switch_to(model)

    def begin_with(self, model_id: str) -> None:
        """Move the draft to a model without anybody's asking: nothing is said of it and nothing to undo."""
        model = next((m for m in self.models.value if m.id == model_id), None)
        if model is not None:
            self._move_to(model)

    def begin_again(self, request: GenerationRequest, takes: int, *, listed: bool) -> None:
        """Put an earlier run's draft back. Nothing of that is to be undone, but it is told where its model is gone.

        `listed`: the models are those of the service; before that a model that is missing may still come.
        """
        self.draft.set(request)
        self.set_takes(takes)
        self.switched.set(None)
        if (model := self.model) is not None:
            self._move_to(model)
        elif listed and self.models.value:
            self._replace_model(self._remembered(request.model), self._first_choice(self.models.value))
        elif self.models.value:
            self._move_to(self._first_choice(self.models.value))

    def set_behind(self, request: GenerationRequest) -> None:
        """Let `undo` bring a draft back that is not in the form."""
        self._history.append(request)

    def choose_family(self, name: str) -> None:
        """Move the draft to the variant of a family that suits what is attached."""
        family = next((f for f in families(self.models.value) if f.name == name), None)
        variant = suiting(family, self.draft.value) if family is not None else None
        if variant is not None:
            self._switch_to(variant)

    def choose_basis(self, basis: Basis) -> None:
        """Move the draft to the family's variant that makes clips from `basis`; nothing where it has none.

        What is attached stays, also what that variant does not take: `faults` says it.
        """
        with_picture = self.draft.value.start_frame is not None
        family, model = self.family, self.model
        if family is None or model is None or model.basis is basis:
            return
        variant = family.variant(basis=basis, with_picture=with_picture) or family.variant(
            basis=basis, with_picture=not with_picture
        )
        if variant is not None:
            self._switch_to(variant)

    def put(self, *, told: tuple[Change, ...] = (), **inputs: Any) -> None:
        """Change what is attached, as the user does it; the model's variant follows where its family has one that
        takes what is new. `told`: what changed beside the inputs, to be said and undone like a change of model."""
        before = self.draft.value
        self.edit(**inputs)
        model, family = self.model, self.family
        variant = following(family, model, before, self.draft.value) if model and family else None
        if variant is not None and variant is not model:
            self._switch_to(variant, before=before, told=told)
        elif told:
            self.switched.set(Switch(before=before, changes=told))

    def set_start_frame(self, picture: Picture | None) -> None:
        """Take or remove the start frame; the model's variant follows where its family has the other one."""
        self.put(start_frame=picture)

    def follow_start_frame(self) -> None:
        """Let the clip take the picture's shape where the model makes it, or from quite another one the nearest.

        Told, and undone, like a change of model.
        """
        draft, model, switch = self.draft.value, self.model, self.switched.value
        picture = draft.start_frame
        if picture is None or model is None or not misfits(picture, draft.aspect_ratio):
            return
        shape = ratio_of(picture)
        if shape not in model.aspect_ratios and far_apart(picture, draft.aspect_ratio):
            source = picture.source
            shape = choices.nearest_ratio(f"{source.width}:{source.height}", model.aspect_ratios)
        if shape in model.aspect_ratios and shape != draft.aspect_ratio:
            self.draft.set(replace(draft, aspect_ratio=shape))
            change = Change(field="aspect_ratio", before=draft.aspect_ratio, after=shape)
            before, changes = (switch.before, switch.changes) if switch else (draft, ())
            self.switched.set(Switch(before=before, changes=(*changes, change)))

    def put_fitted(self, **pictures: Picture) -> None:
        """Put pictures made for the clip's shape in the place of those they were made from: no edit of the user's."""
        self.draft.set(replace(self.draft.value, **pictures))  # type: ignore[arg-type]

    def leave_out(self, gone: Iterable[Medium]) -> None:
        """Take files out of the draft that are not there any more: no edit of the user's."""
        self.draft.set(without(self.draft.value, {medium.sha256 for medium in gone}))

    def replace(self, request: GenerationRequest, takes: int = 1) -> None:
        """Put another request in the draft's place (reuse settings); `undo` brings the old one back.

        One that names no model, because nobody knows which one it was, is for the model that is chosen.
        """
        before = self.draft.value
        self._history.append(before)
        self.draft.set(request if request.model else replace(request, model=before.model))
        self.set_takes(takes)
        if (model := self.model) is not None:
            self._switch_to(model, before=before)
        else:
            self.switched.set(None)
            models = self.models.value
            otherwise = self._first_choice(models) if models else None
            self._replace_model(self._remembered(request.model), otherwise, before=before)

    @property
    def advice(self) -> VideoModel | None:
        """The model to move to, where the chosen one is deprecated or offline and another can take its place."""
        model = self.model
        staying = model is not None and model.replacement is None and model.goes_away_on is None
        if model is None or (staying and not model.offline):
            return None
        follows = successor(self.draft.value, self._remembered(model.id, model), self.models.value)
        if follows is not None or not model.offline:
            return follows
        other = self._first_choice(self.models.value)
        return None if other.offline else other

    def move_on(self) -> None:
        """Leave a deprecated or offline model for the one in its place. Told, and undone, like any change of model."""
        model, advice = self.model, self.advice
        if model is not None and advice is not None:
            self._switch_to(advice, told=(Change(field="model", before=model.name, after=advice.name),))

    @property
    def can_undo(self) -> bool:
        """Whether there is a replaced draft to go back to."""
        return bool(self._history)

    def undo(self) -> None:
        """Bring back what was there before the last replacement or change of model."""
        if (switch := self.switched.value) is not None:
            if self._history and self._history[-1] == switch.before:
                self._history.pop()
            self.draft.set(switch.before)
            self.switched.set(None)
        elif self._history:
            self.draft.set(self._history.pop())

    def _switch_to(
        self, model: VideoModel, before: GenerationRequest | None = None, told: tuple[Change, ...] = ()
    ) -> None:
        before = before or self.draft.value
        fitted, changes = fit_to(self.draft.value, model, self.dialect.value)
        changes = (*told, *changes)
        self.draft.set(fitted)
        self.switched.set(Switch(before=before, changes=changes) if changes else None)

    def _replace_model(
        self, gone: Gone, otherwise: VideoModel | None = None, *, before: GenerationRequest | None = None
    ) -> None:
        """Leave a model that is not listed; without a successor for `otherwise`, and without that not at all."""
        model = successor(self.draft.value, gone, self.models.value) or otherwise
        if model is not None:
            change = Change(field="model", before=f"{gone.name} (not on offer)", after=model.name)
            self._switch_to(model, before=before, told=(change,))

    def _remembered(self, model_id: str, model: VideoModel | None = None) -> Gone:
        if model is not None:
            return Gone(id=model.id, name=model.name, replacement=model.replacement)
        return self._gone.get(model_id) or Gone(id=model_id, name=model_id)

    def _move_to(self, model: VideoModel) -> None:
        """As a switch, but nobody asked for it: nothing to undo."""
        self.draft.set(fit_to(self.draft.value, model, self.dialect.value)[0])

    def _first_choice(self, models: Sequence[VideoModel]) -> VideoModel:
        wants_picture = self.draft.value.start_frame is not None
        refused = Need.NEVER if wants_picture else Need.MUST
        usable = [m for m in models if m.basis is Basis.FRAMES and not m.offline]
        return next((m for m in usable if m.start_frame is not refused), models[0])
