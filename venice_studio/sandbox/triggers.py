"""Words in a prompt that provoke an answer, so that every ending can be practised.

[[fail]]        accepted and charged; 500 once the render time is over, refunded
[[fail-queue]]  500 at queue, nothing charged in the end
"""

from collections.abc import Mapping
from typing import Any

from venice_studio.sandbox.refusal import Refusal

_FAIL = "fail"
_FAIL_QUEUE = "fail-queue"


def find(prompt: str) -> str | None:
    """The first trigger in a prompt, without its brackets."""
    return next((name for name in (_FAIL, _FAIL_QUEUE) if f"[[{name}]]" in prompt), None)


def refuse_at_queue(trigger: str | None, body: Mapping[str, Any]) -> None:
    """Raises Refusal where the trigger strikes at queue."""
    if trigger == _FAIL_QUEUE:
        raise Refusal(500, "Inference processing failed. You have not been charged.")


def refuse_at_retrieve(trigger: str | None) -> None:
    """Raises Refusal where the trigger strikes once the render time is over."""
    if trigger == _FAIL:
        raise Refusal(500, "Inference processing failed. Your credits have been refunded.")


def refunds(trigger: str | None) -> bool:
    """Whether a job that came to this gets its money back."""
    return trigger is not None
