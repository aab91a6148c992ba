"""Domain to JSON: what is sent. Fields without a value are left out, so that the service decides."""

from venice_studio.domain.job import Ticket
from venice_studio.domain.model import Dialect
from venice_studio.domain.request import GenerationRequest, Picture
from venice_studio.venice.wire.spelling import RESOLUTIONS, SPELLINGS

Value = str | int | bool | Picture
"""A picture stays itself in the tree; `body` puts its bytes in its place when they are sent."""


def quote_body(request: GenerationRequest) -> dict[str, Value]:
    """The body of a quote: what the price depends on, alike in both dialects."""
    return _filled(
        model=request.model,
        duration=request.duration,
        resolution=_resolution(request.resolution),
        aspect_ratio=request.aspect_ratio,
        audio=request.sound,
    )


def queue_body(request: GenerationRequest, dialect: Dialect | None) -> dict[str, Value]:
    """The body of the paid request. An unknown dialect (None) is spoken like the live one: without a seed."""
    return _filled(
        model=request.model,
        prompt=request.prompt,
        negative_prompt=request.negative_prompt or None,
        duration=request.duration,
        resolution=_resolution(request.resolution),
        aspect_ratio=request.aspect_ratio,
        audio=request.sound,
        seed=request.seed if SPELLINGS[dialect or Dialect.LIVE].seed else None,
        image_url=_frame(request.start_frame),
        end_image_url=_frame(request.end_frame),
    )


def _resolution(listed: str | None) -> str | None:
    return None if listed is None else RESOLUTIONS.get(listed, listed)


def _frame(picture: Picture | None) -> Picture | str | None:
    """A picture goes out itself, or as the address under which the service finds it."""
    return picture.address if picture is not None and picture.link else picture


def retrieve_body(ticket: Ticket, *, delete: bool = False) -> dict[str, Value]:
    """The body of a look at a job, in the spelling of its own queue answer."""
    return {**complete_body(ticket), "delete_media_on_completion": delete}


def complete_body(ticket: Ticket) -> dict[str, Value]:
    """The body of the request to delete the service's copy."""
    return {"model": ticket.model, SPELLINGS[ticket.dialect].queue_id: ticket.queue_id}


def _filled(**fields: Value | None) -> dict[str, Value]:
    return {name: value for name, value in fields.items() if value is not None}
