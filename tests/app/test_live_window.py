"""The window before a service that speaks the live dialect: what it offers, and its refusals in its own words."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from tests.app.sitting import PATIENCE_S, Sitting, sit
from tests.support.faulty_server import told
from tests.support.recording_proxy import RecordingProxy
from tests.support.sandbox import Sandbox, fresh_key
from tests.support.scripted_service import QUEUE, ScriptedService
from tests.ui.driving import click, until
from venice_studio.domain.job import Doubtful, Failed, JobState, Refused, Saved
from venice_studio.domain.model import Basis, Dialect
from venice_studio.domain.problem import Cost

SILENT = "longcat-distilled-text-to-video"
ALWAYS_LOUD = "sora-2-text-to-video"
PRIVATE = "wan-2.2-a14b-text-to-video"


@pytest.fixture(scope="module")
def live() -> Iterator[Sandbox]:
    with Sandbox("--dialect", "live", speed=100) as running:
        yield running


async def choose(sitting: Sitting, model: str) -> None:
    """Choose a model and wait until its price is there."""
    composer = sitting.studio.composer
    await until(lambda: composer.dialect.value is Dialect.LIVE, PATIENCE_S)
    await until(lambda: any(known.id == model for known in composer.models.value), PATIENCE_S)
    composer.choose_model(model)
    await until(lambda: composer.draft.value.model == model)


async def press(sitting: Sitting, button: str) -> None:
    """Wait for a button of these words to be in sight, and press it."""

    def found() -> list[QAbstractButton]:
        buttons = sitting.window.findChildren(QAbstractButton)
        return [each for each in buttons if each.isVisible() and each.text() == button]

    await until(lambda: bool(found()), PATIENCE_S)
    click(found()[0])


async def test_a_private_models_clip_comes_and_plays(live: Sandbox, tmp_path: Path) -> None:
    async with RecordingProxy(live.base_url) as service, sit(tmp_path, service.base_url) as sitting:
        await choose(sitting, PRIVATE)
        await sitting.generate_clip()
        saved = await sitting.until_state(Saved)
        await sitting.watch_playing(saved)

        assert service.asked("/video/queue") == 1
        [fetched] = [done for done in service.exchanges if done.path.startswith("/downloads/")]
        assert Path(saved.clip.path).read_bytes() == fetched.answer


async def test_only_what_the_model_and_the_service_have_is_offered(live: Sandbox, tmp_path: Path) -> None:
    async with sit(tmp_path, live.base_url) as sitting:
        toggle, seed = sitting.find(QWidget, "audioToggle"), sitting.find(QWidget, "seedEdit")
        models = {}
        for model in (SILENT, ALWAYS_LOUD):
            await choose(sitting, model)
            models[model] = toggle.isVisible()
            assert not seed.isVisible()
        configurable = next(
            model
            for model in sitting.studio.composer.models.value
            if model.sound_configurable and model.basis is Basis.FRAMES
        )
        await choose(sitting, configurable.id)
        models[configurable.id] = toggle.isVisible()
        assert models == {SILENT: False, ALWAYS_LOUD: False, configurable.id: True}
        assert not seed.isVisible()
        assert sitting.find(QWidget, "takesField").isVisible()


@dataclass(frozen=True)
class Case:
    """What a trigger in the prompt brings about."""

    state: type[JobState]
    cost: Cost
    said: tuple[str, ...]
    button: str = ""


FREE = "Nothing was charged."
LOST = "It may have been charged, so it is not sent again by itself."
CASES = {
    "401": Case(Refused, Cost.NOT_CHARGED, ("This model is only available to Pro users.", FREE), "Connect…"),
    "402-usd": Case(Refused, Cost.NOT_CHARGED, ("API key USD spend limit exceeded.", FREE)),
    "402-diem": Case(Refused, Cost.NOT_CHARGED, ("API key DIEM spend limit exceeded.", FREE)),
    "403": Case(Refused, Cost.NOT_CHARGED, ("The specified model is unavailable in your region.", FREE)),
    "409": Case(Refused, Cost.NOT_CHARGED, ("Additional consent is required for this request.", FREE)),
    "422": Case(
        Refused,
        Cost.NOT_CHARGED,
        ("This was refused.", FREE),
        "Use the suggested prompt",
    ),
    "fail-queue": Case(Refused, Cost.REFUNDED, ("Your credits have been refunded.", "It was charged and paid back.")),
    "502-object": Case(Doubtful, Cost.UNKNOWN, ("Inference processing failed.", LOST)),
    "503-queue": Case(Doubtful, Cost.UNKNOWN, ("The model is at capacity.", LOST)),
    "504-queue": Case(Doubtful, Cost.UNKNOWN, ("It answered 504", LOST)),
}


@pytest.mark.parametrize("trigger", CASES)
async def test_a_refusal_is_said_in_the_services_words_with_its_cost(
    live: Sandbox, tmp_path: Path, trigger: str
) -> None:
    case = CASES[trigger]
    async with RecordingProxy(live.base_url) as service, sit(tmp_path, service.base_url) as sitting:
        await choose(sitting, SILENT)
        job = await sitting.generate_clip(f"A quiet sea [[{trigger}]]")

        assert isinstance(job.state, case.state)
        assert job.cost is case.cost
        await until(lambda: all(words in sitting.said("composeBanner") for words in case.said))
        buttons = [button.text() for button in sitting.find(QWidget, "composeBanner").findChildren(QAbstractButton)]
        assert case.button in [*buttons, ""]
        assert sitting.jobs[-1].state == job.state
        assert service.asked("/video/queue") == 1


async def test_a_short_balance_says_price_and_balance(live: Sandbox, tmp_path: Path) -> None:
    async with sit(tmp_path, live.base_url, f"poor-{fresh_key()}") as sitting:
        await choose(sitting, ALWAYS_LOUD)
        job = await sitting.generate_clip()
        assert isinstance(job.state, Refused)
        await until(lambda: "your account holds $0.10" in sitting.said("composeBanner"))
        assert "more than you have" in sitting.said("composeBanner")


async def test_the_suggested_prompt_is_one_press_away(live: Sandbox, tmp_path: Path) -> None:
    async with sit(tmp_path, live.base_url) as sitting:
        await choose(sitting, SILENT)
        await sitting.generate_clip("A quiet sea [[422]]")
        await press(sitting, "Use the suggested prompt")
        await until(lambda: sitting.studio.composer.draft.value.prompt == "A calm sea at sunset.")
        assert len(sitting.jobs) == 1


async def test_a_late_refusal_says_what_became_of_the_money_and_what_to_try(live: Sandbox, tmp_path: Path) -> None:
    async with sit(tmp_path, live.base_url) as sitting:
        await choose(sitting, SILENT)
        await sitting.generate_clip("A quiet sea [[422-late]]")
        failed = await sitting.until_state(Failed)

        assert failed.problem.cost is Cost.REFUNDED
        words = sitting.find(QLabel, "problemText")
        await until(lambda: words.isVisible() and "Credits have been refunded." in words.text())
        assert "rejected this request due to its content policies" in words.text()
        other = failed.problem.recommended_model
        [name] = [known.name for known in sitting.studio.composer.models.value if known.id == other]
        await press(sitting, f"Use {name}")
        await until(lambda: sitting.studio.composer.draft.value.model == other)
        assert sitting.studio.composer.draft.value.prompt == "A quiet sea [[422-late]]"
        assert len(sitting.jobs) == 1


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (413, {"error": "File exceeds the maximum allowed size of 25 MB.", "code": "PAYLOAD_TOO_LARGE"}),
        (415, {"error": "Unsupported content type: send application/json."}),
    ],
)
async def test_what_our_own_checks_prevent_is_said_all_the_same(
    tmp_path: Path, status: int, body: dict[str, str]
) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        service.next(QUEUE, told(body, status))
        job = await sitting.generate_clip()
        assert isinstance(job.state, Refused)
        await until(lambda: body["error"] in sitting.said("composeBanner"))
        assert FREE in sitting.said("composeBanner")
        assert service.count(QUEUE) == 1
