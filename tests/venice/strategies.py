"""JSON of every kind, honest answers, and drafts: what hypothesis draws from."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from venice_studio.domain.inputs import RULES, Material, Role
from venice_studio.domain.media import Element, Keyframe, Picture, Sound, Video
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """Files that really are there."""

    pictures: tuple[Picture, ...]
    sounds: tuple[Sound, ...]
    videos: tuple[Video, ...]

    def of(self, role: Role) -> tuple[Picture, ...] | tuple[Sound, ...] | tuple[Video, ...]:
        """What can be put in a role."""
        match RULES[role].material:
            case Material.PICTURE:
                return self.pictures
            case Material.SOUND:
                return self.sounds
            case Material.VIDEO:
                return self.videos


def with_inputs(request: GenerationRequest, model: VideoModel, stock: Stock) -> st.SearchStrategy[GenerationRequest]:
    """`request` with inputs in every role that `model` takes, often one too many, seldom where it takes none."""
    roles = {role.value: _inputs(role, model, stock) for role in Role}
    upscaling = {"upscale_factor": st.sampled_from([1, 2, 4]) if model.upscale_factors else _seldom(st.just(2), None)}
    return st.fixed_dictionaries({**roles, **upscaling}).map(lambda inputs: replace(request, **inputs))


def _inputs(role: Role, model: VideoModel, stock: Stock) -> st.SearchStrategy[Any]:
    files: st.SearchStrategy[Any] = st.sampled_from(stock.of(role))
    if role is Role.ELEMENTS:
        pictures = st.sampled_from(stock.pictures)
        files = st.builds(
            Element, frontal=_seldom(st.none(), pictures), references=st.lists(pictures, max_size=4).map(tuple)
        )
    if role is Role.KEYFRAMES:
        files = st.builds(Keyframe, picture=files, frame_index=st.integers(0, 400))
    single, taken = RULES[role].single, model.takes(role)
    most = model.count(role) + 1 if taken else 1
    some = files if single else st.lists(files, min_size=1, max_size=most).map(tuple)
    nothing = None if single else ()
    return st.none() | some if taken and single else st.just(()) | some if taken else _seldom(some, nothing)


def _seldom(odd: st.SearchStrategy[Any], usual: Any) -> st.SearchStrategy[Any]:
    usually = usual if isinstance(usual, st.SearchStrategy) else st.just(usual)
    return st.integers(0, 11).flatmap(lambda number: odd if number == 11 else usually)
