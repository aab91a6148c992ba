"""The least that can be asked of a model."""

import pytest

from venice_studio.domain.checks import check
from venice_studio.domain.model import Basis, Dialect, VideoModel
from venice_studio.domain.smallest import smallest
from venice_studio.venice.catalog import builtin


@pytest.mark.parametrize("model", [*builtin(Dialect.LIVE), *builtin(Dialect.REFERENCE)], ids=lambda model: model.id)
def test_it_is_a_request_that_only_lacks_words_and_inputs(model: VideoModel) -> None:
    least = smallest(model)
    if least is None:
        assert model.upscale_factors
        return
    inputs = {"prompt", "image_url", "end_image_url", "video_url", "reference_image_urls", "elements"}
    assert {fault.field for fault in check(least, model)} <= inputs
    assert least.sound is (False if model.sound_configurable else None)
    assert model.basis is not Basis.VIDEO or not model.upscale_factors


def test_the_shortest_at_the_lowest_resolution() -> None:
    model = VideoModel(id="m", name="M", durations=("Auto", "10s", "5s"), resolutions=("4k", "true_1080p", "480p"))
    least = smallest(model)
    assert least is not None
    assert (least.duration, least.resolution) == ("5s", "480p")


def test_words_that_name_no_length_are_taken_where_there_is_nothing_else() -> None:
    least = smallest(VideoModel(id="m", name="M", durations=("1 gen",), resolutions=("HD",)))
    assert least is not None
    assert (least.duration, least.resolution) == ("1 gen", "HD")
