"""Which variant of a family suits what is attached."""

from venice_studio.domain.family import Family
from venice_studio.domain.inputs import Need, Role
from venice_studio.domain.model import Basis, VideoModel
from venice_studio.domain.request import GenerationRequest


def suiting(family: Family, request: GenerationRequest) -> VideoModel | None:
    """The variant that takes most of what is attached and lacks least; None of a family without variants."""
    return min(family.variants, key=lambda model: _distance(model, request), default=None)


def following(
    family: Family, model: VideoModel, before: GenerationRequest, after: GenerationRequest
) -> VideoModel | None:
    """The variant to move to from `model` now that other things are attached; None: it can stay.

    It moves where something of a new kind came that it does not take and another variant does, and where the start
    frame it cannot do without is gone and another variant can.
    """
    new = [role for role in Role if after.given(role) and not before.given(role) and not model.takes(role)]
    gone = before.start_frame is not None and after.start_frame is None and model.start_frame is Need.MUST
    if new:
        taking = [variant for variant in family.variants if all(variant.takes(role) for role in new)]
        return suiting(Family(name=family.name, variants=tuple(taking)), after)
    best = suiting(family, after) if gone else None
    return best if best is not None and not _lacking(best, after) else None


def _distance(model: VideoModel, request: GenerationRequest) -> tuple[int, int, bool, bool, int, bool, int]:
    refused = sum(not model.takes(role) for role in Role if request.given(role))
    wanted = Need.MUST if request.start_frame is not None else Need.NEVER
    other = model.start_frame is not wanted
    # Who has both frames wants what is made for going from one to the other.
    odd = model.needs_end_frame is not (request.end_frame is not None)
    return refused, _lacking(model, request), other, odd, [*Basis].index(model.basis), model.offline, len(model.id)


def _lacking(model: VideoModel, request: GenerationRequest) -> int:
    missing = sum(model.need(role) is Need.MUST for role in Role if not request.given(role))
    follows = model.follows
    return missing + bool(follows and not any(request.given(role) for role in follows))
