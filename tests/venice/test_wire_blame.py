"""Which inputs an answer blames, and the 409 that wants consent, whatever shape they come in."""

import json
from typing import Any

import pytest
from hypothesis import given

from tests.venice.strategies import junk
from venice_studio.domain.consent import Consent
from venice_studio.domain.problem import Kind, Part, Problem
from venice_studio.venice.wire.calls import Call
from venice_studio.venice.wire.errors import LONGEST_PROMPT, read_problem
from venice_studio.venice.wire.policy import LONGEST

WANTS: dict[str, Any] = {
    "error": {"code": "needs_consent", "message": "Additional consent is required for this request."},
    "consent_flow": "seedance",
    "face_media_roles": ["image", "reference_image"],
    "consent": {"consent_version": "v1", "policy_text": "One.\n\n  <b>Two</b> & three."},
    "docs_url": "https://docs.venice.ai/consent",
}


def read(status: int, body: object, call: Call = Call.QUEUE) -> Problem:
    return read_problem(call, status, json.dumps(body).encode(), {})


def wants(**changes: Any) -> Consent | None:
    return read(409, {**WANTS, **changes}).consent


def test_a_wish_for_consent_is_kept_whole() -> None:
    problem = read(409, WANTS)
    assert (problem.kind, problem.code) == (Kind.CONSENT, "needs_consent")
    assert problem.consent == Consent(
        flow="seedance",
        policy="One.\n\n  <b>Two</b> & three.",
        version="v1",
        faces=("image", "reference_image"),
        page="https://docs.venice.ai/consent",
    )
    assert problem.parts == (Part(field="image_url"), Part(field="reference_image_urls"))


@pytest.mark.parametrize(
    ("changes", "has"),
    [
        ({"consent": {"policy_text": "One."}}, {"version": ""}),
        ({"consent": {"consent_version": 3, "policy_text": "One."}}, {"version": "3"}),
        ({"face_media_roles": None}, {"faces": ()}),
        ({"face_media_roles": ["hologram", 7]}, {"faces": ("hologram",)}),
        ({"docs_url": "http://docs.venice.ai"}, {"page": None}),
        ({"docs_url": "javascript:alert(1)"}, {"page": None}),
        ({"docs_url": "file:///etc/passwd"}, {"page": None}),
        ({"docs_url": 7}, {"page": None}),
        ({"consent": {"policy_text": "a\x00b\x1b[31m\u202ec"}}, {"policy": "a b [31m c"}),
        ({"consent": {"policy_text": "x" * LONGEST}}, {"policy": "x" * LONGEST}),
        ({"consent_flow": "another"}, {"flow": "another"}),
    ],
)
def test_odd_fields_cost_nothing_but_themselves(changes: dict[str, Any], has: dict[str, object]) -> None:
    consent = wants(**changes)
    assert consent is not None
    assert {name: getattr(consent, name) for name in has} == has


@pytest.mark.parametrize(
    "changes",
    [
        {"consent": None},
        {"consent": "Agree!"},
        {"consent": {"consent_version": "v1"}},
        {"consent": {"policy_text": " \n "}},
        {"consent": {"policy_text": "x" * (LONGEST + 1)}},
        {"consent_flow": None},
        {"consent_flow": ["seedance"]},
    ],
)
def test_without_a_whole_text_there_is_nothing_to_agree_to(changes: dict[str, Any]) -> None:
    problem = read(409, {**WANTS, **changes})
    assert problem.consent is None
    assert problem.message == "Additional consent is required for this request."


def test_only_a_409_asks_for_consent() -> None:
    assert read(400, WANTS).consent is None


@given(consent=junk, flow=junk, roles=junk, page=junk)
def test_no_409_is_too_odd(consent: object, flow: object, roles: object, page: object) -> None:
    body = {"consent": consent, "consent_flow": flow, "face_media_roles": roles, "docs_url": page}
    problem = read_problem(Call.QUEUE, 409, json.dumps(body, default=float).encode(), {})
    assert problem.kind is Kind.CONSENT
    assert problem.consent is None or problem.consent.policy.encode("utf-8")


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        ({"issues": [{"path": ["reference_image_urls", 2], "message": "No"}]}, [("reference_image_urls", 3)]),
        ({"issues": [{"path": ["elements", 0, "frontal_image_url"], "message": "No"}]}, [("elements", 1)]),
        ({"issues": [{"path": ["prompt"], "message": "No"}]}, [("prompt", None)]),
        ({"issues": [{"path": ["reference_image_urls", -1], "message": "No"}]}, [("reference_image_urls", None)]),
        ({"issues": [{"path": ["reference_image_urls", True], "message": "No"}]}, [("reference_image_urls", None)]),
        (
            {"details": {"reference_image_urls": {"_errors": [], "0": {"_errors": ["No"]}, "4": {"_errors": ["No"]}}}},
            [("reference_image_urls", 1), ("reference_image_urls", 5)],
        ),
        (
            {"details": {"elements": {"1": {"frontal_image_url": {"_errors": ["No"]}, "0": {"_errors": []}}}}},
            [("elements", 2)],
        ),
        ({"details": {"image_url": {"_errors": ["No"]}}}, [("image_url", None)]),
        ({"error": {"message": "No", "param": "reference_image_urls[2]"}}, [("reference_image_urls", 3)]),
        ({"error": {"message": "No", "param": "reference_image_urls.2"}}, [("reference_image_urls", 3)]),
        ({"error": {"message": "No", "param": "image_url"}}, [("image_url", None)]),
        (
            {"error": "No", "face_media_roles": ["end_image", "reference_video"]},
            ["end_image_url", "reference_video_urls"],
        ),
        ({"error": "No", "suggested_prompt": "A cat"}, [("prompt", None)]),
        ({"error": "No"}, []),
    ],
)
def test_what_a_refusal_names(body: object, parts: list[Any]) -> None:
    expected = [Part(field=part) if isinstance(part, str) else Part(field=part[0], number=part[1]) for part in parts]
    problem = read(422, body)
    assert list(problem.parts) == expected
    # Each of them has words to stand at its field.
    assert list(problem.fields) == list(dict.fromkeys(part.field for part in expected))
    assert set(problem.fields.values()) <= {"No"}


def test_a_field_has_its_own_words_before_those_of_the_whole() -> None:
    body = {"error": "Refused", "issues": [{"path": ["prompt"], "message": "Names a person"}]}
    assert read(422, body).fields == {"prompt": "Names a person"}


def test_a_400_blames_only_what_it_names() -> None:
    assert read(400, {"error": "No", "suggested_prompt": "A cat"}).parts == ()


def test_a_suggested_prompt_is_whole_or_not_there() -> None:
    words = "A cat.\nAnd a dog."
    assert read(422, {"error": "No", "suggested_prompt": words}).suggested_prompt == words
    long = "x" * LONGEST_PROMPT
    assert read(422, {"error": "No", "suggested_prompt": long}).suggested_prompt == long
    assert read(422, {"error": "No", "suggested_prompt": f"{long}x"}).suggested_prompt is None
