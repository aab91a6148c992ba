"""In the live dialect too: what `check` lets through is queued, and what it stops is refused at the same field."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.live.schema import QUEUE, QUOTE, against_the_schema
from tests.live.stock import fitting, make_stock
from tests.support.sandbox import Sandbox
from tests.venice.strategies import Stock, drafts, with_inputs
from tests.venice.test_check_against_sandbox import Judge
from venice_studio.domain.checks import check
from venice_studio.domain.fitting import fit_to
from venice_studio.domain.inputs import RULES, Role
from venice_studio.domain.media import Element, Keyframe, Medium
from venice_studio.domain.model import Dialect, VideoModel
from venice_studio.domain.request import GenerationRequest
from venice_studio.venice.body import body_of
from venice_studio.venice.catalog import builtin
from venice_studio.venice.wire import bodies

MODELS = builtin(Dialect.LIVE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def stock(folder: Path) -> Stock:
    return make_stock(folder)


@pytest.fixture(scope="module")
def judge(folder: Path, stock: Stock) -> Iterator[Judge]:
    # At its real pace nothing comes to its end while it is looked at.
    with Sandbox("--dialect", "live", speed=1) as sandbox, asyncio.Runner() as loop, ThreadPoolExecutor(1) as disk:
        yield Judge(sandbox, folder, stock.pictures[0], loop, disk)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_two_judge_alike(judge: Judge, stock: Stock, model: VideoModel, data: st.DataObject) -> None:
    frames = st.none() | st.just(judge.shown)
    request = data.draw(drafts(model, frames).flatmap(lambda draft: with_inputs(draft, model, stock)))
    if request.prompt.strip() and len(request.prompt) < 100:
        request = replace(request, prompt=f"{request.prompt} [[fail]]")  # so that nothing is drawn
    ours = {fault.field for fault in check(request, model, Dialect.LIVE)}
    assert judge.refused_fields(request) == ours - never_refused(request, model)


def never_refused(request: GenerationRequest, model: VideoModel) -> set[str]:
    """What we stop although the service would say nothing.

    It never sees a seed; it passes over a switch for sound where there is none, unless it is told to be silent where
    it cannot; 4k is 4K to it; what is enlarged is as long as its video, whatever is asked for, and has a prompt of
    our making.
    """
    passed_over = {"seed"}
    if not (model.sound and request.sound is False):
        passed_over.add("audio")
    if request.resolution == "4k" and "4K" in model.resolutions:
        passed_over.add("resolution")
    if model.upscale_factors or (model.takes(Role.SOURCE_VIDEO) and request.duration is None):
        passed_over.add("duration")
    if request.upscale_factor and not request.prompt:
        passed_over.add("prompt")
    return passed_over


def with_everything(model: VideoModel, stock: Stock) -> GenerationRequest:
    """A request that has all that the model takes."""
    files = fitting(stock)
    draft = GenerationRequest(model=model.id, prompt="A quiet sea [[fail]]")
    request, _ = fit_to(draft, model, Dialect.LIVE)
    for role in (role for role in Role if model.takes(role)):
        (file,) = files.of(role)
        item: Any = {
            Role.ELEMENTS: Element(frontal=files.pictures[0], references=files.pictures),
            Role.KEYFRAMES: Keyframe(picture=files.pictures[0], frame_index=24),
        }.get(role, file)
        given: dict[str, Any] = {role.value: item if RULES[role].single else (item,)}
        request = replace(request, **given)
    return request


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)
def test_all_that_a_model_takes_is_valid_and_charged_as_quoted(judge: Judge, stock: Stock, model: VideoModel) -> None:
    request = with_everything(model, stock)
    assert check(request, model, Dialect.LIVE) == ()
    for body, known in ((bodies.queue_body(request, Dialect.LIVE), QUEUE), (bodies.quote_body(request), QUOTE)):
        assert list(against_the_schema(sent(body), known)) == []
    quoted, charged = judge.prices(request)
    assert quoted == charged > 0


def sent(tree: Mapping[str, bodies.Value]) -> dict[str, Any]:
    """A body as it goes out, but for what is in the files."""
    parts = [b"" if isinstance(part, Medium) else part for part in body_of(tree).parts]
    body: dict[str, Any] = json.loads(b"".join(parts))
    return body
