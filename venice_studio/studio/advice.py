"""What the service says would be taken, put into the form in one undo step; nothing is sent."""

from dataclasses import replace

from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.composer import Composer


def use_prompt(composer: Composer, request: GenerationRequest, prompt: str) -> None:
    """Put `request` into the form, with the prompt that was suggested."""
    suggested = replace(request, prompt=prompt, consents=())
    composer.replace(suggested, composer.takes.value, said="The suggested prompt is in the form.")


def use_model(composer: Composer, request: GenerationRequest, model_id: str) -> bool:
    """Put `request` into the form, made to fit the model that was recommended. False, and nothing happens, where that
    is not listed."""
    model = composer.listed(model_id)
    if model is None:
        return False
    recommended = replace(request, model=model_id, consents=())
    composer.replace(recommended, composer.takes.value, said=f"{model.name} is chosen.")
    return True
