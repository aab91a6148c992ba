"""What another choice would cost is said at that choice, from real prices."""

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QRadioButton, QWidget

from tests.support.fake_service import MODELS, FakeService
from tests.ui.compose.conftest import Bench, click
from tests.ui.driving import middle_of_words
from venice_studio.domain.inputs import Need
from venice_studio.domain.model import VideoModel
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.domain.quote import Quote, QuoteFailed
from venice_studio.domain.request import GenerationRequest
from venice_studio.ui.widgets import ChoiceField, Field


class PricedService(FakeService):
    """Ten cents a second, twice that in 1080p, five more with sound."""

    async def quote(self, request: GenerationRequest) -> Quote:
        await super().quote(request)
        cents = int((request.duration or "5s").removesuffix("s")) * (20 if request.resolution == "1080p" else 10)
        return Quote(amount=Decimal(cents + 5 * bool(request.sound)) / 100)


@pytest.fixture
def service() -> PricedService:
    return PricedService()


@pytest.fixture
def alternatives() -> int:
    return 6


def said(bench: Bench, name: str) -> dict[str, str]:
    """The hint of each segment, as its tooltip says it."""
    buttons = bench.find(name).findChildren(QRadioButton)
    return {button.text(): button.toolTip() for button in buttons}


def notes(field: Field) -> list[str]:
    labels = field.findChildren(QLabel)
    return [label.text() for label in labels if label.property("role") == "hint" and label.isVisible()]


def slots(bench: Bench) -> dict[str, tuple[int, int, int, int]]:
    rects = {name: bench.find(name).geometry() for name in ("durationField", "resolutionField", "takesField")}
    return {name: (rect.x(), rect.y(), rect.width(), rect.height()) for name, rect in rects.items()}


async def test_each_duration_and_resolution_says_what_it_would_cost(bench: Bench) -> None:
    durations, resolutions = said(bench, "durationField"), said(bench, "resolutionField")
    assert "5 s: $0.55" in durations["5 s"]
    assert "10 s: $0.50 more, $1.05" in durations["10 s"]
    assert "1080p: $0.50 more, $1.05" in resolutions["1080p"]


async def test_without_a_price_no_room_is_kept_for_one(bench: Bench) -> None:
    ten = next(each for each in bench.find("durationField").findChildren(QRadioButton) if each.text() == "10 s")
    bench.service.answer("quote", Trouble(Problem(kind=Kind.SERVICE, message="Broken.")))
    bench.whole.studio.quoter.again()
    await bench.settle()
    assert isinstance(bench.whole.studio.quoter.state.value, QuoteFailed)
    assert abs(middle_of_words(ten)) < 2


async def test_screen_readers_hear_it_too(bench: Bench) -> None:
    descriptions = [button.accessibleDescription() for button in bench.find("durationField").findChildren(QRadioButton)]
    assert descriptions == ["Duration, 5 s: $0.55", "Duration, 10 s: $0.50 more, $1.05"]
    assert bench.find("audioToggle").accessibleDescription() == "Without sound: $0.05 less, $0.50"


async def test_the_price_of_sound_is_said_at_its_switch(bench: Bench) -> None:
    field = bench.pane.form.details.sound_field
    assert notes(field) == ["\N{MINUS SIGN}$0.05 without"]
    click(bench.find("audioToggle"))
    await bench.settle()
    assert notes(field) == ["+$0.05"]


async def test_it_is_the_difference_for_all_takes_together(bench: Bench) -> None:
    bench.composer.set_takes(3)
    await bench.settle()
    assert "10 s: $1.50 more, $3.15" in said(bench, "durationField")["10 s"]


async def test_nothing_is_said_that_nobody_knows_and_nothing_moves_when_it_comes(bench: Bench) -> None:
    places = slots(bench)
    bench.service.answer("quote", *[Trouble(Problem(kind=Kind.SERVICE, message="Broken."))] * 20)
    bench.whole.studio.quoter.again()
    await bench.settle()
    assert set(said(bench, "durationField").values()) == {""}
    assert notes(bench.pane.form.details.sound_field) == []
    assert slots(bench) == places


async def test_on_a_slider_the_next_lengths_speak(bench: Bench) -> None:
    durations = tuple(f"{seconds}s" for seconds in range(3, 13))
    long = VideoModel(id="long", name="Long", start_frame=Need.MAY, durations=durations)
    bench.composer.set_models((*MODELS, long))
    bench.composer.choose_model("long")
    await bench.settle()
    assert notes(bench.pane.form.measures.duration_field) == ["4 s \N{MINUS SIGN}$0.10 · 6 s +$0.10"]


async def test_in_a_menu_too(bench: Bench) -> None:
    gaps = VideoModel(id="gaps", name="Gaps", start_frame=Need.MAY, durations=("5s", "8s", "10s", "15s", "18s"))
    bench.composer.set_models((*MODELS, gaps))
    bench.composer.choose_model("gaps")
    await bench.settle()
    field = bench.find("durationField")
    assert isinstance(field, ChoiceField)
    assert notes(bench.pane.form.measures.duration_field) == ["8 s +$0.30"]
    menu = field.findChild(QComboBox)
    assert isinstance(menu, QWidget)
    assert "8 s: $0.30 more, $0.80" in str(menu.itemData(1, 3))
