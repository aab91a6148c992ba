"""In the live dialect too: what `check` lets through is queued, and what it stops is refused at the same field."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.support.sandbox import Sandbox
from tests.venice.conftest import picture
from tests.venice.strategies import drafts
from tests.venice.test_check_against_sandbox import Judge
from venice_studio.domain.checks import check
from venice_studio.domain.model import Basis, Dialect, VideoModel
from venice_studio.domain.request import GenerationRequest
from venice_studio.venice.catalog import builtin

MODELS = tuple(model for model in builtin(Dialect.LIVE) if model.basis is Basis.FRAMES)


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    folder = tmp_path_factory.mktemp("pictures")
    drawn = BytesIO()
    Image.new("RGB", (640, 360), "teal").save(drawn, "png")
    with Sandbox("--dialect", "live") as sandbox, asyncio.Runner() as loop, ThreadPoolExecutor(1) as disk:
        yield Judge(sandbox, folder, picture(folder, drawn.getvalue()), loop, disk)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_two_judge_alike(judge: Judge, model: VideoModel, data: st.DataObject) -> None:
    frames = st.none() | st.just(judge.shown)
    request = replace(data.draw(drafts(model, frames)), end_frame=data.draw(frames))
    if request.prompt.strip() and len(request.prompt) < 100:
        request = replace(request, prompt=f"{request.prompt} [[fail]]")  # so that nothing is drawn
    ours = {fault.field for fault in check(request, model, Dialect.LIVE)}
    assert judge.refused_fields(request) == ours - never_refused(request, model)


def never_refused(request: GenerationRequest, model: VideoModel) -> set[str]:
    """What we stop although the service would say nothing.

    It never sees a seed; it passes over a switch for sound where there is none, unless it is told to be silent where
    it cannot; and 4k is 4K to it.
    """
    passed_over = {"seed"}
    if not (model.sound and request.sound is False):
        passed_over.add("audio")
    if request.resolution == "4k" and "4K" in model.resolutions:
        passed_over.add("resolution")
    return passed_over


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)
def test_a_draft_without_fault_is_queued(judge: Judge, model: VideoModel) -> None:
    frame = judge.shown if model.start_frame != "never" else None
    request = GenerationRequest(
        model=model.id,
        prompt="A quiet sea [[fail]]",
        duration=model.durations[0],
        resolution=model.resolutions[-1] if model.resolutions else None,
        aspect_ratio=model.aspect_ratios[-1] if model.aspect_ratios else None,
        sound=False if model.sound_configurable else None,
        start_frame=frame,
        end_frame=judge.shown if model.end_frame else None,
    )
    assert check(request, model, Dialect.LIVE) == ()
    assert judge.refused_fields(request) == frozenset()
