"""JSON of every kind, honest answers, and drafts: what hypothesis draws from."""

from decimal import Decimal

from hypothesis import strategies as st

from venice_studio.domain.media import Picture
from venice_studio.domain.model import VideoModel
from venice_studio.domain.request import SEED_MAX, GenerationRequest

# The names that the readers look for, so that junk reaches behind the first look.
_FIELDS = (
    "quote currency queueid queue_id model download_url status executionDuration execution_duration estimatedDuration "
    "average_execution_time error message details issues _errors path credits_refunded code canConsume balances usd "
    "diem consumptionCurrency data id type model_spec constraints durations resolutions aspect_ratios audio inputs "
    "audio_configurable model_type name privacy deprecation replacementModelId prompt_character_limit success"
)
_WORDS = st.sampled_from(
    ["PROCESSING", "Completed", "failed", "video", "5s", "https://x.test/a", "USD", "image-to-video"]
)

numbers = st.integers() | st.decimals(allow_nan=False) | st.integers(min_value=-(10**400), max_value=10**400)
leaves = st.none() | st.booleans() | numbers | st.text(st.characters(), max_size=20) | _WORDS
names = st.sampled_from(_FIELDS.split()) | st.text(max_size=8)
junk = st.recursive(
    leaves, lambda deeper: st.lists(deeper, max_size=4) | st.dictionaries(names, deeper, max_size=6), max_leaves=24
)

prices = st.decimals(min_value=Decimal("0"), max_value=Decimal("999.99"), places=2)
queue_ids = st.uuids().map(str) | st.text("abcdef0123456789-", min_size=1, max_size=60).filter(str.strip)
prompts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
milliseconds = st.integers(0, 10**9)


def pictures(max_size: int = 10**7) -> st.SearchStrategy[Picture]:
    """A picture that is only spoken of."""
    return st.builds(
        Picture,
        sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
        mime=st.sampled_from(["image/png", "image/jpeg", "image/webp"]),
        width=st.integers(1, 8000),
        height=st.integers(1, 8000),
        size=st.integers(1, max_size),
        name=st.just("cat.png"),
        as_is=st.booleans(),
    )


def drafts(
    model: VideoModel, start_frames: st.SearchStrategy[Picture | None], *, odd: bool = True
) -> st.SearchStrategy[GenerationRequest]:
    """Requests for `model`, right in most fields; with `odd` sometimes wrong in some."""

    def choice(offered: tuple[str, ...], wrong: tuple[str, ...]) -> st.SearchStrategy[str | None]:
        right = st.none() | st.sampled_from(offered) if offered else st.none()
        return right | st.sampled_from(wrong) if odd else right

    return st.builds(
        GenerationRequest,
        model=st.just(model.id),
        prompt=prompts | st.sampled_from(["", "  ", "x" * (model.prompt_limit + 1)]) if odd else prompts,
        negative_prompt=st.just("") | prompts,
        duration=choice(model.durations, ("7s", "5", "10S")),
        resolution=choice(model.resolutions, ("720P", "4k", "99p")),
        aspect_ratio=choice(model.aspect_ratios, ("2:7", "16x9")),
        sound=st.none() | st.booleans() if odd or model.sound_configurable else st.none(),
        seed=st.none() | st.integers(0, SEED_MAX),
        start_frame=start_frames,
    )
