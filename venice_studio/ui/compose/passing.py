"""Before the first picture goes to a model that only hides its sender, say so; once, and never in practice."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from venice_studio.domain.model import VideoModel
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.studio import Studio

Ask = Callable[[str, str, str, str], Awaitable[bool]]
"""Asks the user: title, text, and the words of the buttons that go ahead and that leave it."""


async def may_be_passed_on(studio: Studio, request: GenerationRequest, models: Sequence[VideoModel], ask: Ask) -> bool:
    """Whether what `request` carries may go to `models`; False: the user would rather not."""
    account, settings = studio.connection.state.value.account, studio.settings
    passing = next((model for model in models if not model.private), None)
    real = account is not None and not account.practice
    if not request.media or passing is None or not real or settings.value.anonymised_pictures_told:
        return True
    what = "this picture" if len(request.media) == 1 and request.pictures else "these files"
    agreed = await ask(
        f"Pass {what} on?",
        f"Venice passes {what} on to the maker of {passing.name}, without your name. Models marked private "
        "keep nothing. You are told this once.",
        "Send",
        "Not now",
    )
    if agreed:
        settings.set(replace(settings.value, anonymised_pictures_told=True))
    return agreed
