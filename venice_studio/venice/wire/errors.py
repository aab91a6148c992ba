"""An answer that is no answer: status, headers and body to a `Problem`; what it cost, by the evidence there is."""

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from venice_studio.domain.problem import Cost, Kind, Part, Problem, Trouble
from venice_studio.venice.wire import values
from venice_studio.venice.wire.blame import Blame, read_blame
from venice_studio.venice.wire.calls import Call
from venice_studio.venice.wire.limits import number, served_s
from venice_studio.venice.wire.policy import read_consent

# 400 to 500: reference page; the rest: live schema, and 408, 407 and 451 as HTTP defines them.
_KINDS = {
    400: Kind.INVALID,
    401: Kind.KEY,
    402: Kind.FUNDS,
    403: Kind.FORBIDDEN,
    404: Kind.GONE,
    407: Kind.OFFLINE,
    408: Kind.SERVICE,
    499: Kind.SERVICE,
    409: Kind.CONSENT,
    410: Kind.GONE,
    413: Kind.TOO_LARGE,
    415: Kind.INVALID,
    422: Kind.CONTENT,
    429: Kind.BUSY,
    451: Kind.FORBIDDEN,
}

_SENTENCES = {
    Kind.INVALID: "The service does not accept this request.",
    Kind.KEY: "The service does not accept the API key.",
    Kind.FUNDS: "The account's balance, or a limit of its key, is too low for this.",
    Kind.FORBIDDEN: "The service does not allow this for the account or the region.",
    Kind.GONE: "The service no longer has this clip: it has expired or was deleted.",
    Kind.CONSENT: "This model asks for consent to its maker's terms first.",
    Kind.TOO_LARGE: "The request is too large for the service. Use a smaller picture.",
    Kind.CONTENT: "The service refuses this prompt or picture because of its content.",
    Kind.BUSY: "Too many requests at once. The service asks to wait a little.",
    Kind.SERVICE: "The service has a fault of its own just now.",
    Kind.FAILED: "The service could not make this clip.",
    Kind.GARBLED: "Something that is not the service answered, and points elsewhere. Nothing was sent there.",
    Kind.OFFLINE: "A proxy on the way to the service asks for a sign-in.",
}

LONGEST_WAIT_S = 600.0
"""Beyond it somebody's clock is wrong: limits are per minute, and a clip that waits to be fetched may expire."""

LONGEST_PROMPT = 20_000
"""Characters that any model takes. Live schema."""

# The service says it in words too, and not always in the field beside them.
_REFUNDED = re.compile(r"\bcredits (have been|were) refunded", re.IGNORECASE)
_NOT_CHARGED = re.compile(r"\byou (have|were) not (been )?charged", re.IGNORECASE)
_NEGATED = re.compile(r"\b(no|not|none|neither|never|nor|if|unless)\b[^.!?]*$", re.IGNORECASE)
"""In the same sentence, before what it is about."""

_MAY_HAVE_BEEN_TAKEN = frozenset({408, 499})
"""Refusals for time, not for what was asked: whoever gave them, the service behind may have gone on."""


def kind_of(call: Call, status: int) -> Kind:
    """What a status that is no success means for `call`."""
    if status == 404 and not call.about_a_job and call is not Call.COMPLETE:
        return Kind.INVALID  # no clip can be gone yet: the model, or the address, is unknown there
    if call is Call.DOWNLOAD and status in (401, 403):
        return Kind.GONE  # a signed address that has run out
    if status in _KINDS:
        return _KINDS[status]
    if 400 <= status < 500:
        return Kind.INVALID
    return Kind.SERVICE if status >= 500 else Kind.GARBLED


def cost_of(call: Call, kind: Kind, status: int | None = None, said: Cost | None = None) -> Cost:
    """What an attempt cost. `said` is the service's own word on it, None where it said nothing."""
    refused = status is not None and 400 <= status < 500 and status not in _MAY_HAVE_BEEN_TAKEN
    denied = kind is Kind.OFFLINE or refused
    if said is Cost.CHARGED and call is Call.QUEUE and denied and kind is not Kind.CONTENT:
        said = None  # nothing came back because nothing was taken
    if said is not None:
        return said
    if call is Call.QUEUE:
        return Cost.NOT_CHARGED if denied else Cost.UNKNOWN
    if call.about_a_job:
        return Cost.UNKNOWN if kind in (Kind.FAILED, Kind.CONTENT, Kind.SERVICE) else Cost.CHARGED
    return Cost.NOT_CHARGED


def garbled(call: Call, message: str, status: int | None = None) -> Trouble:
    """The trouble of a success that nobody can read."""
    return Trouble(Problem(kind=Kind.GARBLED, message=message, cost=cost_of(call, Kind.GARBLED, status), status=status))


def read_problem(call: Call, status: int, body: bytes, headers: Mapping[str, str], *, now_s: float = 0.0) -> Problem:
    """The problem that an answer with `status` tells of.

    `headers` have lower-case names; `now_s` is the Unix time in s, against which the server's reset time is read
    where the answer has no date of its own.
    The words are the server's own where it said any.
    """
    try:
        fields = values.mapping(values.parse(body))
    except ValueError:
        fields = {}
    kind = kind_of(call, status)
    if call is Call.RETRIEVE and kind is Kind.SERVICE and _said_of_cost(fields) is not None:
        # Only of a render that has ended does the service say what became of its credits.
        kind = Kind.FAILED
    if call is Call.RETRIEVE and kind is Kind.GONE and body.lstrip().startswith(b"<"):
        # A page, which is something on the way that does not find the service; that a clip is gone the service says.
        kind = Kind.SERVICE
    return problem_in(call, kind, fields, status=status, retry_after_s=retry_after_s(headers, now_s))


def problem_in(
    call: Call,
    kind: Kind,
    fields: Mapping[str, object],
    *,
    status: int | None = None,
    retry_after_s: float | None = None,
) -> Problem:
    """The problem that the fields of an error body describe. Reference page: `error`; the rest: live schema."""
    error = fields.get("error")
    inner = values.mapping(error)

    def said(*names: str) -> str | None:
        return values.text(values.first(fields, *names)) or values.text(values.first(inner, *names))

    words = values.text(error) or said("message", "detail", "title")
    blame = read_blame(fields, inner)
    message = words or _sentence(kind, blame.fields, status)
    suggested = values.whole_text(
        values.first(fields, "suggested_prompt") or values.first(inner, "suggested_prompt"), LONGEST_PROMPT
    )
    if kind is Kind.CONTENT:
        blame = _of_content(blame, message, prompt=suggested is not None)
    return Problem(
        kind=kind,
        message=message,
        cost=cost_of(call, kind, status, _said_of_cost(fields)),
        status=status,
        fields=blame.fields,
        retry_after_s=retry_after_s,
        code=said("code") or said("type"),
        suggested_prompt=suggested,
        recommended_model=said("recommended_model"),
        parts=blame.parts,
        consent=read_consent(fields) if kind is Kind.CONSENT else None,
    )


def _of_content(blame: Blame, message: str, *, prompt: bool) -> Blame:
    """Refused content is refused somewhere: who is given another prompt had theirs refused. The message says why where
    there are no words for a part of its own."""
    parts = blame.parts or ((Part(field="prompt"),) if prompt else ())
    return Blame({part.field: message for part in parts} | dict(blame.fields), parts)


def retry_after_s(headers: Mapping[str, str], now_s: float) -> float | None:
    """How long the server asks to wait, in s: `Retry-After`, or the reset time once nothing is left; never longer
    than `LONGEST_WAIT_S`."""
    asked_s = _asked_to_wait_s(headers, now_s)
    return None if asked_s is None else min(max(0.0, asked_s), LONGEST_WAIT_S)


def _asked_to_wait_s(headers: Mapping[str, str], now_s: float) -> float | None:
    now_s = served_s(headers, now_s)
    asked = headers.get("retry-after", "").strip()
    if (seconds := number(asked)) is not None:
        return seconds
    if asked:
        try:
            return parsedate_to_datetime(asked).timestamp() - now_s
        except (ValueError, OverflowError):
            pass
    reset = number(headers.get("x-ratelimit-reset-requests", ""))
    if reset is not None and number(headers.get("x-ratelimit-remaining-requests", "")) == 0:
        return reset - now_s
    return None


def _said_of_cost(fields: Mapping[str, object]) -> Cost | None:
    """The service's own word on the money, from `credits_refunded` or from its message."""
    inner = values.mapping(fields.get("error"))
    for flag in (fields.get("credits_refunded"), inner.get("credits_refunded")):
        if isinstance(flag, bool):
            return Cost.REFUNDED if flag else Cost.CHARGED
    words = values.text(values.first(fields, "error", "message")) or values.text(inner.get("message")) or ""
    for sentence, cost in ((_REFUNDED, Cost.REFUNDED), (_NOT_CHARGED, Cost.NOT_CHARGED)):
        if (said := sentence.search(words)) and not _NEGATED.search(words[: said.start()]):
            return cost
    return None


def _sentence(kind: Kind, by_field: Mapping[str, str], status: int | None) -> str:
    if by_field:
        return " ".join(by_field.values())
    plain = _SENTENCES.get(kind, _SENTENCES[Kind.SERVICE])
    return plain if status is None else f"{plain} (It answered {status} without a word of explanation.)"
