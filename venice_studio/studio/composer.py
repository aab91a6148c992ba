"""The draft being written: one request value, fitted to its model, with one undo step per replacement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from venice_studio.domain import choices
from venice_studio.domain.attached import without
from venice_studio.domain.checks import Fault, check
from venice_studio.domain.family import Family, families
from venice_studio.domain.fitting import Change, Displacement, differences, filled, fit_to
from venice_studio.domain.framing import far_apart, misfits, ratio_of
from venice_studio.domain.inputs import Need
from venice_studio.domain.listing import Gone
from venice_studio.domain.media import Medium, Picture
from venice_studio.domain.model import Basis, Dialect, VideoModel
from venice_studio.domain.request import GenerationRequest
from venice_studio.domain.succession import successor
from venice_studio.domain.variants import following, suiting
from venice_studio.library.draft_file import Draft
from venice_studio.studio.past import Past, Switch
from venice_studio.studio.signals import Value

MAX_TAKES = 4
_NOTHING = GenerationRequest(model="")
_NOT_DISPLACED = Displacement(before=_NOTHING, after=_NOTHING)


class Composer:
    """Holds the draft; whoever shows or prices it binds to `draft`."""

    def __init__(self) -> None:
        self.models: Value[tuple[VideoModel, ...]] = Value(())
        self.draft: Value[GenerationRequest] = Value(_NOTHING)
        self.takes: Value[int] = Value(1)
        self.dialect: Value[Dialect | None] = Value(None)
        self._past = Past()
        self.switched = self._past.switched
        self._by_start_frame = _NOT_DISPLACED
        """What the coming of the start frame did to the draft's values."""
        self._gone: Mapping[str, Gone] = {}
        self._names: Mapping[str, str] = {}
        self._ids: frozenset[str] = frozenset()
        self._families: tuple[Family, ...] = ()

    @property
    def now(self) -> Draft:
        """What is in the form."""
        return Draft(request=self.draft.value, takes=self.takes.value)

    @property
    def families(self) -> tuple[Family, ...]:
        """The models as people think of them."""
        return self._families

    @property
    def model(self) -> VideoModel | None:
        """The chosen model; None before any listing is known."""
        return self.listed(self.draft.value.model)

    @property
    def family(self) -> Family | None:
        """The family of the chosen model, with all of its variants."""
        chosen = self.draft.value.model
        return next((it for it in self._families if any(model.id == chosen for model in it.variants)), None)

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
        self._ids = frozenset(model.id for model in models)
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

    def listed(self, model_id: str) -> VideoModel | None:
        """What the listing says of a model; None of one that it has not."""
        return next((model for model in self.models.value if model.id == model_id), None)

    def gone(self, model_id: str) -> bool:
        """Whether a model is not on offer any more; before any listing is known, and of no model, nobody says so."""
        return bool(model_id and self._ids) and model_id not in self._ids

    def in_place_of(self, request: GenerationRequest) -> VideoModel | None:
        """The model that an old request moves to whose own is gone; None where none follows that one."""
        return successor(request, self._remembered(request.model), self.models.value)

    def set_dialect(self, dialect: Dialect | None) -> None:
        """Take how the service speaks; seeds exist in one dialect only."""
        self.dialect.set(dialect)

    def set_takes(self, takes: int) -> None:
        """Change how many clips one press asks for, 1 to 4, as the user does it."""
        self.takes.set(max(1, min(takes, MAX_TAKES)))
        self._past.settle()

    def edit(self, **changes: Any) -> None:
        """Change fields of the draft as the user does it; values are taken as they are and judged by `faults`."""
        self.draft.set(replace(self.draft.value, **changes))
        self._past.settle()

    def sent(self, request: GenerationRequest) -> None:
        """A request was sent: where it is the draft, what was told of changes before is settled."""
        if request == self.draft.value:
            self._past.settle()

    def choose_model(self, model_id: str) -> None:
        """Move the draft to another model; what fits is kept, the rest goes to the nearest."""
        if (model := self.listed(model_id)) is not None:
            self._switch_to(model)

    def begin_with(self, model_id: str) -> None:
        """Move the draft to a model without anybody's asking: nothing is said of it and nothing to undo."""
        if (model := self.listed(model_id)) is not None:
            self._move_to(model)

    def begin_again(self, request: GenerationRequest, takes: int, *, listed: bool) -> None:
        """Put an earlier run's draft back. Nothing of that is to be undone, but it is told where its model is gone.

        `listed`: the models are those of the service; before that a model that is missing may still come.
        """
        self._hold(Draft(request=request, takes=takes))
        if (model := self.model) is not None:
            self._move_to(model)
        elif listed and self.models.value:
            self._replace_model(self._remembered(request.model), self._first_choice(self.models.value))
        elif self.models.value:
            self._move_to(self._first_choice(self.models.value))

    def set_behind(self, draft: Draft) -> None:
        """Let `undo` bring a draft back that is not in the form."""
        self._past.keep(draft)

    def choose_family(self, name: str) -> None:
        """Move the draft to the variant of a family that suits what is attached."""
        family = next((family for family in self._families if family.name == name), None)
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
        takes what is new. What a start frame's coming did to the values is taken back when it goes. `told`: what
        changed beside the inputs, to be said and undone like a change of model."""
        before = self.now
        self.edit(**inputs)
        draft, model, family = self.draft.value, self.model, self.family
        had, has = (one.start_frame is not None for one in (before.request, draft))
        variant = following(family, model, before.request, draft) if model and family else None
        wish = self._by_start_frame.taken_back(draft) if had and not has else draft
        if model is not None and (variant not in (None, model) or wish != draft):
            self._switch_to(variant or model, before=before, told=told, wish=wish)
        elif told:
            self.switched.set(Switch(before=before, changes=told))
        if has and not had:
            self._by_start_frame = Displacement(before=before.request, after=self.draft.value)

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
            source, present = picture.source, draft.aspect_ratio
            # The present one first: it is left only for one that is nearer.
            offered = sorted(model.aspect_ratios, key=lambda shape: shape != present)
            shape = choices.nearest_ratio(f"{source.width}:{source.height}", offered)
        if shape in model.aspect_ratios and shape != draft.aspect_ratio:
            before, changes = (switch.before, switch.changes) if switch else (self.now, ())
            shaped = replace(draft, aspect_ratio=shape)
            self.draft.set(shaped)
            self._by_start_frame = Displacement(before=self._by_start_frame.taken_back(draft), after=shaped)
            self.switched.set(Switch(before=before, changes=(*changes, *differences(draft, shaped))))

    def put_fitted(self, **pictures: Picture) -> None:
        """Put pictures made for the clip's shape in the place of those they were made from: no edit of the user's."""
        self.draft.set(replace(self.draft.value, **pictures))  # type: ignore[arg-type]

    def leave_out(self, gone: Iterable[Medium]) -> None:
        """Take files out of the draft that are not there any more: no edit of the user's."""
        self.draft.set(without(self.draft.value, {medium.sha256 for medium in gone}))

    def replace(self, request: GenerationRequest, takes: int = 1, *, said: str = "") -> None:
        """Put another request in the draft's place (reuse settings); `undo` brings the old one back, with its takes.

        One that names no model, because nobody knows which one it was, is for the model that is chosen, and with the
        values that are chosen. `said`: what the user is told of it.
        """
        before = self.now
        self._past.keep(before)
        known = request if request.model else filled(replace(request, model=before.request.model), before.request)
        self._hold(Draft(request=known, takes=takes))
        self.switched.set(Switch(before=before, said=said))
        if (model := self.model) is not None:
            self._switch_to(model, before=before, said=said)
        else:
            models = self.models.value
            otherwise = self._first_choice(models) if models else None
            self._replace_model(self._remembered(request.model), otherwise, before=before, said=said)

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
        return self._past.holds_drafts

    def undo(self) -> None:
        """Bring back what was there before the last replacement or change of model."""
        if (before := self._past.step_back()) is not None:
            self.draft.set(before.request)
            self.takes.set(before.takes)

    def _hold(self, draft: Draft) -> None:
        """Take another draft as it is, with nothing of the one before it."""
        self.draft.set(draft.request)
        self.set_takes(draft.takes)
        self._by_start_frame = _NOT_DISPLACED

    def _switch_to(
        self,
        model: VideoModel,
        before: Draft | None = None,
        *,
        told: tuple[Change, ...] = (),
        said: str = "",
        wish: GenerationRequest | None = None,
    ) -> None:
        """Fit the draft to a model, or `wish` in its place. Whatever that changes can be undone."""
        before, shown = before or self.now, self.draft.value
        fitted, _ = fit_to(wish or shown, model, self.dialect.value)
        self.draft.set(fitted)
        if told or fitted != before.request:
            self.switched.set(Switch(before=before, changes=(*told, *differences(shown, fitted)), said=said))

    def _replace_model(
        self, gone: Gone, otherwise: VideoModel | None = None, *, before: Draft | None = None, said: str = ""
    ) -> None:
        """Leave a model that is not listed; without a successor for `otherwise`, and without that not at all."""
        model = successor(self.draft.value, gone, self.models.value) or otherwise
        if model is not None:
            change = Change(field="model", before=f"{gone.name} (not on offer)", after=model.name)
            self._switch_to(model, before=before, told=(change,), said=said)

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
