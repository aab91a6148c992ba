"""Programs that others write for the live service: their requests, their conditions, in our own words."""

import time
import wave
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any

import av
import numpy as np
import pytest
import requests

from tests.sandbox.api import data_uri, picture
from tests.sandbox.probing import probe
from tests.support.patience import PATIENCE_S
from tests.support.sandbox import Sandbox, fresh_key

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
    """Posts as a client with a key of its own does; without a body it gets."""
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {fresh_key()}"

        def post(path: str, body: Mapping[str, Any] | None, **headers: str) -> requests.Response:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            if body is None:
                return session.get(base_url + path, headers=named, timeout=PATIENCE_S)
            return session.post(base_url + path, json=body, headers=named, timeout=PATIENCE_S)

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
    clip = requests.get(queued["download_url"], timeout=PATIENCE_S)
    assert clip.headers["Content-Type"] == "video/mp4"
    assert probe(clip.content).height == 480
    assert requests.head(queued["download_url"], timeout=PATIENCE_S).headers["Content-Length"] == str(len(clip.content))
    assert requests.delete(queued["download_url"], timeout=PATIENCE_S).ok
    assert requests.get(queued["download_url"], timeout=PATIENCE_S).status_code == 410
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


def test_the_price_of_an_upscale_follows_the_video_and_the_factor_in_either_spelling(send: Send) -> None:
    topaz = {"model": "topaz-video-upscale", "video_url": data_uri(small_video(10, (640, 480)), "video/mp4")}
    prices = [
        send("/video/quote", {**topaz, **more}).json()["quote"]
        for more in ({}, {"resolution": "2x"}, {"upscale_factor": 2}, {"resolution": "4x"}, {"upscale_factor": 4})
    ]
    assert prices == [0.25, 0.25, 0.25, 1.0, 1.0]
    assert send("/video/quote", {**topaz, "upscale_factor": 1}).json() == {"quote": 0.13}
    assert send("/video/queue", {**topaz, "prompt": "", "duration": "Auto", "resolution": "2x"}).status_code == 200


def test_elements_and_scenes_by_their_names_in_the_prompt(send: Send) -> None:
    front, side, scene = (data_uri(picture(colour=colour)) for colour in ("teal", "navy", "olive"))
    asked: dict[str, Any] = {
        "model": "kling-o3-standard-reference-to-video",
        "prompt": "@Element1 crosses @Image1 and meets @Element2 [[fail]]",
        "duration": "8s",
        "aspect_ratio": "16:9",
        "elements": [
            {"frontal_image_url": front, "reference_image_urls": [side]},
            {"frontal_image_url": side},
        ],
        "scene_image_urls": [scene],
    }
    assert send("/video/queue", asked).status_code == 200
    for many in ("elements", "scene_image_urls"):
        refused = send("/video/queue", {**asked, many: asked[many] * 5})
        assert many in refused.json()["details"]


def test_a_reference_workflow_is_priced_by_what_it_follows(send: Send) -> None:
    priced = {"model": "seedance-2-0-reference-to-video", "duration": "5s", "resolution": "720p"}
    alone = send("/video/quote", priced).json()["quote"]
    followed = send("/video/quote", {**priced, "reference_video_total_duration": 5}).json()["quote"]
    assert followed > alone
    source = data_uri(small_video(5), "video/mp4")
    asked = {
        **priced,
        "prompt": "Strictly edit <Video 1>, changing its weather to rain [[fail]]",
        "reference_video_urls": [source],
        "reference_image_urls": [data_uri(picture())],
    }
    assert send("/video/queue", asked).status_code == 200
    held = send("/billing/balance", None).json()["balances"]["usd"]
    assert 100 - held == pytest.approx(followed)


def test_a_reference_sound_cannot_come_alone(send: Send) -> None:
    asked = {"model": "seedance-2-0-reference-to-video", "prompt": "She speaks", "duration": "5s"}
    refused = send("/video/queue", {**asked, "reference_audio_urls": [data_uri(tone(3), "audio/wav")]})
    assert refused.status_code == 400
    assert "reference_audio_urls" in refused.json()["details"]


def test_a_soundtrack_shorter_than_three_seconds_is_named(send: Send) -> None:
    asked = {"model": "wan-2-7-text-to-video", "prompt": "A drummer [[fail]]", "duration": "5s"}
    for seconds, status in ((2, 400), (4, 200)):
        assert send("/video/queue", {**asked, "audio_url": data_uri(tone(seconds), "audio/wav")}).status_code == status


def test_consent_is_asked_for_given_and_enough(send: Send) -> None:
    asked = {"model": "longcat-distilled-text-to-video", "prompt": "[[409]]", "duration": "5s"}
    wanting = send("/video/queue", asked)
    assert (wanting.status_code, wanting.json()["error"]["code"]) == (409, "needs_consent")
    assert wanting.json()["consent"]["policy_text"]
    assert send("/video/queue", {**asked, "consents": {"seedance": ATTESTED}}).status_code == 200


def test_the_catalogue_is_asked_for_by_type(base_url: str) -> None:
    headers = {"Authorization": f"Bearer {fresh_key()}", "Content-Type": "application/json"}
    listed = requests.get(f"{base_url}/models", params={"type": "video"}, headers=headers, timeout=PATIENCE_S).json()
    for model in listed["data"]:
        limits = model["model_spec"]["constraints"]
        assert model["type"] == "video"
        assert limits["model_type"] in ("text-to-video", "image-to-video", "video")
        assert all(isinstance(limits[name], list) for name in ("durations", "resolutions", "aspect_ratios"))
        assert isinstance(limits["audio_configurable"], bool)
    other = requests.get(f"{base_url}/models", params={"type": "film"}, headers=headers, timeout=PATIENCE_S)
    assert other.status_code == 400


def tone(seconds: float) -> bytes:
    """A WAV."""
    out = BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(range(0, 250, 25)) * round(seconds * 1600))
    return out.getvalue()


def small_video(seconds: float = 0.5, size: tuple[int, int] = (64, 48)) -> bytes:
    """A moving picture."""
    out = BytesIO()
    width, height = size
    with av.open(out, "w", format="mp4") as clip:
        stream = clip.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(round(seconds * 24)):
            pixels = np.full((height, width, 3), number % 12 * 20, np.uint8)
            clip.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        clip.mux(stream.encode())
    return out.getvalue()
