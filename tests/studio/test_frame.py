"""A picture's way into the draft, and what it is made into for the clip's shape."""

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from tests.library.test_fitting import somewhere
from tests.library.test_images import encoded, noise, quarters
from tests.support.fake_service import MODELS, FakeService
from tests.support.faulty_server import FaultyServer, always, http
from tests.support.whole_studio import WholeStudio
from venice_studio.domain.inputs import Need
from venice_studio.domain.media import Fit, Picture
from venice_studio.domain.model import VideoModel
from venice_studio.domain.problem import Kind, Trouble
from venice_studio.domain.quote import Quote
from venice_studio.library.shelf import MediaShelf

PORTRAIT = encoded(quarters(90, 160), "PNG")
WIDE = encoded(quarters(160, 90), "PNG")


@pytest.fixture
async def whole(tmp_path: Path) -> AsyncIterator[WholeStudio]:
    whole = WholeStudio(tmp_path)
    await whole.begin()
    whole.studio.composer.choose_model("ltx")
    yield whole
    await whole.end()


async def yes(_old: Quote, _new: Quote) -> bool:
    return True


async def put(whole: WholeStudio, data: bytes, name: str = "canal.png") -> Picture:
    """Put a picture in for a clip of 16:9; returns what was taken before it is fitted."""
    taken = await whole.studio.start_frame.take_bytes(data, name)
    whole.studio.composer.edit(aspect_ratio="16:9")
    await whole.settle()
    return taken


def held(whole: WholeStudio) -> Picture:
    picture = whole.studio.start_frame.picture
    assert picture is not None
    return picture


def size_on_shelf(whole: WholeStudio, picture: Picture) -> tuple[int, int]:
    with Image.open(io.BytesIO(whole.studio.start_frame.file(picture).read_bytes())) as image:
        return image.size


async def test_a_picture_of_the_clips_shape_stays_as_it_is(whole: WholeStudio) -> None:
    assert held_after(whole, await put(whole, WIDE)).as_is


def held_after(whole: WholeStudio, taken: Picture) -> Picture:
    assert held(whole) == taken
    return taken


async def test_one_of_another_shape_is_cropped_and_the_original_kept(whole: WholeStudio) -> None:
    original = await put(whole, PORTRAIT)
    assert (held(whole).fitted_to, held(whole).original) == ("16:9", original)
    assert size_on_shelf(whole, held(whole)) == (90, 51)
    assert whole.studio.start_frame.file(original).read_bytes() == PORTRAIT


async def test_the_clip_takes_the_pictures_shape_where_the_model_makes_it(whole: WholeStudio) -> None:
    composer = whole.studio.composer
    taken = await whole.studio.start_frame.take_bytes(PORTRAIT, "canal.png")
    await whole.settle()
    assert (composer.draft.value.aspect_ratio, held(whole)) == ("9:16", taken)
    assert composer.switched.value is not None
    assert [(change.before, change.after) for change in composer.switched.value.changes] == [("16:9", "9:16")]
    composer.undo()
    await whole.settle()
    assert (composer.draft.value.aspect_ratio, held(whole).original) == ("16:9", taken)


async def test_a_change_of_variant_and_shape_is_told_and_undone_as_one(whole: WholeStudio) -> None:
    composer = whole.studio.composer
    narrow = VideoModel(id="n-image", name="N", durations=("8s",), aspect_ratios=("9:16", "1:1"), start_frame=Need.MUST)
    plain = replace(narrow, id="n", durations=("5s",), aspect_ratios=("1:1",), start_frame=Need.NEVER)
    composer.set_models((*MODELS, plain, narrow))
    composer.choose_model("n")
    before = composer.draft.value
    await whole.studio.start_frame.take_bytes(PORTRAIT, "canal.png")
    await whole.settle()
    assert (composer.draft.value.model, composer.draft.value.aspect_ratio) == ("n-image", "9:16")
    assert composer.switched.value is not None
    assert {change.field for change in composer.switched.value.changes} == {"duration", "aspect_ratio"}
    composer.undo()
    assert composer.draft.value == before


async def test_it_follows_the_shape_of_the_clip_there_and_back(whole: WholeStudio) -> None:
    original = await put(whole, PORTRAIT)
    whole.studio.composer.edit(aspect_ratio="1:1")
    await whole.settle()
    assert (held(whole).fitted_to, size_on_shelf(whole, held(whole))) == ("1:1", (90, 90))
    whole.studio.composer.edit(aspect_ratio="9:16")
    await whole.settle()
    assert held(whole) == original


async def test_it_follows_the_model_and_the_notice_of_the_change_stays(whole: WholeStudio) -> None:
    original = await put(whole, PORTRAIT)
    whole.studio.composer.edit(duration="10s")
    await whole.settle()
    whole.studio.composer.choose_model("wan-image")
    await whole.settle()
    assert held(whole) == original
    assert whole.studio.composer.switched.value is not None
    whole.studio.composer.undo()
    await whole.settle()
    assert held(whole).fitted_to == "16:9"


async def test_a_change_of_model_that_fits_the_picture_anew_can_still_be_undone(whole: WholeStudio) -> None:
    await put(whole, PORTRAIT)
    square = VideoModel(id="s", name="S", durations=("5s",), aspect_ratios=("1:1",), start_frame=MODELS[2].start_frame)
    whole.studio.composer.set_models((*MODELS, square))
    whole.studio.composer.choose_model("s")
    await whole.settle()
    assert held(whole).fitted_to == "1:1"
    assert whole.studio.composer.switched.value is not None


async def test_each_way_to_fit_can_be_chosen_and_taken_back(whole: WholeStudio) -> None:
    original = await put(whole, PORTRAIT)
    cropped = held(whole)
    whole.studio.start_frame.choose_fit(Fit.PAD)
    await whole.settle()
    assert (held(whole).fit, size_on_shelf(whole, held(whole))) == (Fit.PAD, (284, 160))
    whole.studio.start_frame.choose_fit(Fit.LEAVE)
    await whole.settle()
    assert held(whole) == replace(original, fit=Fit.LEAVE)
    whole.studio.start_frame.choose_fit(Fit.CROP)
    await whole.settle()
    assert held(whole) == replace(cropped, original=replace(original, fit=Fit.CROP))


async def test_the_last_of_quick_choices_counts(whole: WholeStudio) -> None:
    await put(whole, PORTRAIT)
    for fit in (Fit.PAD, Fit.LEAVE, Fit.CROP, Fit.PAD):
        whole.studio.start_frame.choose_fit(fit)
    whole.studio.composer.edit(aspect_ratio="1:1")
    await whole.settle()
    assert (held(whole).fit, held(whole).fitted_to, size_on_shelf(whole, held(whole))) == (Fit.PAD, "1:1", (160, 160))


async def test_a_press_waits_for_the_picture_it_sends(whole: WholeStudio) -> None:
    whole.studio.composer.edit(prompt="A canal")
    await put(whole, PORTRAIT)
    whole.studio.start_frame.choose_fit(Fit.PAD)
    [job] = await whole.studio.press.generate(yes)
    assert job.request.start_frame is not None
    assert (job.request.start_frame.fitted_to, job.request.start_frame.fit) == ("16:9", Fit.PAD)


async def test_an_original_that_vanished_is_left_and_told_of_when_it_is_sent(whole: WholeStudio) -> None:
    original = await put(whole, PORTRAIT)
    whole.studio.start_frame.file(original).unlink()
    whole.studio.composer.edit(aspect_ratio="1:1")
    await whole.settle()
    assert held(whole) == replace(original, fit=Fit.LEAVE)


async def test_the_end_frame_is_fitted_too(whole: WholeStudio) -> None:
    await whole.studio.end_frame.take_bytes(PORTRAIT, "canal.png")
    await whole.settle()
    assert whole.studio.composer.draft.value.end_frame == whole.studio.end_frame.picture
    assert whole.studio.end_frame.picture is not None
    assert whole.studio.end_frame.picture.fitted_to == "16:9"
    whole.studio.end_frame.remove()
    assert whole.studio.composer.draft.value.end_frame is None


async def test_a_picture_at_an_address_is_fetched_and_may_go_out_as_a_link(whole: WholeStudio) -> None:
    async with FaultyServer(always(http(200, PORTRAIT, mime="text/plain"))) as server:
        address = f"{server.origin}/pictures/Canal%20Grande.png?size=1"
        taken = await whole.studio.take_picture_address(f" {address} ")
    whole.studio.composer.edit(aspect_ratio="16:9")
    await whole.settle()
    assert (taken.name, taken.address, taken.link) == ("Canal Grande.png", address, False)
    assert held(whole).address == address
    whole.studio.start_frame.send_link(True)
    await whole.settle()
    assert held(whole) == replace(taken, link=True)
    whole.studio.start_frame.send_link(False)
    await whole.settle()
    assert held(whole).fitted_to == "16:9"


async def test_an_address_without_a_picture_leaves_the_old_one(whole: WholeStudio) -> None:
    await put(whole, WIDE)
    before = held(whole)
    for answer in (http(404), http(200, b"words"), http(200, b"<html>")):
        async with FaultyServer(always(answer)) as server:
            with pytest.raises(Trouble) as caught:
                await whole.studio.take_picture_address(f"{server.origin}/")
        assert caught.value.problem.kind is Kind.PICTURE
        assert held(whole) == before


async def test_a_picture_without_an_address_cannot_be_a_link(whole: WholeStudio) -> None:
    taken = await put(whole, WIDE)
    whole.studio.start_frame.send_link(True)
    assert held(whole) == taken


async def test_where_it_was_taken_can_be_removed(whole: WholeStudio) -> None:
    await put(whole, encoded(noise(160, 90), "JPEG", exif=somewhere()), "holiday.jpg")
    assert held(whole).located
    await whole.studio.start_frame.forget_where_taken()
    assert (held(whole).located, held(whole).as_is, held(whole).name) == (False, False, "holiday.jpg")


async def test_pictures_that_nobody_needs_any_more_are_gone_after_the_next_start(tmp_path: Path) -> None:
    first = WholeStudio(tmp_path)
    await first.begin()
    first.studio.composer.edit(prompt="A canal")
    original = await put(first, PORTRAIT)
    [job] = await first.studio.press.generate(yes)
    sent = job.request.start_frame
    dropped = await put(first, WIDE)
    await first.end()

    second = WholeStudio(tmp_path, FakeService())
    shelf: MediaShelf = second.studio.pictures
    assert shelf.file(dropped).exists()
    await second.begin()
    assert sent is not None
    assert [shelf.file(picture).exists() for picture in (original, sent, dropped)] == [True, True, False]
    await second.end()


async def test_a_phone_picture_takes_the_nearest_shape_and_goes_out_as_it_came(whole: WholeStudio) -> None:
    await whole.studio.start_frame.take_bytes(encoded(quarters(90, 120), "PNG"), "phone.png")
    await whole.settle()
    assert whole.studio.composer.draft.value.aspect_ratio == "9:16"
    assert held(whole).as_is
    await whole.studio.start_frame.take_bytes(encoded(quarters(120, 100), "PNG"), "nearly square.png")
    await whole.settle()
    assert whole.studio.composer.draft.value.aspect_ratio == "1:1"
    assert held(whole).as_is
