"""What goes over the wire in the live dialect: its words, and none of the other dialect's."""

import pytest

from venice_studio.domain.job import Ticket
from venice_studio.domain.model import Basis, Dialect, VideoModel
from venice_studio.domain.request import GenerationRequest
from venice_studio.venice.catalog import builtin
from venice_studio.venice.wire import bodies

RESOLUTIONS = {
    *("256p", "360p", "480p", "540p", "580p", "720p", "1080p", "1440p", "2160p"),
    *("4k", "2x", "4x", "2K", "768P", "true_1080p"),
}
"""All that the live schema has."""


@pytest.mark.parametrize(
    "model", [m for m in builtin(Dialect.LIVE) if m.basis is Basis.FRAMES], ids=lambda model: model.id
)
def test_every_listed_resolution_is_sent_as_the_schema_spells_it(model: VideoModel) -> None:
    for resolution in (*model.resolutions, None):
        request = GenerationRequest(model="nova", prompt="A", duration="5s", resolution=resolution, seed=7)
        quoted, queued = bodies.quote_body(request), bodies.queue_body(request, Dialect.LIVE)
        assert quoted.get("resolution") == queued.get("resolution")
        assert queued.get("resolution", "720p") in RESOLUTIONS
        assert "seed" not in queued


def test_looks_and_deletions_have_no_field_that_is_refused() -> None:
    ticket = Ticket(queue_id="7", model="nova", dialect=Dialect.LIVE, download_url="https://x.test/secret")
    assert bodies.complete_body(ticket) == {"model": "nova", "queue_id": "7"}
    for delete in (True, False):
        look = bodies.retrieve_body(ticket, delete=delete)
        assert look == {"model": "nova", "queue_id": "7", "delete_media_on_completion": delete}


def test_an_unheard_dialect_is_spoken_like_the_live_one() -> None:
    request = GenerationRequest(model="nova", prompt="A", duration="5s", seed=7)
    assert bodies.queue_body(request, None) == bodies.queue_body(request, Dialect.LIVE)
    assert bodies.queue_body(request, Dialect.REFERENCE)["seed"] == 7
