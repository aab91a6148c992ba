"""What the service refuses: which input it was, what became of the money, what would be taken instead."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton

from tests.app.sitting import Sitting, sit
from tests.app.test_live_window import choose, press
from tests.support.faulty_server import told
from tests.support.sandbox import Sandbox
from tests.support.scripted_service import QUEUE, RETRIEVE, ScriptedService
from tests.ui.driving import until
from venice_studio.domain.job import Failed, Refused
from venice_studio.domain.problem import Cost


@pytest.fixture(scope="module")
def live() -> Iterator[Sandbox]:
    with Sandbox("--dialect", "live", "--fault", "short", speed=100) as running:
        yield running


def buttons(sitting: Sitting) -> list[str]:
    return [each.text() for each in sitting.window.findChildren(QAbstractButton) if each.isVisible()]


def rejection(**facts: Any) -> dict[str, Any]:
    return {"error": {"message": "The provider said no.", "type": "provider_content_policy", **facts}}


async def refuse(sitting: Sitting, service: ScriptedService, body: object, status: int = 422) -> None:
    service.next(QUEUE, told(body, status))
    job = await sitting.generate_clip()
    assert isinstance(job.state, Refused)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"error": "No.", "suggested_prompt": "A calm sea."}, "Refused: prompt."),
        (
            {"error": "No.", "issues": [{"path": ["reference_image_urls", 2], "message": "A face"}]},
            "reference picture 3",
        ),
        ({"error": "No.", "face_media_roles": ["image", "end_image"]}, "Refused: start frame, end frame."),
        ({"error": "No.", "details": {"elements": {"1": {"_errors": ["A face"]}}}}, "Refused: element 2."),
        ({"error": "No.", "issues": [{"path": ["hologram_url"], "message": "What"}]}, "Refused: hologram url."),
    ],
)
async def test_the_card_names_what_was_refused(tmp_path: Path, body: object, said: str) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        await refuse(sitting, service, body)
        await until(lambda: said in sitting.said("stage"))
        assert "Not charged." in sitting.said("stage")


async def test_the_suggested_prompt_fills_the_form_and_can_be_undone(live: Sandbox, tmp_path: Path) -> None:
    async with sit(tmp_path, live.base_url) as sitting:
        await sitting.generate_clip("A quiet sea [[422]]")
        assert "Your prompt violates the content policy" in sitting.problem_at("promptEdit")
        composer, before = sitting.studio.composer, sitting.studio.composer.draft.value
        composer.set_takes(2)
        await press(sitting, "Use the suggested prompt")
        await until(lambda: composer.draft.value.prompt == "A calm sea at sunset.")
        assert composer.takes.value == 2
        assert sitting.problem_at("promptEdit") == ""
        assert len(sitting.jobs) == 1
        composer.undo()
        assert composer.draft.value == before


@pytest.mark.parametrize(
    ("facts", "cost", "said"),
    [
        ({"credits_refunded": True}, Cost.REFUNDED, "$0.44 was charged and came back."),
        ({"credits_refunded": False}, Cost.CHARGED, "$0.44 was charged when Venice took it."),
        ({}, Cost.UNKNOWN, "It may have been charged: $0.44. Venice did not say."),
    ],
)
async def test_a_late_refusal_says_what_became_of_the_money_and_stands_at_its_field(
    tmp_path: Path, facts: dict[str, Any], cost: Cost, said: str
) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        service.always(
            RETRIEVE, told({**rejection(**facts), "issues": [{"path": ["prompt"], "message": "A name"}]}, 422)
        )
        await sitting.generate_clip()
        await sitting.until_state(Failed)
        assert sitting.jobs[-1].cost is cost
        await until(lambda: said in sitting.said("stage"))
        assert "Prompt: A name" in sitting.said("stage")
        assert sitting.problem_at("promptEdit") == "A name"
        await sitting.write("Something else")
        assert sitting.problem_at("promptEdit") == ""
        # Who comes back to it is told again.
        sitting.studio.reuse(sitting.jobs[-1].id)
        await until(lambda: sitting.problem_at("promptEdit") == "A name")


async def test_the_recommended_model_is_named_taken_and_told(live: Sandbox, tmp_path: Path) -> None:
    async with sit(tmp_path, live.base_url) as sitting:
        await choose(sitting, "grok-imagine-text-to-video")
        await sitting.generate_clip("A quiet sea [[422-late]]")
        failed = await sitting.until_state(Failed)
        composer = sitting.studio.composer
        other = next(it for it in composer.models.value if it.id == failed.problem.recommended_model)
        before = composer.draft.value
        await press(sitting, f"Use {other.name}")
        await until(lambda: composer.draft.value.model == other.id)
        await until(lambda: "The form has the recommended model now. Nothing was sent." in sitting.said("stage"))
        assert composer.faults == ()
        assert len(sitting.jobs) == 1
        composer.undo()
        assert composer.draft.value == before


async def test_a_recommended_model_that_is_not_listed_is_said_and_changes_nothing(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        await refuse(sitting, service, rejection(recommended_model="nobody-knows-it"))
        assert "Venice recommends nobody-knows-it, which is not in its list" in sitting.said("stage")
        before = sitting.studio.composer.draft.value
        await press(sitting, "Use nobody-knows-it")
        await until(lambda: "nobody-knows-it is not in Venice's list" in sitting.said("stage"))
        assert sitting.studio.composer.draft.value == before


async def test_a_refusal_at_once_that_kept_the_money_says_so_and_still_helps(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        service.next(QUEUE, told({**rejection(credits_refunded=False), "suggested_prompt": "A calm sea."}, 422))
        job = await sitting.generate_clip()
        assert job.cost is Cost.CHARGED
        await until(lambda: "This clip was charged and not made" in sitting.said("stage"))
        assert "$0.44 was charged when Venice took it." in sitting.said("stage")
        await press(sitting, "Use the suggested prompt")
        await until(lambda: sitting.studio.composer.draft.value.prompt == "A calm sea.")
        assert service.count(QUEUE) == 1
