"""Ways out of what is wrong with inputs: the nearest valid choices, each one click away."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from venice_studio.domain import choices
from venice_studio.domain.checks import BODY_LIMIT, sent_size
from venice_studio.domain.inputs import ELEMENT_REFERENCES, FRAMES_PER_S, PICTURES_WITH_ELEMENTS, RULES, Role
from venice_studio.domain.media import Element, Keyframe, Medium, Picture, Sound, Video
from venice_studio.domain.model import Basis, VideoModel
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.attachments import Attachments
from venice_studio.studio.composer import Composer
from venice_studio.ui.compose.links import Remedy

Browse = Callable[[Role], object]
BASES = {Basis.FRAMES: "Prompt or picture", Basis.REFERENCES: "References", Basis.VIDEO: "Video"}
"""What people choose from, in the words of the form."""
_PREFERRED = (Role.REFERENCES, Role.START_FRAME, Role.SCENES, Role.ELEMENTS, Role.KEYFRAMES)
_SUGGESTED = 2


class Remedies:
    """Made from the same numbers as the checks; what has no nearest valid choice gets none."""

    def __init__(self, composer: Composer, attachments: Attachments, browse: Browse) -> None:
        """`browse` lets the user choose files for a role."""
        self._composer = composer
        self._attachments = attachments
        self._browse = browse

    def of(self, role: Role) -> tuple[Remedy, ...]:
        """For what is wrong with the inputs of a role; empty where nothing is there yet."""
        model, draft = self._composer.model, self._composer.draft.value
        if model is None or not draft.given(role):
            return ()
        if not model.takes(role):
            return tuple(self._not_taken(role, draft, model))
        if (over := len(draft.given(role)) - model.count(role)) > 0:
            return (self._without_last(role, over),)
        return tuple(self._within(role, draft, model))

    def _within(self, role: Role, draft: GenerationRequest, model: VideoModel) -> Iterator[Remedy]:
        """Of as many as there may be."""
        for index, medium in enumerate(draft.given(role)):
            if isinstance(medium, Sound | Video) and _unfit(medium, role, model):
                if RULES[role].single:
                    yield Remedy("Choose another…", partial(self._browse, role))
                yield Remedy(f"Remove {medium.name}", partial(self._attachments.remove, role, index))
                return
        rule, given = RULES[role], draft.given(role)
        timed = [medium for medium in given if isinstance(medium, Sound | Video)]
        together_s = sum(medium.duration_ms for medium in timed) / 1000
        if rule.together_s is not None and len(timed) > 1 and together_s > rule.together_s:
            longest = max(timed, key=lambda medium: medium.duration_ms)
            yield Remedy(f"Remove {longest.name}", partial(self._attachments.remove, role, given.index(longest)))
            return
        sounds_alone = role is Role.REFERENCE_SOUNDS and not draft.references and not draft.reference_videos
        if sounds_alone and model.takes(Role.REFERENCES):
            yield Remedy("Add a reference picture", lambda: self._browse(Role.REFERENCES))
        over = len(draft.pictures) - PICTURES_WITH_ELEMENTS
        last = next((other for other in reversed(Role) if _has_pictures(draft, other)), role)
        if model.takes(Role.ELEMENTS) and over > 0 and role is last:
            yield self._without_pictures(role, over)
        elif role is Role.ELEMENTS:
            yield from self._elements(draft)
        elif role is Role.KEYFRAMES:
            yield from self._keyframes(draft, model)
        elif (heaviest := _heaviest(draft)) is not None:
            yield self._without(*heaviest)

    def _not_taken(self, role: Role, draft: GenerationRequest, model: VideoModel) -> Iterator[Remedy]:
        given = draft.given(role)
        them = "it" if len(given) == 1 else "them"
        targets = [
            other
            for other in _PREFERRED
            if other is not role
            and RULES[other].material is RULES[role].material
            and not any(isinstance(item, Element) for item in given)
            and len(draft.given(other)) + len(given) <= model.count(other)
        ]
        for other in targets[:_SUGGESTED]:
            rule = RULES[other]
            what = f"{'an' if rule.one[0] == 'e' else 'a'} {rule.one}" if len(given) == 1 else rule.many
            yield Remedy(f"Use {them} as {what}", partial(self._hand_all_over, role, other))
        if (basis := self._basis_for(role)) is not None:
            yield Remedy(f"Go to “{BASES[basis]}”", lambda: self._composer.choose_basis(basis))
        elif (other_model := self._model_for(role, draft)) is not None:
            yield Remedy(f"Use {other_model.name}", lambda: self._composer.choose_model(other_model.id))
        yield Remedy(f"Remove {them}", lambda: self._edit(**{role.value: () if not RULES[role].single else None}))

    def _hand_all_over(self, role: Role, to: Role) -> None:
        for _ in self._composer.draft.value.given(role):
            self._attachments.hand_over(role, 0, to)

    def _basis_for(self, role: Role) -> Basis | None:
        """Whether the same model made from something else takes it."""
        family, model = self._composer.family, self._composer.model
        if family is None or model is None:
            return None
        taking = {variant.basis for variant in family.variants if variant.takes(role)}
        return next((basis for basis in family.bases if basis in taking and basis is not model.basis), None)

    def _model_for(self, role: Role, draft: GenerationRequest) -> VideoModel | None:
        """The first model that takes everything there is, else one that takes at least this."""
        held = [other for other in Role if draft.given(other)]
        usable = [m for m in self._composer.models.value if m.takes(role) and not m.offline]
        return next((m for m in usable if all(m.takes(other) for other in held)), next(iter(usable), None))

    def _without_last(self, role: Role, over: int) -> Remedy:
        held = self._composer.draft.value.given(role)
        label = "Remove the last one" if over == 1 else f"Remove the last {over}"
        return Remedy(label, lambda: self._edit(**{role.value: held[:-over]}))

    def _without_pictures(self, role: Role, over: int) -> Remedy:
        """Without so many pictures, the last ones of a role first."""
        if role is not Role.ELEMENTS:
            held = self._composer.draft.value.given(role)
            return self._without_last(role, min(over, len(held)))
        elements = list(self._composer.draft.value.elements)
        for _ in range(over):
            last = elements[-1]
            if last.references:
                elements[-1] = replace(last, references=last.references[:-1])
            else:
                elements.pop()
        label = "Remove the last one" if over == 1 else f"Remove the last {over}"
        return Remedy(label, lambda: self._edit(elements=tuple(elements)))

    def _elements(self, draft: GenerationRequest) -> Iterator[Remedy]:
        for index, element in enumerate(draft.elements):
            if element.frontal is None:
                if element.references:
                    first, *rest = element.references
                    made = replace(element, frontal=first, references=tuple(rest))
                    yield Remedy("Use its first picture", partial(self._put, index, made))
                number = index + 1
                yield Remedy(f"Remove element {number}", partial(self._attachments.remove, Role.ELEMENTS, index))
                return
            if len(element.references) > ELEMENT_REFERENCES:
                made = replace(element, references=element.references[:ELEMENT_REFERENCES])
                over = len(element.references) - ELEMENT_REFERENCES
                label = "Remove the last one" if over == 1 else f"Remove the last {over}"
                yield Remedy(label, partial(self._put, index, made))
                return

    def _put(self, index: int, element: Element) -> None:
        elements = list(self._composer.draft.value.elements)
        elements[index] = element
        self._edit(elements=tuple(elements))

    def _keyframes(self, draft: GenerationRequest, model: VideoModel) -> Iterator[Remedy]:
        length_s = choices.seconds(draft.duration) if draft.duration else None
        last = int(length_s * FRAMES_PER_S) if length_s is not None else None
        frames = [keyframe.frame_index for keyframe in draft.keyframes]
        for index, frame in enumerate(frames):
            if frame in frames[:index]:
                free = _free_frame(frame, frames, last)
                yield Remedy(
                    f"Move one to frame {free}",
                    partial(self._attachments.place_keyframe, index, free),
                )
                return
        if last is None or not any(frame > last for frame in frames):
            return
        long_enough = [
            value
            for value in model.durations
            if (seconds := choices.seconds(value)) is not None and seconds * FRAMES_PER_S >= max(frames)
        ]
        if long_enough:
            longer = min(long_enough, key=lambda value: choices.seconds(value) or 0)
            said = longer.removesuffix("s")
            yield Remedy(f"Make the clip {said} s", lambda: self._edit(duration=longer))
        behind = [index for index, frame in enumerate(frames) if frame > last]
        if len(behind) == 1 and last not in frames:
            yield Remedy(f"Move it to frame {last}", lambda: self._attachments.place_keyframe(behind[0], last))
        else:
            yield Remedy("Move them into the clip", lambda: self._into_clip(last))

    def _into_clip(self, last: int) -> None:
        """Let those behind the end take the last frames, in their order."""
        keyframes = list(self._composer.draft.value.keyframes)
        latest = last
        for index in sorted(range(len(keyframes)), key=lambda at: -keyframes[at].frame_index):
            if keyframes[index].frame_index > latest:
                keyframes[index] = replace(keyframes[index], frame_index=max(0, latest))
            latest = min(latest, keyframes[index].frame_index - 1)
        self._edit(keyframes=tuple(sorted(keyframes, key=lambda keyframe: keyframe.frame_index)))

    def _without(self, role: Role, index: int, picture: int | None, medium: Medium) -> Remedy:
        return Remedy(f"Remove {medium.name}", lambda: self._attachments.remove(role, index, picture=picture))

    def _edit(self, **changes: Any) -> None:
        self._composer.edit(**changes)


def _unfit(medium: Sound | Video, role: Role, model: VideoModel) -> bool:
    rule, length_s = RULES[role], medium.duration_ms / 1000
    least_s = model.least_sound_s if role is Role.SOUNDTRACK else rule.least_s
    too_short = least_s is not None and length_s < least_s
    too_long = rule.longest_s is not None and length_s > rule.longest_s
    too_large = rule.largest is not None and medium.size > rule.largest
    return too_short or too_long or too_large or bool(rule.mimes and medium.mime not in rule.mimes)


def _has_pictures(draft: GenerationRequest, role: Role) -> bool:
    return any(isinstance(medium, Picture) for medium in draft.media_of(role))


def _free_frame(frame: int, taken: list[int], last: int | None) -> int:
    """The nearest frame that no keyframe is at, rather behind than before."""
    after = next(at for at in range(frame + 1, frame + len(taken) + 2) if at not in taken)
    if last is None or after <= last:
        return after
    return next((at for at in range(frame - 1, -1, -1) if at not in taken), after)


def _heaviest(draft: GenerationRequest) -> tuple[Role, int, int | None, Medium] | None:
    """The largest file of a request that is too large; None: it is not."""
    found: list[tuple[Role, int, int | None, Medium]] = []
    for role in Role:
        for index, item in enumerate(draft.given(role)):
            match item:
                case Element():
                    # The front counts as the first place also while it is empty.
                    first = 0 if item.frontal else 1
                    found += [(role, index, at, picture) for at, picture in enumerate(item.pictures, first)]
                case Keyframe():
                    found.append((role, index, None, item.picture))
                case Picture() | Sound() | Video():
                    found.append((role, index, None, item))
                case _:
                    pass
    still = [each for each in found if not isinstance(each[3], Video)]
    whole, most = sent_size(draft)
    if sum(medium.sent_size for *_, medium in still) > BODY_LIMIT:
        found = still
    elif whole <= most:
        return None
    return max(found, key=lambda each: each[3].sent_size)
