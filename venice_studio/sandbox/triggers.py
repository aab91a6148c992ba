"""Words in a prompt that provoke an answer, so that every ending can be practised.

Both dialects:
[[fail]]        accepted and charged; 500 once the render time is over, refunded
[[fail-queue]]  500 at queue, charged and refunded at once

The live dialect besides, all at queue and not charged unless said otherwise:
[[401]]         the model is for Pro accounts
[[402-usd]]     the key's own USD limit is used up;  [[402-diem]] its DIEM limit
[[403]]         not available in this region
[[409]]         wants `consents` to version practice-1 of a policy, and is accepted with them
[[409-new]]     the same with version practice-2
[[422]]         content policy, with a suggested prompt
[[422-late]]    accepted and charged; the provider refuses once the render time is over, usually refunded
[[502-object]]  the error as an object;  [[400-issues]] with a list of issues
[[503-queue]]   at capacity
[[504-queue]]   the answer is lost on the way (HTML from a proxy): accepted and charged all the same
[[503]]         retrieve says "at capacity" in the first half of the render time, then all is well
[[504]]         the same with a proxy's HTML, [[502]] with no body at all
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from venice_studio.sandbox.refusal import Refusal

_HTML = "<html>\r\n<head><title>504 Gateway Time-out</title></head>\r\n<body>504 Gateway Time-out</body>\r\n</html>"


class When(Enum):
    """Where a trigger strikes."""

    QUEUE = auto()
    """At queue; there is no job."""
    LOST = auto()
    """At queue, but the job was made and goes its way."""
    WAITING = auto()
    """At retrieve in the first half of the render time."""
    END = auto()
    """At retrieve once the render time is over; there is no clip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One provoked answer. `extra` goes beside `error`, `raw` replaces the whole body."""

    when: When
    status: int
    message: str | Mapping[str, Any]
    extra: Mapping[str, Any] = field(default_factory=dict)
    raw: str | None = None
    refunds: bool = False
    unless: str | None = None
    """The field of the request with which it does not strike."""

    def refusal(self) -> Refusal:
        """The answer itself."""
        headers = {"Retry-After": "1"} if self.status == 503 else None
        return Refusal(self.status, self.message, extra=self.extra, raw=self.raw, headers=headers)


Triggers = Mapping[str, Trigger]

_REGION = "The specified model is unavailable in your region."
_FULL = "The model is at capacity. Please try again later."
_PRACTICE_POLICY = """Practice policy. It binds nobody: this service runs on your own computer.

1. Pictures and videos with people
You may send them where the people in them, or whoever may speak for them, have said yes to a video being made of them.

2. Screening
What you send may be looked at by a machine before a clip is made of it, and refused.

3. What is not made
Clips that pretend that somebody did or said something, that show children in danger, or that are meant to hurt.

4. What is kept
Nothing, once this service has ended and its folder is deleted."""
_POLICY = "The selected model provider rejected this request due to its content policies."


def _wants_consent(version: str, policy: str) -> Trigger:
    """A 409 as the live schema has it. Whether there are people in a picture nobody looks: a word in the prompt says
    so, or every picture sent to such a model would be asked about."""
    return Trigger(
        when=When.QUEUE,
        status=409,
        message={"code": "needs_consent", "message": "Additional consent is required for this request."},
        extra={
            "consent_flow": "seedance",
            "face_media_roles": ["image", "reference_image"],
            "consent": {"consent_version": version, "policy_text": policy},
            "docs_url": "https://docs.venice.ai/",
        },
        unless="consents",
    )


BOTH: Triggers = {
    "fail": Trigger(
        when=When.END,
        status=500,
        message="Inference processing failed. Your credits have been refunded.",
        refunds=True,
    ),
    "fail-queue": Trigger(
        when=When.QUEUE, status=500, message="Inference processing failed. Your credits have been refunded."
    ),
}

LIVE: Triggers = {
    **BOTH,
    "401": Trigger(when=When.QUEUE, status=401, message="This model is only available to Pro users."),
    "402-usd": Trigger(when=When.QUEUE, status=402, message="API key USD spend limit exceeded."),
    "402-diem": Trigger(when=When.QUEUE, status=402, message="API key DIEM spend limit exceeded."),
    "403": Trigger(when=When.QUEUE, status=403, message=_REGION),
    "409": _wants_consent("practice-1", _PRACTICE_POLICY),
    "409-new": _wants_consent("practice-2", f"{_PRACTICE_POLICY}\n\n5. What is new\nThis paragraph."),
    "422": Trigger(
        when=When.QUEUE,
        status=422,
        message="Your prompt violates the content policy of Venice.ai or the model provider.",
        extra={"suggested_prompt": "A calm sea at sunset."},
    ),
    "422-late": Trigger(
        when=When.END,
        status=422,
        message={"message": _POLICY, "type": "provider_content_policy"},
        refunds=True,
    ),
    "502-object": Trigger(
        when=When.QUEUE,
        status=502,
        message={"message": "Inference processing failed.", "type": "server_error", "code": "inference_failed"},
    ),
    "400-issues": Trigger(
        when=When.QUEUE,
        status=400,
        message="Invalid request parameters",
        extra={"issues": [{"path": ["prompt"], "message": "This prompt asks for issues", "code": "custom"}]},
    ),
    "503-queue": Trigger(when=When.QUEUE, status=503, message=_FULL),
    "504-queue": Trigger(when=When.LOST, status=504, message="", raw=_HTML),
    "503": Trigger(when=When.WAITING, status=503, message=_FULL),
    "504": Trigger(when=When.WAITING, status=504, message="", raw=_HTML),
    "502": Trigger(when=When.WAITING, status=502, message="", raw=""),
}


def find(triggers: Triggers, prompt: str) -> str | None:
    """The name of the first trigger in a prompt."""
    return next((name for name in triggers if f"[[{name}]]" in prompt), None)
