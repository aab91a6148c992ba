"""Files that a request lives on and that are not on the shelf any more."""

from collections.abc import Sequence

from venice_studio.domain.attached import on_shelf
from venice_studio.domain.media import Medium, Picture
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.domain.request import GenerationRequest
from venice_studio.library.shelf import MediaShelf


async def absent(shelf: MediaShelf, request: GenerationRequest) -> tuple[Medium, ...]:
    """What is to be sent of a request and does not lie on the shelf, or the picture that it was made from."""
    return await shelf.missing(on_shelf(request))


async def check_sendable(shelf: MediaShelf, request: GenerationRequest) -> None:
    """Raise `Trouble` (PICTURE) unless every file that is to be sent is there."""
    sent = [medium for medium in request.media if not (isinstance(medium, Picture) and medium.link)]
    if gone := await shelf.missing(sent):
        again = "it" if len(gone) == 1 else "them"
        raise Trouble(Problem(kind=Kind.PICTURE, message=f"{said(gone)} Put {again} in again."))


def said(gone: Sequence[Medium]) -> str:
    """`a.png and b.wav are not there any more.`"""
    names = list(dict.fromkeys(medium.name for medium in gone))
    listed = " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
    return f"{listed} {'is' if len(names) == 1 else 'are'} not there any more."
