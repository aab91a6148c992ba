"""Pictures from browsers and addresses, of every kind and of every shape: through the pane, with real gestures."""

import base64
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QPushButton, QWidget

from tests.library import test_images
from tests.library.test_fitting import somewhere
from tests.library.test_images import encoded, noise, quarters
from tests.support.fake_service import MODELS
from tests.support.faulty_server import FaultyServer, always, http
from tests.ui.compose.conftest import Bench, click, drop, files, image
from tests.ui.compose.test_pictures import bare, said, slot
from venice_studio.domain.inputs import Need
from venice_studio.domain.media import Fit, Picture
from venice_studio.domain.model import VideoModel
from venice_studio.ui.compose.offer import web_address

WIDE, PORTRAIT = encoded(quarters(160, 90), "PNG"), encoded(quarters(90, 160), "PNG")
INLINE = f"data:image/png;base64,{base64.b64encode(WIDE).decode()}"


def page(markup: str, link: str = "") -> QMimeData:
    """What a browser gives to a drag out of a page."""
    data = QMimeData()
    data.setHtml(markup)
    if link:
        data.setUrls([QUrl(link)])
    return data


def addresses(*urls: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    return data


def taken(bench: Bench) -> Picture:
    picture = bench.draft.start_frame
    assert picture is not None
    return picture


def sent(bench: Bench) -> bytes:
    """The bytes that would go out."""
    return bench.whole.studio.pictures.file(taken(bench)).read_bytes()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" https://example.org/a.png?x=1&y=%20#z\n", "https://example.org/a.png?x=1&y=%20#z"),
        ("HTTPS://Example.org/ä|b.png", "https://example.org/%C3%A4%7Cb.png"),
        ("https://bücher.example/a.png", "https://xn--bcher-kva.example/a.png"),
        ("http://a b/c.png", None),
        ("See https://example.org/a.png", None),
        ("https://", None),
        ("example.org/a.png", None),
        ("file:///etc/passwd", None),
        ("", None),
    ],
)
def test_what_is_a_web_address(text: str, address: str | None) -> None:
    assert web_address(text) == address


WAYS: dict[str, Callable[[str], QMimeData]] = {
    "the address": lambda address: addresses(address),
    "the piece of the page": lambda address: page(f'<p>Look: <img alt="" src="{address}"></p>'),
    "a picture that is a link": lambda address: page(
        f'<a href="https://example.invalid/page"><img src="{address}"></a>', "https://example.invalid/page"
    ),
}


@pytest.mark.parametrize("way", WAYS)
async def test_a_picture_dragged_out_of_a_browser_is_fetched(bench: Bench, way: str) -> None:
    async with FaultyServer(always(http(200, WIDE, mime="application/octet-stream"))) as server:
        assert drop(slot(bench), WAYS[way](f"{server.origin}/a/gondola.png?x=1&y=%202"))
        await bench.until(lambda: any(text.startswith("Fetching") for text in said(slot(bench))))
        await bench.settle()
    assert sent(bench) == WIDE
    assert taken(bench).name == "gondola.png"
    assert "From 127.0.0.1." in said(slot(bench))
    assert [asked.path for asked in server.received] == ["/a/gondola.png?x=1&y=%202"]


async def test_pixels_that_come_along_need_no_fetching(bench: Bench) -> None:
    data = bare(image(160, 90))
    data.setUrls([QUrl("http://example.invalid/a.png")])
    data.setHtml('<img src="http://example.invalid/a.png">')
    assert drop(slot(bench), data)
    await bench.settle()
    assert (taken(bench).width, taken(bench).address) == (160, None)


async def test_a_picture_written_into_the_page_is_taken_from_there(bench: Bench) -> None:
    assert drop(slot(bench), page(f'<img src="{INLINE}">'))
    await bench.settle()
    assert sent(bench) == WIDE
    assert not drop(bench.pane, page("<b>words</b>"))


async def test_a_picture_that_is_its_own_address_is_taken_from_there(bench: Bench) -> None:
    assert drop(slot(bench), addresses(INLINE))
    await bench.settle()
    assert (sent(bench), taken(bench).name, taken(bench).address) == (WIDE, "dropped picture.png", None)
    slot(bench).card.remove.click()
    QGuiApplication.clipboard().setText(INLINE)
    slot(bench).setFocus()
    QTest.keyClick(slot(bench).strip, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    await bench.settle()
    assert (sent(bench), taken(bench).name) == (WIDE, "pasted picture.png")


async def test_an_address_is_pasted_with_the_focus_on_the_slot_only(bench: Bench) -> None:
    async with FaultyServer(always(http(200, WIDE))) as server:
        QGuiApplication.clipboard().setText(f"{server.origin}/a.png\n")
        prompt = bench.find("promptEdit")
        prompt.setFocus()
        QTest.keyClick(prompt, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        await bench.settle()
        assert server.received == []
        slot(bench).setFocus()
        QTest.keyClick(slot(bench).strip, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        await bench.settle()
    assert sent(bench) == WIDE


async def test_an_address_is_given_by_hand(bench: Bench) -> None:
    QGuiApplication.clipboard().setText("no address")
    async with FaultyServer(always(http(200, WIDE))) as server:
        slot(bench).menu.address.trigger()
        await bench.until(lambda: bench.pane.findChild(QDialog, "addressDialog") is not None)
        dialog = bench.pane.findChild(QDialog, "addressDialog")
        assert isinstance(dialog, QDialog)
        edit, fetch = dialog.findChild(QLineEdit, "addressEdit"), dialog.findChild(QPushButton, "fetchAddressButton")
        assert isinstance(edit, QLineEdit)
        assert isinstance(fetch, QPushButton)
        assert (edit.text(), fetch.isEnabled()) == ("", False)
        QTest.keyClicks(edit, f"{server.origin}/a.png")
        QTest.keyClick(edit, Qt.Key.Key_Return)
        await bench.settle()
    assert sent(bench) == WIDE


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (http(404), "There is no picture at that address of 127.0.0.1 (404)."),
        (http(200, b"<!doctype html>"), "That is a page of 127.0.0.1, not a picture."),
        (http(200, b"plain words", mime="image/png"), "is not a picture that can be read"),
        (http(200, WIDE[:60], mime="image/png"), "damaged"),
        (http(200, WIDE, length=26_000_000), "broke off"),
    ],
)
async def test_what_is_no_picture_is_said_and_the_old_one_stays(
    bench: Bench, picture: Path, answer: bytes, words: str
) -> None:
    drop(slot(bench), files(picture))
    await bench.settle()
    before = taken(bench)
    async with FaultyServer(always(answer)) as server:
        drop(slot(bench), addresses(f"{server.origin}/a.png"))
        await bench.settle()
    assert words in slot(bench).problem
    assert slot(bench).problem.endswith("The picture you had stays.")
    assert taken(bench) == before
    for other, said_of_it in (
        (addresses("http://a.invalid/1.png", "http://a.invalid/2.png"), "That is 2 files"),
        (addresses("ftp://a.invalid/1.png"), "no web address"),
        (addresses("data:image/png;base64,%"), "cannot be read"),
    ):
        drop(slot(bench), other)
        await bench.settle()
        assert said_of_it in slot(bench).problem
        assert slot(bench).problem.endswith("The picture you had stays.")
        assert taken(bench) == before


@pytest.fixture
async def both(bench: Bench) -> Bench:
    """A model that takes a start and an end frame."""
    both = replace(MODELS[1], id="both", name="Both", inputs=frozenset({"image_url", "end_image_url"}), end_frame=True)
    bench.composer.set_models((*MODELS, both))
    bench.composer.choose_model("both")
    await bench.settle()
    return bench


@pytest.fixture
def pair(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "first.png", tmp_path / "last.png"]
    for path, colour in zip(paths, ("#c04020", "#2040c0"), strict=True):
        assert image(colour=colour).save(str(path))
    return paths


def place(bench: Bench, on: str) -> QWidget:
    return {"start": slot(bench), "end": bench.pane.form.end_frame, "pane": bench.pane}[on]


@pytest.mark.parametrize("on", ["start", "end", "pane"])
async def test_two_files_are_start_and_end_of_a_model_that_takes_both(both: Bench, pair: list[Path], on: str) -> None:
    drop(place(both, on), files(*pair))
    await both.settle()
    first, last = both.draft.start_frame, both.draft.end_frame
    assert first is not None
    assert last is not None
    assert (first.name, last.name) == ("first.png", "last.png")


@pytest.mark.parametrize("on", ["start", "end", "pane"])
@pytest.mark.parametrize("held", ["start", "end"])
async def test_two_files_replace_no_picture(both: Bench, picture: Path, pair: list[Path], held: str, on: str) -> None:
    drop(place(both, held), files(picture))
    await both.settle()
    before = (both.draft.start_frame, both.draft.end_frame)
    drop(place(both, on), files(*pair))
    await both.settle()
    told = both.pane.form.end_frame if on == "end" else slot(both)
    kept = " The picture you had stays." if told is place(both, held) else ""
    assert told.problem == f"That is 2 files. A start frame is one picture: drop just one.{kept}"
    assert (both.draft.start_frame, both.draft.end_frame) == before


@pytest.mark.parametrize("on", ["start", "end"])
async def test_of_two_files_neither_is_taken_where_one_cannot_be_used(
    both: Bench, picture: Path, tmp_path: Path, on: str
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for two in ((picture, folder), (folder, picture)):
        drop(place(both, on), files(*two))
        await both.settle()
        assert place(both, on).property("accessibleDescription") == "empty. folder is a folder. Drop one picture."
        assert (both.draft.start_frame, both.draft.end_frame) == (None, None)


async def test_the_address_itself_is_sent_at_the_users_word(bench: Bench) -> None:
    await bench.write("promptEdit", "A gondola")
    async with FaultyServer(always(http(200, WIDE))) as server:
        address = f"{server.origin}/a/gondola.png"
        drop(slot(bench), addresses(address))
        await bench.settle()
    menu = slot(bench).menu
    assert (menu.link.isVisible(), menu.link.text()) == (True, "Send as a link")
    menu.link.trigger()
    await bench.settle()
    assert slot(bench).card.sent.text() == "sent as a link"
    assert "Sent as a link: 127.0.0.1/… Venice fetches it itself." in said(slot(bench))
    assert (taken(bench).link, taken(bench).address) == (True, address)
    menu.link.trigger()
    await bench.settle()
    assert slot(bench).card.sent.text().endswith("sent as it is")
    drop(slot(bench), bare(image(160, 90)))
    await bench.settle()
    assert not menu.link.isVisible()


ODD: dict[str, Callable[[], bytes]] = {
    "moving.gif": lambda: encoded(quarters(160, 90), "GIF", save_all=True, append_images=[Image.new("RGB", (160, 90))]),
    "old.bmp": lambda: encoded(quarters(160, 90), "BMP"),
    "scan.tiff": lambda: encoded(quarters(160, 90), "TIFF"),
    "new.avif": lambda: encoded(quarters(160, 90), "AVIF", quality=95),
    "small.webp": lambda: encoded(quarters(160, 90), "WEBP", lossless=True),
    "turned.jpg": lambda: encoded(quarters(160, 90).rotate(90, expand=True), "JPEG", exif=_on_its_side(), quality=95),
}


def _on_its_side() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


@pytest.mark.parametrize("name", ODD)
async def test_every_kind_of_picture_is_shown_as_it_is_sent(bench: Bench, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(ODD[name]())
    assert drop(slot(bench), files(path))
    await bench.settle()
    assert slot(bench).problem == ""
    assert slot(bench).card.pixels.text() == "160 × 90"
    assert slot(bench).card.sent.text().endswith("as it is" if name == "small.webp" else "re-encoded for Venice")
    why = {"moving.gif": "It moves. Its first frame is sent.", "turned.jpg": "It is turned upright before it is sent."}
    assert [text for text in said(slot(bench)) if text.startswith("It ")] == ([why[name]] if name in why else [])
    shown = slot(bench).card.preview.grab().toImage()
    corner, below = shown.pixelColor(shown.width() // 5, shown.height() // 5), shown.pixelColor(30, shown.height() - 20)
    assert corner.red() > 150 > corner.blue()
    assert below.blue() > 150 > below.red()


async def test_a_phones_picture_is_shown_as_it_is_sent(bench: Bench) -> None:
    assert drop(slot(bench), files(Path(test_images.__file__).parent / "quarters.heic"))
    await bench.settle()
    assert slot(bench).card.pixels.text() == "128 × 96"
    assert slot(bench).card.sent.text().endswith("re-encoded for Venice")
    with Image.open(bench.whole.studio.pictures.file(taken(bench))) as picture:
        assert test_images.looks_like_quarters(picture, tolerance=25)


async def test_pictures_that_are_too_much_together_are_told_of_before_the_press(bench: Bench, picture: Path) -> None:
    await bench.write("promptEdit", "A gondola")
    drop(slot(bench), files(picture))
    await bench.settle()
    bench.composer.edit(start_frame=replace(taken(bench), size=16_000_000))
    await bench.settle()
    assert slot(bench).problem == "The picture is 1.0 MB too large for one request. Make it smaller."
    await bench.press_generate()
    assert bench.service.count("queue") == 0


async def test_empty_and_enormous_files_are_refused_and_the_old_picture_stays(
    bench: Bench, picture: Path, tmp_path: Path
) -> None:
    drop(slot(bench), files(picture))
    await bench.settle()
    before = taken(bench)
    empty, enormous, broken = tmp_path / "empty.png", tmp_path / "enormous.tiff", tmp_path / "broken.jpg"
    empty.touch()
    with enormous.open("wb") as file:
        file.truncate(300_000_000)
    broken.write_bytes(encoded(noise(300, 200), "JPEG")[:2000])
    for path, words in ((empty, "is empty"), (enormous, "too large (300 MB)"), (broken, "is damaged")):
        drop(slot(bench), files(path))
        await bench.settle()
        assert words in slot(bench).problem
        assert taken(bench) == before


LANDSCAPE = VideoModel(
    id="land", name="Land", durations=("5s",), aspect_ratios=("16:9",), start_frame=Need.MUST, private=True
)


@pytest.fixture
async def portrait(bench: Bench, tmp_path: Path) -> Bench:
    """A portrait picture on a model that makes landscape only."""
    bench.composer.set_models((LANDSCAPE, *MODELS))
    bench.composer.choose_model("land")
    path = tmp_path / "canal.png"
    path.write_bytes(PORTRAIT)
    drop(slot(bench), files(path))
    await bench.settle()
    return bench


async def test_a_portrait_picture_on_a_landscape_model_shows_how_it_is_fitted(portrait: Bench) -> None:
    fit = slot(portrait).fit
    assert fit.isVisible()
    assert fit.said.text() == "Your picture is 9:16, the clip 16:9."
    assert fit.ways.value == Fit.CROP
    assert slot(portrait).card.pixels.text() == "90 × 51"
    assert slot(portrait).card.sent.text().endswith("cropped to 16:9")
    click(fit.ways.button(Fit.PAD))
    await portrait.settle()
    assert slot(portrait).card.pixels.text() == "284 × 160"
    assert slot(portrait).card.sent.text().endswith("padded to 16:9")
    click(fit.ways.button(Fit.LEAVE))
    await portrait.settle()
    assert sent(portrait) == PORTRAIT
    assert slot(portrait).card.sent.text().endswith("sent as it is")


async def test_the_preview_is_what_is_sent(portrait: Bench) -> None:
    for fit in (Fit.CROP, Fit.PAD, Fit.LEAVE):
        click(slot(portrait).fit.ways.button(fit))
        await portrait.settle()
        preview = slot(portrait).card.preview
        with Image.open(portrait.whole.studio.pictures.file(taken(portrait))) as picture:
            expected = picture.convert("RGB").resize((9, 9), Image.Resampling.BOX)
        seen = as_pillow(preview.image).resize((9, 9), Image.Resampling.BOX)
        differences = [abs(a - b) for a, b in zip(expected.tobytes(), seen.tobytes(), strict=True)]
        assert max(differences) < 40, fit


def as_pillow(shown: QImage) -> Image.Image:
    rgb = shown.convertToFormat(QImage.Format.Format_RGB888)
    rows = bytes(rgb.constBits())
    size = (rgb.width(), rgb.height())
    return Image.frombuffer("RGB", size, rows, "raw", "RGB", rgb.bytesPerLine(), 1)


async def test_models_that_make_the_pictures_shape_are_a_click_away(portrait: Bench) -> None:
    offers = slot(portrait).fit.offers
    assert [offer.text() for offer in offers] == ["Kling", "LTX", "Wan"]
    click(offers[1])
    await portrait.settle()
    assert portrait.draft.model == "ltx"
    [offer] = slot(portrait).fit.offers
    assert offer.text() == "Make the clip 9:16"
    click(offer)
    await portrait.settle()
    assert (portrait.draft.aspect_ratio, sent(portrait)) == ("9:16", PORTRAIT)
    assert not slot(portrait).fit.isVisible()


async def test_models_for_which_there_is_no_room_are_in_a_menu(portrait: Bench) -> None:
    many = tuple(
        replace(MODELS[1], id=f"m{number}", name=f"A model with a longish name {number}") for number in range(5)
    )
    portrait.composer.set_models((LANDSCAPE, *many))
    await portrait.settle()
    offers = slot(portrait).fit.offers
    assert offers[-1].text() == "more…"
    assert slot(portrait).fit.width() == 340
    click(offers[-1])
    menu = slot(portrait).fit.findChild(QMenu, "shapeModelsMenu")
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == [model.name for model in many[len(offers) - 1 :]]
    menu.actions()[-1].trigger()
    menu.close()
    assert portrait.draft.model == "m4"


async def test_the_clip_takes_the_shape_of_a_dropped_picture_and_says_so(bench: Bench, tmp_path: Path) -> None:
    bench.composer.choose_model("ltx")
    path = tmp_path / "canal.png"
    path.write_bytes(PORTRAIT)
    drop(slot(bench), files(path))
    await bench.settle()
    assert (bench.draft.aspect_ratio, sent(bench)) == ("9:16", PORTRAIT)
    assert bench.composer.switched.value is not None


async def test_where_a_picture_was_taken_is_said_and_removed(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "holiday.jpg"
    path.write_bytes(encoded(noise(160, 90), "JPEG", exif=somewhere()))
    drop(slot(bench), files(path))
    await bench.settle()
    assert "It tells where it was taken." in said(slot(bench))
    assert slot(bench).menu.forget.isVisible()
    click(slot(bench).notes.forget)
    await bench.settle()
    assert b"Exif" not in sent(bench)
    assert "It tells where it was taken." not in said(slot(bench))
    assert not slot(bench).menu.forget.isVisible()


async def test_the_menu_unfolds_by_button_and_by_the_right_one(bench: Bench, picture: Path) -> None:
    where = slot(bench).rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, slot(bench).mapToGlobal(where))
    QApplication.sendEvent(slot(bench), event)
    assert slot(bench).menu.isVisible()
    slot(bench).menu.close()
    drop(slot(bench), files(picture))
    await bench.settle()
    click(slot(bench).more)
    assert slot(bench).menu.isVisible()
    slot(bench).menu.close()


async def test_before_the_first_picture_goes_to_a_model_that_only_hides_the_sender_it_is_said(
    bench: Bench, picture: Path
) -> None:
    await bench.write("promptEdit", "A gondola")
    drop(slot(bench), files(picture))
    await bench.settle()
    for key, sent_so_far in (("cancel", 0), ("ahead", 1)):
        click(bench.find("generateButton"))
        await bench.answer(key)
        assert bench.service.count("queue") == sent_so_far
    assert bench.whole.studio.settings.value.anonymised_pictures_told
    bench.composer.edit(prompt="Another gondola")
    await bench.settle()
    await bench.press_generate()
    assert bench.service.count("queue") == 2


async def test_of_private_models_and_of_words_alone_nothing_is_said(portrait: Bench) -> None:
    await portrait.write("promptEdit", "A gondola")
    await portrait.press_generate()
    assert portrait.service.count("queue") == 1
    portrait.composer.choose_model("kling-text")
    slot(portrait).card.remove.click()
    await portrait.settle()
    await portrait.press_generate()
    assert portrait.service.count("queue") == 2
    assert not portrait.whole.studio.settings.value.anonymised_pictures_told
