"""What is sent: exactly the fields that have a value, in the dialect that was heard."""

from dataclasses import replace

import pytest
from hypothesis import given

from tests.venice.strategies import pictures
from venice_studio.domain.job import Ticket
from venice_studio.domain.media import Picture
from venice_studio.domain.model import Dialect
from venice_studio.domain.request import GenerationRequest
from venice_studio.venice.body import payload_of
from venice_studio.venice.wire.bodies import complete_body, queue_body, quote_body, retrieve_body

BARE = GenerationRequest(model="wan", prompt="A cat")
FULL = replace(BARE, negative_prompt="dogs", duration="5s", resolution="720p", aspect_ratio="16:9", sound=False, seed=0)


@given(frame=pictures())
def test_queue(frame: Picture) -> None:
    assert queue_body(BARE, Dialect.REFERENCE) == {"model": "wan", "prompt": "A cat"}
    whole = {
        "model": "wan",
        "prompt": "A cat",
        "negative_prompt": "dogs",
        "duration": "5s",
        "resolution": "720p",
        "aspect_ratio": "16:9",
        "audio": False,
        "image_url": frame,
        "end_image_url": frame,
    }
    request = replace(FULL, start_frame=frame, end_frame=frame)
    assert queue_body(request, Dialect.REFERENCE) == {**whole, "seed": 0}
    assert queue_body(request, Dialect.LIVE) == whole
    assert queue_body(request, None) == whole


@given(frame=pictures())
def test_a_link_goes_out_as_the_address_itself(frame: Picture) -> None:
    link = replace(frame, address="https://example.org/a.png?size=1", link=True)
    body = queue_body(replace(BARE, start_frame=link, end_frame=replace(link, link=False)), None)
    assert body["image_url"] == "https://example.org/a.png?size=1"
    assert isinstance(body["end_image_url"], Picture)
    assert '"image_url": "https://example.org/a.png?size=1"' in payload_of(body)


def test_quote_sends_what_the_price_depends_on() -> None:
    assert quote_body(BARE) == {"model": "wan"}
    assert quote_body(FULL) == {
        "model": "wan",
        "duration": "5s",
        "resolution": "720p",
        "aspect_ratio": "16:9",
        "audio": False,
    }


@pytest.mark.parametrize(("factor", "resolution"), [(1, {}), (2, {"resolution": "2x"}), (4, {"resolution": "4x"})])
def test_how_much_larger_is_priced_in_both_spellings_and_sent_in_one(factor: int, resolution: dict[str, str]) -> None:
    larger = replace(BARE, upscale_factor=factor)
    assert quote_body(larger) == {"model": "wan", "upscale_factor": factor, **resolution}
    assert "resolution" not in queue_body(larger, None)


@pytest.mark.parametrize(("dialect", "name"), [(Dialect.REFERENCE, "queueid"), (Dialect.LIVE, "queue_id")])
def test_a_job_is_asked_for_in_its_own_spelling(dialect: Dialect, name: str) -> None:
    ticket = Ticket(queue_id="7", model="wan", dialect=dialect)
    assert complete_body(ticket) == {"model": "wan", name: "7"}
    assert retrieve_body(ticket) == {"model": "wan", name: "7", "delete_media_on_completion": False}
    assert retrieve_body(ticket, delete=True)["delete_media_on_completion"] is True
