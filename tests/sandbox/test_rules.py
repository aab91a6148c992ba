"""The judging itself, with everything hypothesis can think of: it accepts or names fields, and never breaks."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from venice_studio.sandbox import facts, prices, rules, shape
from venice_studio.sandbox.dialects import Dialect
from venice_studio.sandbox.dialects.live import LiveDialect
from venice_studio.sandbox.dialects.reference import ReferenceDialect
from venice_studio.sandbox.refusal import Refusal

_DIALECTS: tuple[Dialect, ...] = (ReferenceDialect(), LiveDialect())
_MODELS = {type(dialect): dialect.models() for dialect in _DIALECTS}
_FIELDS = (
    *("model", "duration", "resolution", "aspect_ratio", "audio", "prompt", "negative_prompt", "seed", "consents"),
    *("image_url", "end_image_url", "audio_url", "video_url", "reference_image_urls", "elements", "keyframes"),
    *("scene_image_urls", "reference_video_urls", "reference_audio_urls", "reference_document_urls"),
    *("upscale_factor", "reference_video_total_duration", "queueid", "queue_id"),
)
_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
_dialects = st.sampled_from(_DIALECTS)


def _right(dialect: Dialect, pick: Any) -> dict[str, Any]:
    """A request that the tables allow."""
    model = pick(st.sampled_from(sorted(_MODELS[type(dialect)].values(), key=lambda one: one.id)))
    body: dict[str, Any] = {"model": model.id, "prompt": pick(st.text("abc ", min_size=1, max_size=9)) + "x"}
    body["duration"] = pick(st.sampled_from(model.durations or ("5s",)))
    for name, choices in (("resolution", model.resolutions), ("aspect_ratio", model.aspect_ratios)):
        if choices and pick(st.booleans()):
            body[name] = pick(st.sampled_from(choices))
    if model.audio_configurable and pick(st.booleans()):
        body["audio"] = pick(st.booleans())
    known = dialect.terms.media_fields & model.inputs
    must = known if model.model_type != "text-to-video" else set()
    for name in sorted(must - {"elements", "keyframes"}):
        body[name] = ["https://a.example/a"] if name.endswith("urls") else "https://a.example/a"
    return body


def _refusal(judge: Callable[[], object]) -> Refusal | None:
    try:
        judge()
    except Refusal as refusal:
        return refusal
    return None


@given(_dialects, st.data())
def test_what_the_tables_allow_passes_and_costs_what_its_quote_says(dialect: Dialect, data: st.DataObject) -> None:
    body = _right(dialect, data.draw)
    order = rules.judge_queue(_MODELS[type(dialect)], dialect.terms, body)
    pricing = {
        name: body[name] for name in body if name in ("model", "duration", "resolution", "aspect_ratio", "audio")
    }
    wanted, media = rules.judge_quote(_MODELS[type(dialect)], dialect.terms, pricing)
    assert (wanted, media) == (order.wanted, ())
    assert order.prompt == body["prompt"]


@given(_dialects, st.dictionaries(st.sampled_from(_FIELDS), _anything), st.data())
def test_junk_is_refused_with_a_400_that_names_a_field_of_the_request(
    dialect: Dialect, junk: dict[str, Any], data: st.DataObject
) -> None:
    body = {**_right(dialect, data.draw), **junk}
    for judge in (rules.judge_quote, rules.judge_queue):
        refusal = _refusal(partial(judge, _MODELS[type(dialect)], dialect.terms, body))
        if refusal is not None:
            assert refusal.status == 400
            assert refusal.problems
            assert all(problem.field in _FIELDS for problem in refusal.problems)


@given(_dialects, st.dictionaries(st.sampled_from(("model", "queueid", "queue_id", "x")), _anything))
def test_references_are_two_strings_or_a_400(dialect: Dialect, body: dict[str, Any]) -> None:
    names = {"model", dialect.terms.id_field}
    right = all(isinstance(body.get(name), str) for name in names)
    if dialect.terms.closed_fields:
        right = right and set(body) <= names
    refusal = _refusal(lambda: rules.judge_reference(dialect.terms, body))
    assert (refusal is None) == right
    assert refusal is None or refusal.status == 400


@given(st.data())
def test_a_value_outside_a_models_table_is_named(data: st.DataObject) -> None:
    dialect = data.draw(_dialects)
    body = _right(dialect, data.draw)
    models = _MODELS[type(dialect)]
    # An upscaler's clip is as long as its video, whatever duration is asked for.
    judged = ("resolution", "aspect_ratio", *(() if models[body["model"]].upscales else ("duration",)))
    field = data.draw(st.sampled_from(judged))
    body[field] = "31s"
    with pytest.raises(Refusal) as refused:
        rules.judge_quote(models, dialect.terms, body)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_known_prices_are_met_to_the_cent() -> None:
    for dialect in _DIALECTS:
        for model in _MODELS[type(dialect)].values():
            known = model.price
            asked = prices.price(
                model, seconds=prices.length_s(known.duration), resolution=known.resolution, sound=known.sound
            )
            assert asked == known.usd


@given(st.data())
def test_prices_are_cents_and_grow_with_the_clip(data: st.DataObject) -> None:
    model = data.draw(st.sampled_from(list(facts.known("live").values())))
    seconds = data.draw(st.integers(1, 29))
    short, longer = (
        prices.price(model, seconds=length, resolution=model.default_resolution, sound=False)
        for length in (seconds, seconds + 1)
    )
    assert Decimal("0.01") <= short <= longer
    assert short == short.quantize(Decimal("0.01"))


@given(st.floats(0.01, 100), st.sampled_from(("256p", "480p", "720p", "768P", "1080p", "true_1080p", "2K", "4k", None)))
def test_sizes_are_even_and_keep_the_ratio(ratio: float, resolution: str | None) -> None:
    width, height = shape.size(resolution, ratio)
    assert width % 2 == height % 2 == 0
    kept = min(max(ratio, 1 / 6), 6)
    assert width / height == pytest.approx(kept, rel=3 / min(width, height))


@pytest.mark.parametrize(
    ("resolution", "ratio", "expected"),
    [
        ("720p", "16:9", (1280, 720)),
        ("720p", "9:16", (720, 1280)),
        ("720p", "1:1", (720, 720)),
        ("1080p", "16:9", (1920, 1080)),
        ("480p", "16:9", (854, 480)),
        ("4k", "16:9", (3840, 2160)),
        (None, "auto", (1280, 720)),
    ],
)
def test_named_sizes(resolution: str | None, ratio: str, expected: tuple[int, int]) -> None:
    assert shape.size(resolution, shape.ratio_of(ratio)) == expected
