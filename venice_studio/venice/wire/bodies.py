"""Domain to JSON: what is sent. Fields without a value are left out, so that the service decides."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from venice_studio.domain.inputs import RULES, UPSCALE_PROMPT, Role
from venice_studio.domain.job import Ticket
from venice_studio.domain.media import Element, Keyframe, Medium, Picture
from venice_studio.domain.model import Dialect
from venice_studio.domain.request import GenerationRequest
from venice_studio.venice.wire.spelling import RESOLUTIONS, SPELLINGS

Value = str | int | float | bool | Medium | Sequence["Value"] | Mapping[str, "Value"]
"""A picture, sound or video stays itself in the tree; `body` puts its bytes in its place when they are sent."""

_ATTESTED = ("confirmed_terms_and_privacy", "confirmed_legal_right", "confirmed_screening_acknowledged")
"""What the user says by agreeing to a policy. Live schema."""

_LARGER = {2: "2x", 4: "4x"}


def quote_body(request: GenerationRequest) -> dict[str, Value]:
    """The body of a quote: what the price depends on, alike in both dialects."""
    key = request.quote_key
    return _filled(
        model=request.model,
        duration=request.duration,
        # The service's guide has quotes read the factor as a resolution, its schema as a factor: both say the same.
        resolution=_resolution(request.resolution) or _LARGER.get(request.upscale_factor or 1),
        aspect_ratio=request.aspect_ratio,
        audio=request.sound,
        upscale_factor=request.upscale_factor,
        video_url=key.source_video,
        # A JSON number, as the schema has it; whole where it is, so that no one reads 5.0 where 5 is meant.
        reference_video_total_duration=_number(key.reference_video_s),
    )


def queue_body(request: GenerationRequest, dialect: Dialect | None) -> dict[str, Value]:
    """The body of the paid request. An unknown dialect (None) is spoken like the live one: without a seed."""
    return _filled(
        model=request.model,
        prompt=request.prompt or (UPSCALE_PROMPT if request.upscale_factor else ""),
        negative_prompt=request.negative_prompt or None,
        duration=request.duration,
        resolution=_resolution(request.resolution),
        aspect_ratio=request.aspect_ratio,
        audio=request.sound,
        seed=request.seed if SPELLINGS[dialect or Dialect.LIVE].seed else None,
        upscale_factor=request.upscale_factor,
        **{RULES[role].wire: _input(request, role) for role in Role},
        consents={name: dict.fromkeys(_ATTESTED, True) for name in request.consents} or None,
    )


def _resolution(listed: str | None) -> str | None:
    return None if listed is None else RESOLUTIONS.get(listed, listed)


def _number(value: Decimal | None) -> int | float | None:
    return None if value is None else int(value) if value == int(value) else float(value)


def _input(request: GenerationRequest, role: Role) -> Value | None:
    items = [_item(item) for item in request.given(role)]
    if not items:
        return None
    return items[0] if RULES[role].single else items


def _item(item: Medium | Element | Keyframe) -> Value:
    match item:
        case Element(frontal=frontal, references=references):
            pictures = [_file(picture) for picture in references]
            return _filled(frontal_image_url=_file(frontal) if frontal else None, reference_image_urls=pictures or None)
        case Keyframe(picture=picture, frame_index=frame_index):
            return {"image_url": _file(picture), "frame_index": frame_index}
        case _:
            return _file(item)


def _file(medium: Medium) -> Medium | str:
    """A file goes out itself, or as the address under which the service finds it."""
    return medium.address or "" if isinstance(medium, Picture) and medium.link else medium


def retrieve_body(ticket: Ticket, *, delete: bool = False) -> dict[str, Value]:
    """The body of a look at a job, in the spelling of its own queue answer."""
    return {**complete_body(ticket), "delete_media_on_completion": delete}


def complete_body(ticket: Ticket) -> dict[str, Value]:
    """The body of the request to delete the service's copy."""
    return {"model": ticket.model, SPELLINGS[ticket.dialect].queue_id: ticket.queue_id}


def _filled(**fields: Value | None) -> dict[str, Value]:
    return {name: value for name, value in fields.items() if value is not None}
