"""Every status of the reference page, by call, and the word for word answers that go with success."""

import json
from contextlib import closing
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from tests.sandbox.api import EITHER, PICTURE, TEXT, Api, data_uri, picture
from tests.support.patience import PATIENCE_S
from tests.support.sandbox import fresh_key

_CALLS = ("/video/quote", "/video/queue", "/video/retrieve", "/video/complete")


def _wrong(answer: requests.Response, field: str) -> list[str]:
    """What is said about one field of a 400; the message names the field too."""
    assert answer.status_code == 400, answer.text
    body = answer.json()
    assert field in body["error"]
    said: list[str] = body["details"][field]["_errors"]
    return said


def test_a_quote_is_a_number_and_its_currency(api: Api) -> None:
    answer = api.quote()
    assert answer.json() == {"quote": 0.39, "currency": "USD"}
    assert answer.headers["Content-Type"] == "application/json"


def test_longer_sharper_and_audible_clips_cost_more(api: Api) -> None:
    plain = api.quote().json()["quote"]
    for dearer in ({"duration": "10s"}, {"resolution": "1080p"}, {"audio": True}):
        assert api.quote(**dearer).json()["quote"] > plain
    assert api.quote(aspect_ratio="9:16", resolution="720p", audio=False).json()["quote"] == plain


def test_queue_retrieve_and_complete_answer_as_on_the_page(api: Api) -> None:
    queued = api.queue().json()
    assert set(queued) == {"queueid", "status"}
    assert queued["status"] == "queued"
    processing = api.retrieve(queued["queueid"]).json()
    assert set(processing) == {"status", "executionDuration", "estimatedDuration"}
    assert processing["status"] == "processing"
    assert isinstance(processing["executionDuration"], int)
    # 100 times faster than a Kling clip of 110 s in the median, 80 of 100 below the estimate.
    assert 1100 < processing["estimatedDuration"] < 2000
    assert api.complete(queued["queueid"]).json() == {"success": True}


def test_the_account_pays_at_queue_exactly_what_the_quote_says(api: Api) -> None:
    fields = {"duration": "10s", "resolution": "1080p", "audio": True}
    quote = api.quote(**fields).json()["quote"]
    assert api.balance() == 100.0
    job_id = api.queued(**fields)
    assert api.balance() == pytest.approx(100.0 - quote)
    assert api.complete(job_id).status_code == 200
    assert api.balance() == pytest.approx(100.0 - quote)


def test_a_failed_render_is_a_500_and_gives_the_money_back(api: Api) -> None:
    job_id = api.queued(prompt="the sea [[fail]]")
    assert api.balance() == pytest.approx(99.61)
    answer = api.wait(job_id)
    assert answer.status_code == 500
    assert "refunded" in answer.json()["error"]
    assert api.balance() == 100.0


def test_a_failing_queue_is_a_500_and_costs_nothing(api: Api) -> None:
    assert api.queue(prompt="[[fail-queue]]").status_code == 500
    assert api.balance() == 100.0


def test_a_short_account_is_a_402_that_says_price_and_balance(api: Api) -> None:
    poor = Api(api.base_url, "poor-" + fresh_key())
    answer = poor.queue()
    assert answer.status_code == 402
    assert "$0.39" in answer.json()["error"]
    assert "$0.10" in answer.json()["error"]
    assert poor.balance() == 0.10
    poor.close()


@pytest.mark.parametrize("header", [None, "Bearer invalid", "Bearer expired", "Bearer", "Basic abc", ""])
@pytest.mark.parametrize("path", _CALLS)
def test_a_bad_key_is_a_401_everywhere(api: Api, path: str, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = requests.post(api.base_url + path, json={}, headers=headers, timeout=PATIENCE_S)
    assert answer.status_code == 401
    assert "Authentication failed" in answer.json()["error"]


@pytest.mark.parametrize("path", _CALLS)
def test_the_wrong_method_is_a_405(api: Api, path: str) -> None:
    answer = api.get(path)
    assert answer.status_code == 405
    assert answer.json()["error"]


def test_an_unknown_path_is_a_404(api: Api) -> None:
    assert api.get("/video").status_code == 404


@pytest.mark.parametrize("path", _CALLS)
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"text"', b"\xff\xfe", b"null", b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_a_400(api: Api, path: str, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {fresh_key()}", "Content-Type": "application/json"}
    answer = requests.post(api.base_url + path, data=body, headers=headers, timeout=PATIENCE_S)
    assert answer.status_code == 400
    assert "JSON" in answer.json()["error"]


def test_a_body_too_large_is_a_413(api: Api) -> None:
    assert api.queue(image_url="data:image/png;base64," + "A" * 37_000_000).status_code == 413
    large = data_uri(b"\x00" * 25_000_001)
    assert api.queue(model=PICTURE, image_url=large).status_code == 413


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("model", "no-such-model"),
        ("model", 7),
        ("model", None),
        ("duration", "7s"),
        ("duration", 5),
        ("duration", None),
        ("resolution", "480p"),
        ("resolution", ""),
        ("aspect_ratio", "21:9"),
        ("aspect_ratio", ["16:9"]),
        ("audio", "yes"),
        ("audio", 1),
    ],
)
def test_a_wrong_pricing_input_is_a_400_at_its_field(api: Api, field: str, value: Any) -> None:
    assert _wrong(api.quote(**{field: value}), field)
    assert _wrong(api.queue(**{field: value}), field)
    assert api.balance() == 100.0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("prompt", ""),
        ("prompt", "  \n"),
        ("prompt", 5),
        ("prompt", "x" * 2501),
        ("negative_prompt", ["blur"]),
        ("negative_prompt", "x" * 2501),
        ("seed", "7"),
        ("seed", 1.5),
        ("seed", True),
        ("image_url", data_uri(picture())),
    ],
)
def test_a_wrong_queue_input_is_a_400_at_its_field(api: Api, field: str, value: Any) -> None:
    assert _wrong(api.queue(**{field: value}), field)
    assert api.balance() == 100.0


def test_a_message_names_the_choices(api: Api) -> None:
    assert _wrong(api.quote(duration="7s"), "duration") == ["Must be one of 5s, 10s"]


def test_all_wrong_fields_are_named_at_once(api: Api) -> None:
    answer = api.post("/video/queue", {"model": TEXT, "resolution": "4k", "audio": 3})
    assert set(answer.json()["details"]) == {"duration", "resolution", "audio", "prompt"}


@pytest.mark.parametrize("missing", ["model", "duration", "prompt"])
def test_a_missing_field_is_a_400(api: Api, missing: str) -> None:
    body = {"model": TEXT, "duration": "5s", "prompt": "silk"}
    del body[missing]
    assert _wrong(api.post("/video/queue", body), missing) == ["Required"]


@pytest.mark.parametrize(
    "image",
    [
        "",
        "image.png",
        "file:///etc/passwd",
        "ftp://127.0.0.1/a.png",
        "data:image/png;base64,",
        "data:image/png;base64,!!!!",
        "data:image/png;base64,AAAA",
        "data:text/plain;base64,AAAA",
        "data:image/png",
        data_uri(picture((64, 64))[:100]),
        "https://example.com/a.png",
        "http://10.0.0.1/a.png",
        "http://127.0.0.1:9/a.png",
        "http://[broken/a.png",
        7,
        None,
    ],
)
def test_a_bad_image_is_a_400(api: Api, image: object) -> None:
    assert _wrong(api.queue(model=PICTURE, image_url=image), "image_url")
    assert api.balance() == 100.0


def test_a_model_that_starts_from_an_image_needs_one(api: Api) -> None:
    assert _wrong(api.queue(model=PICTURE), "image_url")


def test_a_model_of_both_kinds_takes_a_prompt_alone_or_with_an_image(api: Api) -> None:
    assert api.queue(model=EITHER).status_code == 200
    assert api.queue(model=EITHER, image_url=data_uri(picture())).status_code == 200


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP"])
def test_pictures_of_every_common_kind_are_taken(api: Api, kind: str) -> None:
    image = data_uri(picture(kind=kind), f"image/{kind.lower()}")
    assert api.queue(model=PICTURE, image_url=image).status_code == 200


@pytest.mark.parametrize("call", ["retrieve", "complete"])
def test_an_id_that_is_not_ours_is_a_404(api: Api, call: str) -> None:
    job_id = api.queued()
    other = Api(api.base_url)
    assert getattr(api, call)("no-such-id").status_code == 404
    assert getattr(api, call)(job_id, EITHER).status_code == 404
    assert getattr(other, call)(job_id).status_code == 404
    api.complete(job_id)
    assert getattr(api, call)(job_id).status_code == 404
    other.close()


@pytest.mark.parametrize("path", ["/video/retrieve", "/video/complete"])
def test_retrieve_and_complete_need_model_and_id(api: Api, path: str) -> None:
    assert _wrong(api.post(path, {"model": TEXT}), "queueid") == ["Required"]
    assert _wrong(api.post(path, {"queueid": "a"}), "model") == ["Required"]
    assert _wrong(api.post(path, {"model": TEXT, "queueid": 5}), "queueid") == ["Must be a string"]


def test_the_deletion_flag_is_a_boolean(api: Api) -> None:
    assert _wrong(api.retrieve("a", delete_media_on_completion="yes"), "delete_media_on_completion")


def test_the_listing_shows_the_six_models_with_the_pages_tables(api: Api) -> None:
    listing = api.get("/models?type=video").json()
    assert (listing["object"], listing["type"]) == ("list", "video")
    models = {entry["id"]: entry["model_spec"] for entry in listing["data"]}
    assert len(models) == 6
    constraints = models["sora-2"]["constraints"]
    assert constraints["model_type"] == "image-to-video"
    assert constraints["durations"] == ["5s", "10s"]
    assert constraints["resolutions"] == ["720p", "1080p"]
    assert constraints["aspect_ratios"] == ["16:9", "9:16", "1:1"]
    assert api.get("/models").json()["data"] == []


def test_answers_say_how_many_requests_are_left(api: Api) -> None:
    first, second = api.quote(), api.quote()
    left = [int(answer.headers["x-ratelimit-remaining-requests"]) for answer in (first, second)]
    assert left[0] <= int(first.headers["x-ratelimit-limit-requests"])
    assert int(first.headers["x-ratelimit-reset-requests"]) > 0
    assert json.loads(first.text) == json.loads(second.text)


def test_a_whole_address_in_place_of_the_path_is_taken(api: Api) -> None:
    """As a client sends it through a proxy."""
    headers = {"Authorization": f"Bearer {api.key}"}
    with closing(HTTPConnection("127.0.0.1", urlsplit(api.base_url).port, timeout=PATIENCE_S)) as connection:
        connection.request("GET", f"{api.base_url}/models?type=video", headers=headers)
        answer = connection.getresponse()
        assert answer.status == 200
        assert len(json.loads(answer.read())["data"]) == 6
        connection.request("GET", f"{api.base_url}/nowhere", headers=headers)
        assert connection.getresponse().status == 404
