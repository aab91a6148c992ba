"""The live dialect: its spellings, its listing as judge, its errors in all their shapes."""

import copy
import json
import time
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.sandbox.api import Api, data_uri, picture
from tests.sandbox.probing import probe
from tests.support.patience import PATIENCE_S
from tests.support.sandbox import Sandbox, fresh_key

TEXT = "longcat-distilled-text-to-video"
PRIVATE = "wan-2.2-a14b-text-to-video"
ALWAYS_LOUD = "sora-2-text-to-video"


def _body(**fields: Any) -> dict[str, Any]:
    return {"model": TEXT, "duration": "5s", "prompt": "silk", **fields}


def _fields(answer: requests.Response) -> set[str]:
    """The fields that a 400 names."""
    assert answer.status_code == 400, answer.text
    return set(answer.json()["details"]) - {"_errors"}


def test_from_quote_to_clip_in_the_services_own_words(live: Api) -> None:
    assert live.quote(model=TEXT).json() == {"quote": 0.09}
    queued = live.post("/video/queue", _body()).json()
    assert set(queued) == {"model", "queue_id"}
    processing = live.retrieve(queued["queue_id"], TEXT).json()
    assert set(processing) == {"status", "average_execution_time", "execution_duration"}
    assert processing["status"] == "PROCESSING"
    clip = live.wait(queued["queue_id"], TEXT)
    assert probe(clip.content).frames == 120
    assert live.complete(queued["queue_id"], TEXT).json() == {"success": True}
    assert live.retrieve(queued["queue_id"], TEXT).status_code == 404
    assert live.complete(queued["queue_id"], TEXT).json() == {"success": False}


def test_a_private_models_clip_is_fetched_without_the_key(live: Api) -> None:
    queued = live.post("/video/queue", _body(model=PRIVATE, resolution="480p")).json()
    url = queued["download_url"]
    assert requests.get(url, timeout=PATIENCE_S).status_code == 404
    done = live.wait(queued["queue_id"], PRIVATE)
    assert done.json()["status"] == "COMPLETED"
    whole = requests.get(url, timeout=PATIENCE_S)
    assert probe(whole.content).height == 480
    part = requests.get(url, headers={"Range": "bytes=100-199"}, timeout=PATIENCE_S)
    assert (part.status_code, part.content) == (206, whole.content[100:200])
    for _ in range(4):
        assert requests.get(url, timeout=PATIENCE_S).status_code == 200
    assert requests.get(url, timeout=PATIENCE_S).status_code == 410


def test_a_download_address_is_the_services_own_whatever_a_proxy_would_say(live: Api) -> None:
    answer = requests.post(
        live.base_url + "/video/queue",
        json=_body(model=PRIVATE, resolution="480p"),
        headers={"Authorization": f"Bearer {live.key}", "X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.1"},
        timeout=PATIENCE_S,
    )
    assert answer.json()["download_url"].startswith(live.base_url.removesuffix("/api/v1"))


def test_a_download_address_can_be_deleted(live: Api) -> None:
    queued = live.post("/video/queue", _body(model=PRIVATE, resolution="480p")).json()
    live.wait(queued["queue_id"], PRIVATE)
    assert requests.delete(queued["download_url"], timeout=PATIENCE_S).status_code == 204
    assert requests.get(queued["download_url"], timeout=PATIENCE_S).status_code == 410
    assert requests.get(queued["download_url"] + "x", timeout=PATIENCE_S).status_code == 404


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"duration": "7s"}, "duration"),
        ({"model": "kling-v3-pro-text-to-video", "resolution": "720p"}, "resolution"),
        ({"model": "longcat-image-to-video", "aspect_ratio": "16:9"}, "aspect_ratio"),
        ({"model": ALWAYS_LOUD, "duration": "4s", "audio": False}, "audio"),
        ({"model": "longcat-image-to-video"}, "image_url"),
        ({"model": "grok-imagine-reference-to-video"}, "reference_image_urls"),
        ({"model": "pixverse-v5.6-transition", "image_url": data_uri(picture())}, "end_image_url"),
        ({"model": "topaz-video-upscale"}, "video_url"),
        ({"model": "topaz-video-upscale", "upscale_factor": 3}, "upscale_factor"),
        ({"upscale_factor": 2}, "upscale_factor"),
        ({"image_url": data_uri(picture())}, "image_url"),
        ({"model": "wan-2-7-text-to-video", "audio_url": "data:audio/wav;base64,AAAA"}, "audio_url"),
    ],
)
def test_the_listing_judges_the_request(live: Api, fields: dict[str, Any], wrong: str) -> None:
    assert wrong in _fields(live.post("/video/queue", _body(**fields)))


@pytest.mark.parametrize(
    "fields",
    [
        {"seed": "no field here"},
        {"model": ALWAYS_LOUD, "duration": "4s", "audio": True},
        {
            "model": "kling-o3-pro-image-to-video",
            "image_url": data_uri(picture()),
            "end_image_url": data_uri(picture()),
        },
        {"model": "grok-imagine-reference-to-video", "reference_image_urls": [data_uri(picture())] * 3},
        {
            "model": "kling-o3-standard-reference-to-video",
            "elements": [{"frontal_image_url": data_uri(picture()), "reference_image_urls": [data_uri(picture())]}],
            "scene_image_urls": [data_uri(picture())],
        },
    ],
)
def test_what_the_schema_allows_is_taken(live: Api, fields: dict[str, Any]) -> None:
    answer = live.post("/video/queue", _body(**fields))
    assert answer.status_code == 200, answer.text


def test_retrieve_and_complete_refuse_unknown_fields(live: Api) -> None:
    both = {"model": TEXT, "queue_id": "a", "queueid": "a"}
    assert _fields(live.post("/video/retrieve", both)) == {"queueid"}
    assert _fields(live.post("/video/complete", both)) == {"queueid"}
    flag = {"model": TEXT, "queue_id": "a", "delete_media_on_completion": True}
    assert live.post("/video/retrieve", flag).status_code == 404
    assert _fields(live.post("/video/complete", flag)) == {"delete_media_on_completion"}


@pytest.mark.parametrize(
    ("trigger", "status"),
    [
        ("401", 401),
        ("402-usd", 402),
        ("402-diem", 402),
        ("403", 403),
        ("409", 409),
        ("409-new", 409),
        ("422", 422),
        ("503-queue", 503),
        ("400-issues", 400),
        ("502-object", 502),
        ("fail-queue", 500),
    ],
)
def test_provoked_answers_at_queue_cost_nothing(live: Api, trigger: str, status: int) -> None:
    answer = live.post("/video/queue", _body(prompt=f"a cat [[{trigger}]]"))
    assert answer.status_code == status
    assert answer.json()["error"]
    assert live.balance() == 100.0


def test_errors_come_in_all_their_shapes(live: Api) -> None:
    def error(trigger: str) -> dict[str, Any]:
        body: dict[str, Any] = live.post("/video/queue", _body(prompt=f"[[{trigger}]]")).json()
        return body

    assert isinstance(error("403")["error"], str)
    assert error("409")["error"]["code"] == "needs_consent"
    asked, anew = error("409"), error("409-new")
    # Nothing but what the schema has, and all of it.
    assert set(asked) == {"error", "consent_flow", "face_media_roles", "consent", "docs_url"}
    assert set(asked["consent"]) == {"consent_version", "policy_text"}
    assert asked["consent"]["consent_version"] != anew["consent"]["consent_version"]
    assert asked["consent"]["policy_text"] != anew["consent"]["policy_text"]
    assert error("422")["suggested_prompt"]
    assert error("400-issues")["issues"][0]["path"] == ["prompt"]
    assert error("502-object")["error"]["type"] == "server_error"


def test_consents_are_enough(live: Api) -> None:
    attested = dict.fromkeys(
        ("confirmed_terms_and_privacy", "confirmed_legal_right", "confirmed_screening_acknowledged"), True
    )
    body = _body(prompt="[[409]]", consents={"seedance": attested})
    assert live.post("/video/queue", body).status_code == 200
    for wrong in ({}, {**attested, "confirmed_legal_right": False}, {**attested, "consent_version": "1"}, None):
        assert _fields(live.post("/video/queue", _body(prompt="[[409]]", consents={"seedance": wrong}))) == {"consents"}
    assert live.post("/video/queue", _body(prompt="[[409]]", consents={})).status_code == 409


@pytest.mark.parametrize(("model", "refunded"), [(TEXT, True), ("grok-imagine-text-to-video", False)])
def test_a_late_content_refusal_says_what_became_of_the_money(live: Api, model: str, refunded: bool) -> None:
    queued = live.post("/video/queue", _body(model=model, prompt="[[422-late]]")).json()
    assert live.balance() < 100.0
    answer = live.wait(queued["queue_id"], model)
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["type"] == "provider_content_policy"
    assert error["credits_refunded"] is refunded
    assert error["recommended_model"] != model
    assert (live.balance() == 100.0) is refunded


def test_an_answer_lost_on_the_way_was_charged_all_the_same(live: Api) -> None:
    answer = live.post("/video/queue", _body(prompt="[[504-queue]]"))
    assert answer.status_code == 504
    assert answer.headers["Content-Type"].startswith("text/html")
    assert live.balance() == pytest.approx(99.91)


@pytest.mark.parametrize(("trigger", "status"), [("503", 503), ("504", 504), ("502", 502)])
def test_trouble_while_rendering_passes(trigger: str, status: int) -> None:
    with Sandbox("--dialect", "live", speed=40) as slower:
        api = Api(slower.base_url, id_field="queue_id")
        job_id = api.queued(model=TEXT, prompt=f"[[{trigger}]]")
        assert api.retrieve(job_id, TEXT).status_code == status
        deadline = time.monotonic() + 30
        while (answer := api.retrieve(job_id, TEXT)).status_code == status and time.monotonic() < deadline:
            time.sleep(0.2)
        assert answer.status_code == 200
        api.close()


def test_another_content_type_is_a_415(live: Api) -> None:
    headers = {"Authorization": f"Bearer {live.key}", "Content-Type": "text/plain"}
    answer = requests.post(
        live.base_url + "/video/quote", data=json.dumps(_body()), headers=headers, timeout=PATIENCE_S
    )
    assert answer.status_code == 415


def test_too_large_is_a_413_with_its_code(live: Api) -> None:
    answer = live.post("/video/queue", _body(image_url="data:image/png;base64," + "A" * 37_000_000))
    assert answer.status_code == 413
    assert answer.json()["code"] == "PAYLOAD_TOO_LARGE"


def test_many_failures_block_the_key_for_a_while() -> None:
    with Sandbox("--dialect", "live", speed=1) as slow:
        api, other = (Api(slow.base_url, fresh_key(), id_field="queue_id") for _ in range(2))
        statuses = [api.quote(duration="no").status_code for _ in range(22)]
        assert statuses == [400] * 21 + [429]
        blocked = api.get("/billing/balance")
        assert blocked.status_code == 429
        assert 1 <= int(blocked.headers["Retry-After"]) <= 30
        # Every answer to a key says how it stands with its limit.
        assert blocked.headers["x-ratelimit-limit-requests"] == "500"
        assert blocked.headers["x-ratelimit-remaining-requests"] == "500"
        assert int(blocked.headers["x-ratelimit-reset-requests"]) > time.time()
        assert other.get("/billing/balance").status_code == 200
        api.close()
        other.close()


def test_balance_and_rate_limits(live: Api) -> None:
    assert live.get("/billing/balance").json() == {
        "canConsume": True,
        "consumptionCurrency": "USD",
        "balances": {"diem": None, "usd": 100.0},
        "diemEpochAllocation": 0,
    }
    data = live.get("/api_keys/rate_limits").json()["data"]
    assert data["accessPermitted"] is True
    assert data["balances"]["USD"] == 100.0
    assert {"amount": 40, "type": "RPM"} in data["rateLimits"][0]["rateLimits"]


def test_the_listing_is_complete(live: Api) -> None:
    listing = live.get("/models?type=video").json()
    assert len(listing["data"]) == 76
    spec = {entry["id"]: entry["model_spec"] for entry in listing["data"]}["sora-2-pro-text-to-video"]
    assert spec["deprecation"]["removesAt"] == "2026-09-24T00:00:00.000Z"
    assert spec["constraints"]["durations"] == ["4s", "8s", "12s", "16s", "20s"]
    assert spec["constraints"]["audio_configurable"] is False


def test_any_listing_can_be_served(live: Api, tmp_path: Path) -> None:
    entry = live.get("/models?type=video").json()["data"][0]
    entry["id"] = "brand-new-image-to-video"
    entry["model_spec"]["constraints"]["durations"] = ["3s"]
    entry["model_spec"]["surprise"] = {"kept": True}
    edits = copy.deepcopy({**entry, "id": "brand-new-edit"})
    edits["model_spec"]["constraints"]["video_input"] = True
    closed = {**entry, "id": "closed-text-to-video", "model_spec": {**entry["model_spec"], "offline": True}}
    file = tmp_path / "models.json"
    file.write_text(json.dumps({"object": "list", "type": "video", "data": [entry, edits, closed]}), "utf-8")
    with Sandbox("--dialect", "live", "--models", str(file)) as sandbox:
        api = Api(sandbox.base_url, id_field="queue_id")
        assert api.get("/models?type=video").json()["data"] == [entry, edits, closed]
        body = {"model": entry["id"], "duration": "3s", "prompt": "a", "image_url": data_uri(picture())}
        assert api.post("/video/queue", body).status_code == 200
        assert "duration" in _fields(api.post("/video/queue", {**body, "duration": "5s"}))
        assert "image_url" in _fields(api.post("/video/queue", {"model": entry["id"], "duration": "3s", "prompt": "a"}))
        # What works on a video asks for one, whatever its type says.
        assert "video_url" in _fields(api.post("/video/queue", {"model": edits["id"], "duration": "3s", "prompt": "a"}))
        assert api.quote(model=closed["id"], duration="3s").status_code == 503
        api.close()
