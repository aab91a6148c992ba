"""Pictures come in by every gesture, and what is no picture is refused at the slot."""

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPlainTextEdit

from tests.ui.compose.conftest import Bench, click, drop, files, image
from venice_studio.domain.model import VideoModel
from venice_studio.ui.compose.picture_slot import PictureSlot


def slot(bench: Bench) -> PictureSlot:
    found = bench.find("startFrameSlot")
    assert isinstance(found, PictureSlot)
    return found


def bare(picture: QImage) -> QMimeData:
    data = QMimeData()
    data.setImageData(picture)
    return data


async def test_a_dropped_file_is_sent_byte_for_byte_and_shown(bench: Bench, picture: Path) -> None:
    assert drop(slot(bench), files(picture))
    await bench.settle()
    taken = bench.draft.start_frame
    assert taken is not None
    assert bench.whole.studio.pictures.file(taken).read_bytes() == picture.read_bytes()
    assert slot(bench).card.name.text() == "gondola.png"
    assert slot(bench).card.pixels.text() == "160 × 90"
    assert slot(bench).card.sent.text().endswith("sent as it is")
    shown = slot(bench).card.preview.grab().toImage()
    assert shown.pixelColor(shown.width() // 2, shown.height() // 2).name() == "#c04020"


async def test_the_models_variant_follows_the_picture(bench: Bench, picture: Path) -> None:
    drop(slot(bench), files(picture))
    await bench.settle()
    assert bench.draft.model == "kling-image"
    assert bench.pane.form.model.picker.badge == "from a picture"
    click(slot(bench).card.remove)
    await bench.settle()
    assert bench.draft.model == "kling-text"
    assert bench.pane.form.model.picker.badge == "from text"


async def test_the_badge_stays_beside_a_name_of_any_length(bench: Bench) -> None:
    picker = bench.pane.form.model.picker
    family = bench.composer.family
    assert family is not None
    long = replace(family, name="Seedance 2.0 Professional Cinematic Extended Edition")
    picker.show_families([long], long.name, "from text")
    assert picker.shown().endswith("…")
    room = picker.width() - picker.fontMetrics().horizontalAdvance(picker.shown())
    assert room >= picker.room_beside() + 36


async def test_the_whole_pane_takes_drops(bench: Bench, picture: Path) -> None:
    assert drop(bench.pane, files(picture))
    await bench.settle()
    assert slot(bench).picture is not None


async def test_a_file_dropped_over_the_prompt_is_a_picture_and_no_text(bench: Bench, picture: Path) -> None:
    prompt = bench.find("promptEdit")
    assert isinstance(prompt, QPlainTextEdit)
    assert drop(prompt.viewport(), files(picture))
    await bench.settle()
    assert slot(bench).picture is not None
    assert prompt.toPlainText() == ""


async def test_dropped_text_stays_text(bench: Bench) -> None:
    data = QMimeData()
    data.setText("A gondola")
    assert not drop(bench.pane, data)
    prompt = bench.find("promptEdit")
    assert isinstance(prompt, QPlainTextEdit)
    assert drop(prompt.viewport(), data)
    assert prompt.toPlainText() == "A gondola"


async def test_bare_pixels_are_taken_and_keep_their_size(bench: Bench) -> None:
    assert drop(slot(bench), bare(image(320, 200)))
    await bench.settle()
    taken = bench.draft.start_frame
    assert taken is not None
    assert (taken.width, taken.height, taken.name) == (320, 200, "dropped picture.png")


async def test_a_picture_is_pasted_with_the_focus_on_any_field(bench: Bench) -> None:
    for name in ("promptEdit", "seedEdit", "modelPicker"):
        bench.composer.set_start_frame(None)
        QGuiApplication.clipboard().setMimeData(bare(image(64, 64)))
        field = bench.find(name)
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        await bench.settle()
        assert bench.draft.start_frame is not None, name


async def test_text_is_pasted_into_the_prompt_as_text(bench: Bench) -> None:
    QGuiApplication.clipboard().setText("A gondola")
    prompt = bench.find("promptEdit")
    prompt.setFocus()
    QTest.keyClick(prompt, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    await bench.settle()
    assert bench.draft.prompt == "A gondola"
    assert bench.draft.start_frame is None


async def test_a_seed_is_pasted_as_text(bench: Bench) -> None:
    QGuiApplication.clipboard().setText("4711")
    seed = bench.find("seedEdit")
    assert isinstance(seed, QLineEdit)
    seed.setFocus()
    QTest.keyClick(seed, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    await bench.settle()
    assert bench.draft.seed == 4711


async def test_an_empty_clipboard_is_said(bench: Bench) -> None:
    QGuiApplication.clipboard().clear()
    bench.pane.paste()
    assert slot(bench).problem == "There is no picture on the clipboard."


async def test_a_picture_is_browsed_for(bench: Bench, picture: Path) -> None:
    click(slot(bench).strip)
    dialog = bench.pane.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.selectFile(str(picture))
    dialog.accept()
    await bench.settle()
    assert slot(bench).picture is not None


async def test_what_is_no_picture_is_refused_and_the_old_one_stays(bench: Bench, picture: Path, tmp_path: Path) -> None:
    drop(slot(bench), files(picture))
    await bench.settle()
    before = bench.draft.start_frame
    notes = tmp_path / "notes.txt"
    notes.write_text("<b>no picture</b>")
    folder = tmp_path / "folder"
    folder.mkdir()
    address = QMimeData()
    address.setUrls([QUrl("mailto:gondolier@example.org")])
    for offered, said in (
        (files(notes), "notes.txt is not a picture"),
        (files(folder), "folder is a folder"),
        (files(picture, notes), "That is 2 files"),
        (files(tmp_path / "gone.png"), "gone.png is not there any more"),
        (address, "no web address of a picture"),
    ):
        assert drop(slot(bench), offered)
        await bench.settle()
        assert said in slot(bench).problem
        assert bench.draft.start_frame == before
        assert slot(bench).picture == before
    drop(slot(bench), files(picture))
    await bench.settle()
    assert slot(bench).problem == ""


async def test_while_a_picture_is_read_the_slot_says_so(bench: Bench, picture: Path) -> None:
    busy = threading.Event()
    waiting = asyncio.create_task(bench.whole.parts.threads.media.run(busy.wait))
    drop(slot(bench), files(picture))
    await bench.until(lambda: "Reading gondola.png…" in said(slot(bench)))
    busy.set()
    await waiting
    await bench.settle()
    assert "Reading gondola.png…" not in said(slot(bench))


async def test_remove_and_replace_are_reached_by_keyboard(bench: Bench, picture: Path) -> None:
    drop(slot(bench), files(picture))
    await bench.settle()
    slot(bench).setFocus()
    assert slot(bench).card.replace.hasFocus()
    QTest.keyClick(slot(bench).card.replace, Qt.Key.Key_Tab)
    assert slot(bench).card.remove.hasFocus()
    QTest.keyClick(slot(bench).card.remove, Qt.Key.Key_Space)
    await bench.settle()
    assert bench.draft.start_frame is None
    assert slot(bench).strip.hasFocus()


async def test_a_model_that_takes_no_picture_has_no_place_for_one_but_says_so_at_one_that_is_there(
    bench: Bench, picture: Path
) -> None:
    drop(slot(bench), files(picture))
    await bench.settle()
    bench.composer.set_models([VideoModel(id="words", name="Words", durations=("5s",))])
    await bench.settle()
    assert slot(bench).isVisible()
    assert slot(bench).problem == "Words takes no start frame. Remove it or choose another model."
    click(slot(bench).card.remove)
    await bench.settle()
    assert not slot(bench).isVisible()


async def test_a_model_that_needs_a_picture_says_so_without_scolding(bench: Bench) -> None:
    bench.composer.choose_family("Wan")
    await bench.settle()
    assert "Needs a start frame" in slot(bench).strip.text()
    assert slot(bench).problem == ""


def said(of: PictureSlot) -> list[str]:
    return [label.text() for label in of.findChildren(QLabel) if label.isVisible()]
