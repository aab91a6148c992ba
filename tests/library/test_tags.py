"""What a clip's own file tells of how it was made."""

import json
from dataclasses import replace

import pytest
from hypothesis import given

from tests.domain.strategies import drafts
from venice_studio.domain.request import GenerationRequest
from venice_studio.library.tags import KEY, request_in, tags_of


@given(drafts)
def test_everything_but_what_it_was_made_from_is_told(asked: GenerationRequest) -> None:
    told = request_in(tags_of(asked))
    bare = GenerationRequest(model=asked.model)
    made_from = {medium.name for medium in asked.media} | {medium.sha256 for medium in asked.media}

    assert told is not None
    assert told == replace(bare, **{name: getattr(asked, name) for name in json.loads(tags_of(asked)[KEY])})
    assert (told.prompt, told.seed, told.duration, told.sound) == (
        asked.prompt,
        asked.seed,
        asked.duration or None,
        asked.sound,
    )
    assert not [word for word in made_from if word in tags_of(replace(asked, prompt="", negative_prompt=""))[KEY]]


@pytest.mark.parametrize(
    "found",
    [
        None,
        "",
        "no JSON",
        "[]",
        "7",
        "{}",
        '{"prompt": "A fox"}',
        '{"model": "wan", "seed": "a lot"}',
        '{"model": "wan", "seed": [1]}',
        "[" * 100_000,
    ],
)
def test_what_cannot_be_understood_tells_nothing(found: str | None) -> None:
    assert request_in({"title": "A film"} if found is None else {KEY: found}) is None


def test_what_a_newer_version_added_is_left_out() -> None:
    found = json.dumps({"model": "wan", "prompt": "A fox", "mood": "blue", "start_frame": {"sha256": "ab"}})
    assert request_in({KEY: found}) == GenerationRequest(model="wan", prompt="A fox")
