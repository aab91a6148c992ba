"""What the form begins with after a restart: the draft of before, unless somebody was quicker."""

from pathlib import Path

from tests.library.test_images import encoded, quarters
from tests.support.fake_service import MODELS
from tests.support.patience import until
from tests.support.whole_studio import WholeStudio
from venice_studio.domain.media import Picture
from venice_studio.domain.problem import Problem
from venice_studio.domain.request import GenerationRequest
from venice_studio.library.draft_file import Draft, DraftFile

PNG = encoded(quarters(160, 90), "PNG")


def studio(home: Path) -> WholeStudio:
    return WholeStudio(home, keeps_draft=True)


def draft(whole: WholeStudio) -> GenerationRequest:
    return whole.studio.composer.draft.value


def file(home: Path) -> Path:
    return home / "draft.json"


async def written(home: Path, **changes: object) -> GenerationRequest:
    """The draft of a run over `home` that has ended."""
    whole = studio(home)
    await whole.begin()
    whole.studio.composer.edit(**changes)
    whole.studio.composer.set_takes(3)
    request = draft(whole)
    await leave(whole)
    return request


async def leave(whole: WholeStudio) -> None:
    """Quit, as the program does."""
    await whole.studio.close()
    whole.parts.threads.close()


async def restarted(home: Path) -> WholeStudio:
    whole = studio(home)
    await whole.begin()
    return whole


async def test_what_was_being_written_is_there_again(tmp_path: Path) -> None:
    before = await written(tmp_path, prompt="A gondola", seed=7, model=MODELS[1].id)
    whole = await restarted(tmp_path)
    assert draft(whole) == before
    assert whole.studio.composer.takes.value == 3
    assert not whole.studio.composer.can_undo
    assert whole.studio.composer.switched.value is None
    await leave(whole)


async def test_it_is_written_while_it_is_being_written(tmp_path: Path) -> None:
    whole = await restarted(tmp_path)
    whole.studio.composer.edit(prompt="A gondola")
    await until(lambda: file(tmp_path).exists() and "A gondola" in file(tmp_path).read_text())
    whole.studio.composer.edit(prompt="Two gondolas")
    await until(lambda: "Two gondolas" in file(tmp_path).read_text())
    await leave(whole)


async def test_a_form_nobody_touched_writes_nothing(tmp_path: Path) -> None:
    whole = await restarted(tmp_path)
    await leave(whole)
    assert not file(tmp_path).exists()


async def test_who_is_quicker_than_the_disk_keeps_what_was_typed(tmp_path: Path) -> None:
    before = await written(tmp_path, prompt="A gondola")
    whole = studio(tmp_path)
    whole.studio.composer.edit(prompt="A cat")
    await whole.begin()
    assert draft(whole).prompt == "A cat"
    whole.studio.composer.undo()
    assert draft(whole) == before
    await leave(whole)


async def test_a_model_that_is_not_listed_is_told_and_what_is_on_disk_waits_for_it(tmp_path: Path) -> None:
    await written(tmp_path, prompt="A gondola")
    whole = studio(tmp_path)
    drafts = DraftFile(file(tmp_path), whole.parts.threads.disk)
    kept = Draft(request=GenerationRequest(model="tomorrow", prompt="A gondola", duration="5s"), takes=1)
    await drafts.keep(kept)
    await whole.begin()
    assert draft(whole).prompt == "A gondola"
    switch = whole.studio.composer.switched.value
    assert switch is not None
    assert switch.changes[0].before == "tomorrow (not on offer)"
    await leave(whole)
    assert "tomorrow" in file(tmp_path).read_text()


async def test_files_of_the_draft_stay_on_the_shelf_and_a_lost_one_is_told(tmp_path: Path) -> None:
    first = await restarted(tmp_path)
    picture = await first.studio.take_picture_bytes(PNG, "canal.png")
    first.studio.composer.edit(prompt="A gondola")
    await first.settle()
    await leave(first)

    second = await restarted(tmp_path)
    assert draft(second).start_frame == picture
    assert second.studio.pictures.file(picture).exists()
    assert isinstance(draft(second).start_frame, Picture)
    await leave(second)

    second.studio.pictures.file(picture).unlink()
    told: list[Problem] = []
    third = studio(tmp_path)
    third.studio.notice.connect(told.append)
    await third.begin()
    assert draft(third).start_frame is None
    assert draft(third).prompt == "A gondola"
    assert [problem.message for problem in told] == ["canal.png is not there any more. Everything else is in the form."]
    await leave(third)


async def test_what_the_draft_lets_go_of_leaves_the_shelf(tmp_path: Path) -> None:
    first = await restarted(tmp_path)
    picture = await first.studio.take_picture_bytes(PNG, "canal.png")
    await first.settle()
    await leave(first)
    second = await restarted(tmp_path)
    second.studio.start_frame.remove()
    await second.settle()
    await leave(second)
    third = await restarted(tmp_path)
    assert not third.studio.pictures.file(picture).exists()
    await leave(third)
