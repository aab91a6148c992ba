"""Programs that others write for the live service: their requests, their conditions, in our own words."""

import time
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any

import av
import numpy as np
import pytest
import requests

from tests.sandbox.api import data_uri, picture
from tests.sandbox.probing import probe
from tests.support.sandbox import Sandbox, fresh_key

PATIENCE_S = 60.0
ATTESTED = dict.fromkeys(
    ("confirmed_terms_and_privacy", "confirmed_legal_right", "confirmed_screening_acknowledged"), True
)

Send = Callable[..., requests.Response]


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    with Sandbox("--dialect", "live", speed=200) as running:
        yield running.base_url


@pytest.fixture
def send(base_url: str) -> Iterator[Send]:
    """Posts as a client with a key of its own does."""
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {fresh_key()}"

        def post(path: str, body: Mapping[str, Any], **headers: str) -> requests.Response:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return session.post(base_url + path, json=body, headers=named, timeout=60)

        yield post


def until_done(send: Send, body: Mapping[str, Any], **headers: str) -> requests.Response:
    """Polls while the answer is JSON that says PROCESSING, and nothing else."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        answer = send("/video/retrieve", body, **headers)
        assert answer.status_code == 200, answer.text
        if not answer.headers["Content-Type"].startswith("application/json"):
            return answer
        state = answer.json()
        if state["status"] != "PROCESSING":
            return answer
        assert isinstance(state["average_execution_time"], int)
        assert isinstance(state["execution_duration"], int)
        time.sleep(0.1)
    raise AssertionError("no end in sight")


def test_queue_poll_save_and_clean_up(send: Send) -> None:
    asked = {
        "model": "wan-2.5-preview-text-to-video",
        "prompt": "Boats at dusk",
        "duration": "5s",
        "resolution": "720p",
        "aspect_ratio": "16:9",
    }
    queued = send("/video/queue", asked).json()
    job = {"model": queued["model"], "queue_id": queued["queue_id"]}
    assert queued.get("download_url") is None
    done = until_done(send, job)
    assert "video/mp4" in done.headers["Content-Type"]
    assert probe(done.content).height == 720
    again = send("/video/retrieve", job)
    assert again.content == done.content
    assert send("/video/complete", job).json() == {"success": True}
    assert send("/video/retrieve", job).status_code == 404


def test_quote_with_every_billable_field_then_queue_the_same(send: Send) -> None:
    priced = {
        "model": "wan-2-7-text-to-video",
        "duration": "5s",
        "aspect_ratio": "16:9",
        "resolution": "720p",
        "audio": True,
    }
    assert set(send("/video/quote", priced).json()) == {"quote"}
    asked = {**priced, "prompt": "A street market [[fail]]", "negative_prompt": "low resolution, worst quality"}
    assert send("/video/queue", asked).status_code == 200


def test_polling_with_deletion_asked_for_every_time(send: Send) -> None:
    asked = {"model": "longcat-distilled-image-to-video", "prompt": "It blinks", "duration": "5s"}
    queued = send("/video/queue", {**asked, "image_url": data_uri(picture())}, Accept="application/json").json()
    job = {"model": queued["model"], "queue_id": queued["queue_id"], "delete_media_on_completion": True}
    done = until_done(send, job, Accept="video/mp4, application/json")
    assert probe(done.content).frames == 120
    assert send("/video/retrieve", job).status_code == 404


def test_a_private_clip_is_fetched_revoked_and_cleaned_up(send: Send) -> None:
    asked = {"model": "wan-2.2-a14b-text-to-video", "prompt": "A lake", "duration": "5s", "resolution": "480p"}
    queued = send("/video/queue", asked).json()
    job = {"model": queued["model"], "queue_id": queued["queue_id"]}
    done = until_done(send, {**job, "delete_media_on_completion": True})
    assert done.json()["status"] == "COMPLETED"
    clip = requests.get(queued["download_url"], timeout=60)
    assert clip.headers["Content-Type"] == "video/mp4"
    assert probe(clip.content).height == 480
    assert requests.head(queued["download_url"], timeout=60).headers["Content-Length"] == str(len(clip.content))
    assert requests.delete(queued["download_url"], timeout=60).ok
    assert requests.get(queued["download_url"], timeout=60).status_code == 410
    assert send("/video/complete", job).json() == {"success": True}


@pytest.mark.parametrize(
    "duration", ["5s", 5, "5"], ids=["as the listing has it", "a number", "a number in quotation marks"]
)
def test_a_quote_takes_seconds_in_every_spelling(send: Send, duration: object) -> None:
    asked = {"model": "longcat-distilled-text-to-video", "duration": duration, "aspect_ratio": None, "audio": None}
    assert send("/video/quote", asked).json() == {"quote": 0.09}


def test_a_quote_first_shows_which_setting_the_model_has_not(send: Send) -> None:
    asked = {"model": "grok-imagine-text-to-video", "duration": "4s", "resolution": "720p"}
    answer = send("/video/quote", asked)
    assert answer.status_code == 400
    assert "duration" in answer.json()["details"]
    assert "5s" in answer.json()["details"]["duration"]["_errors"][0]
    assert isinstance(answer.json()["error"], str)


def test_an_upscale_says_only_what_to_enlarge(send: Send) -> None:
    topaz = {"model": "topaz-video-upscale"}
    assert send("/video/quote", {**topaz, "duration": "10", "input_height": 720}).json()["quote"] > 0
    source = data_uri(small_video(), "video/mp4")
    for more in ({"upscale_factor": 2}, {"upscale_factor": 1, "duration": "Auto"}, {}):
        assert send("/video/queue", {**topaz, "video_url": source, **more}).status_code == 200
    refused = send("/video/queue", {**topaz, "video_url": source, "resolution": "720p"})
    assert "resolution" in refused.json()["details"]


def test_consent_is_asked_for_given_and_enough(send: Send) -> None:
    asked = {"model": "longcat-distilled-text-to-video", "prompt": "[[409]]", "duration": "5s"}
    wanting = send("/video/queue", asked)
    assert (wanting.status_code, wanting.json()["error"]["code"]) == (409, "needs_consent")
    assert wanting.json()["consent"]["policy_text"]
    assert send("/video/queue", {**asked, "consents": {"seedance": ATTESTED}}).status_code == 200


def test_the_catalogue_is_asked_for_by_type(base_url: str) -> None:
    headers = {"Authorization": f"Bearer {fresh_key()}", "Content-Type": "application/json"}
    listed = requests.get(f"{base_url}/models", params={"type": "video"}, headers=headers, timeout=60).json()
    for model in listed["data"]:
        limits = model["model_spec"]["constraints"]
        assert model["type"] == "video"
        assert limits["model_type"] in ("text-to-video", "image-to-video", "video")
        assert all(isinstance(limits[name], list) for name in ("durations", "resolutions", "aspect_ratios"))
        assert isinstance(limits["audio_configurable"], bool)
    other = requests.get(f"{base_url}/models", params={"type": "film"}, headers=headers, timeout=60)
    assert other.status_code == 400


def small_video() -> bytes:
    """Half a second of a moving picture."""
    out = BytesIO()
    with av.open(out, "w", format="mp4") as clip:
        stream = clip.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(12):
            pixels = np.full((48, 64, 3), number * 20, np.uint8)
            clip.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        clip.mux(stream.encode())
    return out.getvalue()
