"""Models and drafts of every kind: what hypothesis draws from."""

from decimal import Decimal

from hypothesis import strategies as st

from venice_studio.domain.inputs import Need
from venice_studio.domain.media import Picture
from venice_studio.domain.model import VideoModel
from venice_studio.domain.request import GenerationRequest

DURATIONS = ("1s", "4s", "5s", "8s", "10s", "12s", "30s", "Auto", "auto", "-1", "1 gen")
RESOLUTIONS = ("256p", "480p", "720p", "1080p", "2160p", "4k", "4K", "2K", "768P", "true_1080p", "2x")
RATIOS = ("1:1", "2:3", "3:4", "9:16", "16:9", "21:9", "9:21", "adaptive", "auto")

amounts = st.decimals(min_value=Decimal("0.0001"), max_value=Decimal(10**6), places=4)


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """Some of `values`, in any order, each once."""
    return st.lists(st.sampled_from(values), unique=True).map(tuple)


pictures = st.builds(
    Picture,
    sha256=st.just("ab" * 32),
    mime=st.just("image/png"),
    width=st.integers(1, 9000),
    height=st.integers(1, 9000),
    size=st.integers(1, 10**8),
    name=st.just("cat.png"),
    as_is=st.booleans(),
)

models = st.builds(
    VideoModel,
    id=st.sampled_from(["a", "b", "c-text-to-video", "c-image-to-video"]),
    name=st.sampled_from(["Alpha", "Beta"]),
    durations=some(DURATIONS),
    resolutions=some(RESOLUTIONS),
    aspect_ratios=some(RATIOS),
    sound=st.booleans(),
    sound_configurable=st.booleans(),
    start_frame=st.sampled_from(Need),
    end_frame=st.booleans(),
    prompt_limit=st.integers(1, 60),
    offline=st.booleans(),
)

drafts = st.builds(
    GenerationRequest,
    model=st.just("x"),
    prompt=st.text(max_size=80),
    negative_prompt=st.text(max_size=80),
    duration=st.none() | st.sampled_from(DURATIONS) | st.text(max_size=5),
    resolution=st.none() | st.sampled_from(RESOLUTIONS) | st.text(max_size=5),
    aspect_ratio=st.none() | st.sampled_from(RATIOS) | st.text(max_size=5),
    sound=st.none() | st.booleans(),
    seed=st.none() | st.integers(0, 2**31 - 1),
    start_frame=st.none() | pictures,
    end_frame=st.none() | pictures,
)
