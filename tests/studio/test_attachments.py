"""How everything that goes with a prompt gets into the draft, and what becomes of it there."""

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from tests.library.test_fitting import somewhere
from tests.library.test_images import encoded, noise, quarters
from tests.support.clips import make_clip
from tests.support.faulty_server import FaultyServer, always, http
from tests.support.recordings import make_wav
from tests.support.whole_studio import WholeStudio
from venice_studio.domain.checks import BODY_LIMIT, BODY_LIMIT_WITH_VIDEO
from venice_studio.domain.inputs import Need, Role
from venice_studio.domain.media import Element, Keyframe, Picture
from venice_studio.domain.model import Basis, VideoModel
from venice_studio.domain.problem import Kind, Trouble
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.attachments import Attachments

TEXT = VideoModel(
    id="w-t2v", name="W", durations=("5s", "10s"), aspect_ratios=("16:9",), inputs=frozenset({"audio_url"})
)
IMAGE = replace(TEXT, id="w-i2v", start_frame=Need.MUST, end_frame=True, inputs=frozenset({"image_url"}))
FOLLOWING = replace(
    TEXT,
    id="w-r2v",
    name="W R2V",
    durations=("8s",),
    inputs=frozenset({"reference_image_urls", "elements", "scene_image_urls", "keyframes", "reference_video_urls"}),
)
EDITING = replace(TEXT, id="w-v2v", name="W V2V", inputs=frozenset({"video_url"}))


@pytest.fixture
async def whole(tmp_path: Path) -> AsyncIterator[WholeStudio]:
    whole = WholeStudio(tmp_path / "home")
    await whole.begin()
    whole.studio.composer.set_models((TEXT, IMAGE, FOLLOWING, EDITING))
    whole.studio.composer.choose_model("w-t2v")
    yield whole
    await whole.end()


@pytest.fixture
def held(whole: WholeStudio) -> Attachments:
    return whole.studio.attachments


def draft(whole: WholeStudio) -> GenerationRequest:
    return whole.studio.composer.draft.value


def png(folder: Path, name: str, width: int = 160, height: int = 90) -> str:
    """A picture unlike any other of another size."""
    (folder / name).write_bytes(encoded(quarters(width, height), "PNG"))
    return str(folder / name)


def pictures(folder: Path, count: int) -> list[str]:
    return [png(folder, f"{number}.png", 100 + number) for number in range(count)]


def names(items: tuple[Picture, ...]) -> list[str]:
    return [item.name for item in items]


async def test_several_files_at_once_keep_their_order_and_the_variant_follows_the_first(
    whole: WholeStudio, held: Attachments, tmp_path: Path
) -> None:
    await held.take_files(Role.REFERENCES, pictures(tmp_path, 3))
    assert names(draft(whole).references) == ["0.png", "1.png", "2.png"]
    assert draft(whole).model == "w-r2v"
    assert [fault.field for fault in whole.studio.composer.faults] == ["prompt"]


async def test_the_notice_of_the_change_can_be_undone_with_what_was_dropped(
    whole: WholeStudio, held: Attachments, tmp_path: Path
) -> None:
    before = draft(whole)
    await held.take_files(Role.REFERENCES, pictures(tmp_path, 1))
    switch = whole.studio.composer.switched.value
    assert switch is not None
    assert [(change.field, change.before, change.after) for change in switch.changes] == [("duration", "5s", "8s")]
    whole.studio.composer.undo()
    assert draft(whole) == before


async def test_a_file_that_cannot_be_taken_is_named_and_those_before_it_stay(
    whole: WholeStudio, held: Attachments, tmp_path: Path
) -> None:
    good = pictures(tmp_path, 2)
    (tmp_path / "notes.txt").write_text("no picture")
    with pytest.raises(Trouble) as caught:
        await held.take_files(Role.REFERENCES, [good[0], str(tmp_path / "notes.txt"), good[1]])
    assert caught.value.problem.kind is Kind.PICTURE
    assert "notes.txt" in caught.value.problem.message
    assert names(draft(whole).references) == ["0.png"]


async def test_one_takes_the_place_of_another_and_the_rest_goes_behind(
    whole: WholeStudio, held: Attachments, tmp_path: Path
) -> None:
    files = pictures(tmp_path, 5)
    await held.take_files(Role.REFERENCES, files[:3])
    await held.take_files(Role.REFERENCES, files[3:], at=1)
    assert names(draft(whole).references) == ["0.png", "3.png", "2.png", "4.png"]


async def test_reference_pictures_are_sent_as_they_came_whatever_the_clips_shape(
    whole: WholeStudio, held: Attachments, tmp_path: Path
) -> None:
    portrait = png(tmp_path, "portrait.png", 90, 160)
    await held.take_files(Role.REFERENCES, [portrait])
    await whole.settle()
    [picture] = draft(whole).references
    assert (picture.width, picture.height, picture.fitted_to, picture.as_is) == (90, 160, None, True)
    assert whole.studio.pictures.file(picture).read_bytes() == Path(portrait).read_bytes()


async def test_the_start_frame_goes_the_same_way_as_ever(whole: WholeStudio, held: Attachments, tmp_path: Path) -> None:
    await held.take_files(Role.START_FRAME, [png(tmp_path, "portrait.png", 90, 160)])
    await whole.settle()
    assert draft(whole).model == "w-i2v"
    assert whole.studio.start_frame.picture is not None
    assert whole.studio.start_frame.picture.fitted_to == "16:9"
    held.remove(Role.START_FRAME)
    assert (draft(whole).start_frame, draft(whole).model) == (None, "w-t2v")


async def test_elements_gather_pictures_the_frontal_one_first(
    whole: WholeStudio, held: Attachments, tmp_path: Path
) -> None:
    files = pictures(tmp_path, 6)
    await held.take_files(Role.ELEMENTS, files[:2])
    await held.take_files(Role.ELEMENTS, files[2:4], element=0)
    held.add_element()
    await held.take_files(Role.ELEMENTS, files[4:], element=2)
    first, second, third = draft(whole).elements
    assert [names(element.pictures) for element in (first, second, third)] == [
        ["0.png", "2.png", "3.png"],
        ["1.png"],
        ["4.png", "5.png"],
    ]
    await held.take_files(Role.ELEMENTS, [files[5]], element=0, at=0)
    await held.take_files(Role.ELEMENTS, [files[4]], element=0, at=2)
    assert names(draft(whole).elements[0].pictures) == ["5.png", "2.png", "4.png"]
    await held.take_files(Role.ELEMENTS, [files[0]], at=2)
    assert names(draft(whole).elements[2].pictures) == ["0.png", "5.png"]
    held.remove(Role.ELEMENTS, 0, picture=1)
    assert names(draft(whole).elements[0].pictures) == ["5.png", "4.png"]
    held.remove(Role.ELEMENTS, 0, picture=0)
    assert draft(whole).elements[0].frontal is None
    assert "Element 1 needs a picture from the front." in [fault.message for fault in whole.studio.composer.faults]
    held.remove(Role.ELEMENTS, 0)
    assert [names(element.pictures) for element in draft(whole).elements] == [["1.png"], ["0.png", "5.png"]]


async def test_the_prompt_follows_what_moves_and_can_be_taken_back(
    whole: WholeStudio, held: Attachments, tmp_path: Path
) -> None:
    await held.take_files(Role.SCENES, pictures(tmp_path, 3))
    whole.studio.composer.edit(prompt="From @Image1 to @Image3, @Image9")
    before = draft(whole)
    held.move(Role.SCENES, 2, 0)
    assert names(draft(whole).scenes) == ["2.png", "0.png", "1.png"]
    assert draft(whole).prompt == "From @Image2 to @Image1, @Image9"
    switch = whole.studio.composer.switched.value
    assert switch is not None
    assert [(change.before, change.after) for change in switch.changes] == [
        ("@Image1", "@Image2"),
        ("@Image3", "@Image1"),
    ]
    whole.studio.composer.undo()
    assert draft(whole) == before

    held.remove(Role.SCENES, 0)
    assert draft(whole).prompt == "From @Image3 to @Image2, @Image9"
    assert [mention.label for mention in held.mentions()] == ["Scene picture 1, 1.png", "Scene picture 2, 2.png"]
    held.move(Role.SCENES, 0, 7)
    assert names(draft(whole).scenes) == ["1.png", "2.png"]


async def test_keyframes_find_free_frames_and_pictures_change_places(
    whole: WholeStudio, held: Attachments, tmp_path: Path
) -> None:
    await held.take_files(Role.KEYFRAMES, pictures(tmp_path, 3))
    assert at_frames(whole) == {0: "0.png", 192: "1.png", 96: "2.png"}  # the variant that takes them makes 8 s
    held.move(Role.KEYFRAMES, 0, 1)
    assert at_frames(whole) == {0: "1.png", 192: "0.png", 96: "2.png"}
    held.place_keyframe(2, 24)
    await held.take_bytes(Role.KEYFRAMES, encoded(quarters(77, 50), "PNG"), "pasted", at=2)
    assert at_frames(whole) == {0: "1.png", 192: "0.png", 24: "pasted"}
    held.place_keyframe(2, 192)
    assert "Two keyframes are at the same frame. Move one." in [f.message for f in whole.studio.composer.faults]


def at_frames(whole: WholeStudio) -> dict[int, str]:
    return {keyframe.frame_index: keyframe.picture.name for keyframe in draft(whole).keyframes}


async def test_a_picture_can_become_something_else_to_the_clip(
    whole: WholeStudio, held: Attachments, tmp_path: Path
) -> None:
    await held.take_files(Role.START_FRAME, [png(tmp_path, "portrait.png", 90, 160)])
    await whole.settle()
    held.hand_over(Role.START_FRAME, 0, Role.REFERENCES)
    await whole.settle()
    assert (draft(whole).start_frame, draft(whole).model) == (None, "w-r2v")
    [reference] = draft(whole).references
    assert (reference.name, reference.fitted_to, reference.original) == ("portrait.png", None, None)
    held.hand_over(Role.REFERENCES, 0, Role.KEYFRAMES)
    held.hand_over(Role.KEYFRAMES, 0, Role.ELEMENTS)
    assert draft(whole).elements == (Element(frontal=reference),)
    held.hand_over(Role.ELEMENTS, 0, Role.END_FRAME)
    assert (draft(whole).end_frame, draft(whole).elements) == (reference, ())
    with pytest.raises(ValueError, match="cannot be"):
        held.hand_over(Role.END_FRAME, 0, Role.SOUNDTRACK)


async def test_what_is_in_the_way_of_a_single_place_changes_places(
    whole: WholeStudio, held: Attachments, tmp_path: Path
) -> None:
    await held.take_files(Role.START_FRAME, [png(tmp_path, "start.png")])
    await held.take_files(Role.REFERENCES, pictures(tmp_path, 2))
    held.hand_over(Role.REFERENCES, 0, Role.START_FRAME)
    assert whole.studio.start_frame.picture is not None
    assert whole.studio.start_frame.picture.name == "0.png"
    assert names(draft(whole).references) == ["start.png", "1.png"]

    whole.studio.composer.edit(keyframes=(Keyframe(picture=draft(whole).references[1], frame_index=7),))
    held.hand_over(Role.KEYFRAMES, 0, Role.START_FRAME)
    assert at_frames(whole) == {7: "0.png"}

    await held.take_files(Role.ELEMENTS, [png(tmp_path, "maria.png", 300)])
    await held.take_files(Role.ELEMENTS, [png(tmp_path, "side.png", 301)], element=0)
    held.hand_over(Role.ELEMENTS, 0, Role.END_FRAME)
    end = draft(whole).end_frame
    assert end is not None
    assert end.name == "maria.png"
    assert names(draft(whole).elements[0].pictures) == ["side.png"]
    held.hand_over(Role.ELEMENTS, 0, Role.END_FRAME)
    assert names(draft(whole).elements[0].pictures) == ["maria.png"]


async def test_a_film_and_a_sound_go_where_they_belong(whole: WholeStudio, held: Attachments, tmp_path: Path) -> None:
    film, tone = make_clip(tmp_path / "film.mp4", frames=120), make_wav(tmp_path / "tone.wav", loud_from_s=2)
    await held.take_files(Role.SOUNDTRACK, [str(tone)])
    assert draft(whole).model == "w-t2v"
    sound = draft(whole).soundtrack
    assert sound is not None
    quiet, loud = await held.peaks(sound, 2)
    assert (quiet, round(loud, 1)) == (0.0, 0.5)
    await held.take_files(Role.SOURCE_VIDEO, [str(film)])
    assert draft(whole).model == "w-v2v"
    video = draft(whole).source_video
    assert video is not None
    with Image.open(io.BytesIO(await held.still(video, 64))) as still:
        assert still.size == (64, 36)
    assert [fault.field for fault in whole.studio.composer.faults] == ["prompt", "audio_url"]
    held.hand_over(Role.SOURCE_VIDEO, 0, Role.REFERENCE_VIDEOS)
    assert (draft(whole).model, draft(whole).reference_videos) == ("w-r2v", (video,))
    with pytest.raises(Trouble, match=r"film\.mp4 is a video"):
        await held.take_files(Role.SOUNDTRACK, [str(film)])
    assert draft(whole).soundtrack == sound
    with pytest.raises(Trouble, match="Only pictures"):
        await held.take_address(Role.SOUNDTRACK, "https://example.com/tone.wav")


async def test_a_picture_at_an_address_is_fetched(whole: WholeStudio, held: Attachments) -> None:
    async with FaultyServer(always(http(200, encoded(quarters(), "PNG"), mime="image/png"))) as server:
        await held.take_address(Role.SCENES, f"{server.origin}/street.png")
    [scene] = draft(whole).scenes
    assert (scene.name, scene.address) == ("street.png", f"{server.origin}/street.png")


async def test_where_a_picture_was_taken_can_be_removed_everywhere(
    whole: WholeStudio, held: Attachments, tmp_path: Path
) -> None:
    paths = [tmp_path / f"{number}.jpg" for number in range(4)]
    for number, path in enumerate(paths):
        path.write_bytes(encoded(noise(160 + number, 90), "JPEG", exif=somewhere()))
    await held.take_files(Role.REFERENCES, [str(paths[0])])
    await held.take_files(Role.ELEMENTS, [str(paths[1])])
    await held.take_files(Role.ELEMENTS, [str(paths[2])], element=0)
    await held.take_files(Role.KEYFRAMES, [str(paths[3])])
    assert all(picture.located for picture in draft(whole).pictures)
    await held.forget_where_taken(Role.REFERENCES)
    await held.forget_where_taken(Role.ELEMENTS, 0, picture=1)
    assert [picture.located for picture in draft(whole).pictures] == [False, True, False, True]
    await held.forget_where_taken(Role.ELEMENTS)
    await held.forget_where_taken(Role.KEYFRAMES)
    assert not any(picture.located for picture in draft(whole).pictures)
    assert names(draft(whole).pictures) == [path.name for path in paths]
    assert at_frames(whole) == {0: "3.jpg"}


async def test_the_meter_knows_what_would_be_sent(whole: WholeStudio, held: Attachments, tmp_path: Path) -> None:
    empty, limit = held.sent_size
    assert (empty, limit) == (0, BODY_LIMIT)
    await held.take_files(Role.REFERENCES, pictures(tmp_path, 2))
    assert held.sent_size[0] == sum(picture.sent_size for picture in draft(whole).references)
    before = held.sent_size[0]
    await held.take_files(Role.SOURCE_VIDEO, [str(make_clip(tmp_path / "film.mp4"))])
    video = draft(whole).source_video
    assert video is not None
    assert held.sent_size == (before + video.sent_size, BODY_LIMIT_WITH_VIDEO)


async def test_the_basis_can_be_chosen_and_nothing_is_lost(
    whole: WholeStudio, held: Attachments, tmp_path: Path
) -> None:
    composer = whole.studio.composer
    await held.take_files(Role.START_FRAME, [png(tmp_path, "start.png")])
    composer.choose_basis(Basis.VIDEO)
    assert draft(whole).model == "w-v2v"
    assert draft(whole).start_frame is not None
    assert {fault.field for fault in composer.faults} == {"prompt", "image_url", "video_url"}
    composer.choose_basis(Basis.REFERENCES)
    assert draft(whole).model == "w-r2v"
    composer.choose_basis(Basis.FRAMES)
    assert draft(whole).model == "w-i2v"
    composer.choose_basis(Basis.FRAMES)
    assert draft(whole).model == "w-i2v"
