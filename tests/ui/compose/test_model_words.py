"""What the picker says of models."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from venice_studio.domain.family import Family
from venice_studio.domain.inputs import Need
from venice_studio.domain.listing import Freshness
from venice_studio.domain.model import VideoModel
from venice_studio.domain.quote import Quote
from venice_studio.ui.compose import model_words

TEXT = VideoModel(id="t", name="Nova", durations=("5s", "10s"), resolutions=("1080p", "720p"), sound=True)
PICTURE = VideoModel(id="p", name="Nova", durations=("5s", "15s"), resolutions=("720p",), start_frame=Need.MUST)
FOLLOWING = VideoModel(id="r", name="Nova R2V", durations=("Auto",), inputs=frozenset({"reference_image_urls"}))
WORKING = VideoModel(id="v", name="Nova V2V", durations=("Auto",), inputs=frozenset({"video_url"}))
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 14, 30).astimezone()


def family(*models: VideoModel) -> Family:
    return Family(name="Nova", variants=models)


@pytest.mark.parametrize(
    ("model", "with_picture", "said"),
    [
        (TEXT, False, "from text"),
        (PICTURE, False, "from a picture"),
        (VideoModel(id="b", name="Both", start_frame=Need.MAY), True, "from a picture"),
        (VideoModel(id="b", name="Both", start_frame=Need.MAY), False, "from text"),
        (FOLLOWING, False, "follows references"),
        (WORKING, False, "from a video"),
    ],
)
def test_the_badge_says_what_the_variant_starts_from(model: VideoModel, with_picture: bool, said: str) -> None:
    assert model_words.badge(model, with_picture=with_picture) == said


@pytest.mark.parametrize(
    ("models", "said"),
    [
        ((TEXT, PICTURE), "text, picture · 5, 10, 15 s · 720p, 1080p · sound"),
        ((FOLLOWING,), "references · auto"),
        ((WORKING,), "video · auto"),
        ((TEXT, FOLLOWING, WORKING), "text, references, video · 5, 10 s, auto · 720p, 1080p · sound"),
        ((VideoModel(id="bare", name="Bare"),), "text"),
    ],
)
def test_the_facts_at_a_glance(models: tuple[VideoModel, ...], said: str) -> None:
    assert model_words.facts(family(*models)) == said


@pytest.mark.parametrize(
    ("durations", "said"),
    [
        ((), ""),
        (("5s",), "5 s"),
        (("10s", "5s"), "5, 10 s"),
        (tuple(f"{length}s" for length in range(1, 31)), "1–30 s"),
        (("-1", "Auto", "auto"), "auto"),
        (("1 gen",), "1 gen"),
        (("4s", "-1"), "4 s, auto"),
        (("2.5s",), "2.5 s"),
    ],
)
def test_lengths(durations: tuple[str, ...], said: str) -> None:
    assert model_words.lengths(durations) == said


@pytest.mark.parametrize(
    ("resolutions", "said"),
    [
        ((), ""),
        (("1080p", "720p"), "720p, 1080p"),
        (("4k", "4K"), "4K"),
        (("2K", "768P", "480p", "4K"), "480p–4K"),
        (("true_1080p",), "1080p (true)"),
    ],
)
def test_sizes(resolutions: tuple[str, ...], said: str) -> None:
    assert model_words.sizes(resolutions) == said


def test_who_gets_to_see_what_is_sent() -> None:
    private = VideoModel(id="q", name="Nova", private=True)
    assert model_words.privacy(family(private)) == "private"
    assert model_words.privacy(family(TEXT)) == "anonymised"
    assert model_words.privacy(family(TEXT, private)) == "partly private"


def test_marks() -> None:
    def marks(**facts: object) -> list[str]:
        model = VideoModel(id="m", name="M", **facts)  # type: ignore[arg-type]
        return [words for words, _ in model_words.marks(family(model), TODAY)]

    assert marks() == []
    assert marks(offline=True, beta=True) == ["offline", "beta"]
    assert marks(goes_away_on=date(2026, 12, 1)) == ["goes 1 Dec"]
    assert marks(goes_away_on=date(2026, 12, 1), warned_from=date(2026, 11, 23)) == []
    assert marks(replacement="n") == ["going away"]
    assert marks(goes_away_on=TODAY) == ["going away"]
    assert marks(regions=("US",)) == ["US only"]
    assert marks(regions=("US", "CA", "MX")) == ["US, CA… only"]


def test_one_variant_that_can_be_had_is_enough() -> None:
    offline = VideoModel(id="o", name="Nova", offline=True, replacement="x", regions=("US",))
    assert model_words.marks(family(offline, TEXT), TODAY) == ()


def test_when_a_model_goes_away() -> None:
    def said(**facts: object) -> str:
        return model_words.ending(VideoModel(id="m", name="Sora 2", **facts), TODAY)  # type: ignore[arg-type]

    assert said(goes_away_on=date(2026, 12, 1)) == "Sora 2 goes away on 1 Dec."
    assert said(goes_away_on=date(2026, 9, 24)) == "Sora 2 was to go away on 24 Sep."
    assert said(replacement="x") == "Sora 2 goes away."


def test_what_it_costs_at_least() -> None:
    assert model_words.price_from(Quote(amount=Decimal("0.44"))) == "from $0.44"
    assert model_words.price_from(None) == ""


def test_everything_else_there_is_to_know() -> None:
    model = VideoModel(
        id="m", name="M", maker="Nova Labs", description="Quick.", prompt_limit=20_000, uncensored=True, regions=("US",)
    )
    assert model_words.details(family(model)).splitlines() == [
        "Quick.",
        "Made by Nova Labs.",
        "Anonymised: its maker gets your prompt and pictures, without your name.",
        "Prompts of up to 20,000 characters.",
        "Uncensored.",
        "To be had in US only.",
    ]


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (Freshness(), "The models known without asking"),
        (Freshness(reached=False), "The models known without asking: the service cannot be reached"),
        (Freshness(as_of=NOW - timedelta(minutes=20)), "Models as of 14:10"),
        (
            Freshness(as_of=NOW - timedelta(minutes=20), reached=False),
            "Models as of 14:10, the service cannot be reached",
        ),
        (
            Freshness(as_of=NOW - timedelta(days=1), reached=False),
            "Models from yesterday, the service cannot be reached",
        ),
        (Freshness(as_of=NOW - timedelta(days=10)), "Models from 12 Nov"),
        (Freshness(as_of=NOW + timedelta(minutes=5)), "Models as of 14:35"),
    ],
)
def test_how_old_the_models_are(of: Freshness, said: str) -> None:
    assert model_words.freshness(of, NOW.astimezone(UTC)) == said
