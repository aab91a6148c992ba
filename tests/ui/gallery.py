"""Every widget in its states, both themes, as pictures to judge: `python -m tests.ui.gallery OUT`."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tests.support.clips import make_clip
from venice_studio import assets
from venice_studio.ui.player import Player
from venice_studio.ui.theme import METRICS, Theme, icon
from venice_studio.ui.widgets import (
    Banner,
    ChoiceField,
    Elided,
    Field,
    PlainLabel,
    PrimaryButton,
    ProgressLine,
    PromptEdit,
    RatioTiles,
    SecondsField,
    Segments,
    Toggle,
    button,
    icon_button,
)
from venice_studio.ui.widgets.async_dialog import CANCEL, Choice, Question

LONG = "The gondola drifts towards the camera, water ripples catch the last light, slow push in, gulls over the lagoon"


def column(*widgets: QWidget, width: int = 340) -> QWidget:
    pane = QWidget()
    pane.setProperty("surface", "pane")
    pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    pane.setFixedWidth(width)
    rows = QVBoxLayout(pane)
    rows.setContentsMargins(METRICS.space_4, METRICS.space_4, METRICS.space_4, METRICS.space_4)
    rows.setSpacing(METRICS.space_4)
    for widget in widgets:
        rows.addWidget(widget)
    rows.addStretch(1)
    return pane


def beside(*widgets: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(METRICS.space_2)
    for widget in widgets:
        row.addWidget(widget)
    return box


def choices(kind: str, *values: str, current: str | None = None, suffix: str = "") -> ChoiceField:
    field = ChoiceField("seconds" if kind == "seconds" else "ratio" if kind == "ratio" else "plain")
    field.set_choices(
        values, [value.removesuffix("s") + " s" if kind == "seconds" else value for value in values], current
    )
    return field


def form() -> QWidget:
    prompt = PromptEdit(placeholder="What happens in the clip?", limit=2500)
    prompt.setPlainText("The gondola drifts towards the camera, water ripples catch the last light, slow push in")
    takes = Segments()
    takes.set_choices([(str(n), str(n)) for n in range(1, 5)], "2", disabled={"4": "Balance too low"})
    sound = Toggle()
    sound.setChecked(True)
    model = ChoiceField()
    model.set_choices([f"Model {n}" for n in range(9)], current="Model 3")
    seed = QLineEdit("a seed")
    return column(
        Field("Prompt", prompt, note=prompt.counter()),
        Field("Model", model),
        beside(
            Field("Duration", choices("seconds", "5s", "10s", "15s", current="5s")),
            Field("Resolution", choices("plain", "720p", "1080p", current="720p")),
        ),
        Field("Shape", PlainLabel("from your picture, 16:9"), inline=True),
        Field("Sound", sound, inline=True),
        Field("Sound", Toggle(), inline=True),
        Field("Takes", takes),
        Field("Shape", choices("ratio", "16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "auto", current="9:16")),
        Field("Duration", choices("seconds", *(f"{n}s" for n in range(3, 16)), current="8s")),
        Field("Duration", choices("seconds", "5s", "8s", "10s", "15s", "18s", current="10s")),
        Field("Duration", choices("seconds", "5s"), inline=True),
        with_problem(Field("Seed", seed)),
    )


def with_problem(field: Field) -> Field:
    field.set_problem("A seed is a whole number between 0 and 4294967295. Leave it empty for a new one each time.")
    return field


def buttons() -> QWidget:
    off = PrimaryButton("Generate 2 clips", "Ctrl+Enter")
    off.setEnabled(False)
    grey = button("Save as…")
    grey.setEnabled(False)
    spare = icon_button("trash", "Delete")
    spare.setEnabled(False)
    price = PlainLabel("$1.10", "price")
    return column(
        PlainLabel("5 s · 720p · sound on · 2 takes", "secondary"),
        price,
        PrimaryButton("Generate 2 clips", "Ctrl+Enter"),
        off,
        PrimaryButton("Send for $0.44"),
        beside(button("Continue from this frame"), button("Reuse settings"), grey),
        beside(button("Replace", "link"), button("Remove", "quiet"), button("Delete", "danger")),
        beside(button("Send for $0.44", "link", small=True), button("Edit", "quiet", small=True)),
        beside(button("Folder", icon_name="folder"), button("Loop", "quiet", icon_name="loop")),
        beside(icon_button("star", "Star"), icon_button("more", "More"), spare),
        PlainLabel("from a picture", "badge"),
        *(PlainLabel(f"{role}: 0123456789", role) for role in ("secondary", "hint", "accent", "good", "warn", "bad")),
        PlainLabel("strong", "strong"),
        PlainLabel("A title", "title"),
        PlainLabel("<b>not bold</b> & plain"),
        Elided(LONG),
        Elided(LONG + " and on", lines=2),
        Elided("One short line", lines=2),
        width=440,
    )


def notices() -> QWidget:
    banners = [Banner() for _ in range(4)]
    banners[0].show_notice(
        "info", "You are in practice mode: clips are made on this computer.", [("key", "Connect Venice")]
    )
    banners[1].show_notice("good", "Saved in Videos/Venice Studio.", [("show", "Show"), ("undo", "Undo")])
    banners[2].show_notice(
        "warn", "Offline. Your jobs go on at Venice; we look again when you are back.", dismissable=False
    )
    banners[3].show_notice(
        "bad", "The balance is too low: $0.21 are missing. Nothing was charged.", [("pay", "Add credit")]
    )
    half, none, unknown = ProgressLine(), ProgressLine(), ProgressLine()
    half.set_share(0.62)
    unknown.set_share(None)
    search = QLineEdit()
    search.setPlaceholderText("Search prompts, models, tags")
    filters = Segments(equal=False)
    filters.set_choices(
        [("all", "All"), ("r", "Rendering 1"), ("s", "Saved"), ("n", "Needs you 1"), ("star", "★")], current="all"
    )
    slider = SecondsField()
    slider.set_range(range(3, 31), 12)
    slider.setEnabled(False)
    tiles = RatioTiles()
    tiles.set_choices([(v, v) for v in ("16:9", "9:16", "1:1", "4:3", "3:4")], "16:9")
    return column(*banners, half, none, unknown, search, filters, slider, tiles, width=420)


def question() -> QWidget:
    return Question(
        None,
        "Delete this clip?",
        "The file goes to the wastebasket. Venice may still have a copy for some days. Nothing is charged for this.",
        [CANCEL, Choice("both", "Delete here and at Venice", "danger"), Choice("here", "Delete", "primary")],
        "cancel",
        "gondola-0001.mp4, 5 s, 3.1 MB",
    )


def icons() -> QWidget:
    pane = column(width=420)
    grid = QGridLayout()
    for at, file in enumerate(sorted(assets.path("icons").glob("*.svg"))):
        if file.stem == "app":
            continue
        holder = PlainLabel()
        holder.setPixmap(icon(file.stem).pixmap(QSize(24, 24), pane.devicePixelRatioF()))
        name = PlainLabel(file.stem, "hint")
        grid.addWidget(holder, at // 4 * 2, at % 4)
        grid.addWidget(name, at // 4 * 2 + 1, at % 4)
    layout = pane.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.insertLayout(0, grid)
    return pane


def player() -> QWidget:
    """A clip in mid-play, as in the middle pane."""
    made = open_player(make_clip(Path(tempfile.mkdtemp()) / "clip.mp4", frames=120, size=(1280, 720)), 120)
    made.loop = True
    made.step(50)
    wait_until(lambda: made.frame == 50)
    return made


def trouble() -> QWidget:
    """A clip that is gone."""
    made = open_player(Path("gondola-0001.mp4"), 120)
    wait_until(lambda: made.message.text != "")
    return made


def open_player(clip: Path, frames: int) -> Player:
    made = Player()
    made.resize(720, 520)
    made.show()
    made.load(clip, 24, frames, frames * 1000 // 24)
    wait_until(lambda: not made.current_frame().isNull() or made.message.text != "")
    return made


def wait_until(true: Callable[[], bool]) -> None:
    while not true():
        QApplication.processEvents()


SHEETS: dict[str, Callable[[], QWidget]] = {
    "form": form,
    "buttons": buttons,
    "notices": notices,
    "question": question,
    "icons": icons,
    "player": player,
    "trouble": trouble,
}


def render(out: Path) -> None:
    app = QApplication(sys.argv[:1])
    theme = Theme(app, "dark")
    theme.complete()
    scale = os.environ.get("QT_SCALE_FACTOR", "1")
    for mode in ("dark", "light"):
        theme.set_mode("dark" if mode == "dark" else "light")
        for name, make in SHEETS.items():
            sheet = make()
            sheet.ensurePolished()
            sheet.show()
            app.processEvents()
            if not isinstance(sheet, QDialog | Player):
                sheet.resize(sheet.width(), sheet.sizeHint().height())
            app.processEvents()
            sheet.grab().save(str(out / f"{name}-{mode}-{scale}x.png"))
            if isinstance(sheet, Player):
                sheet.teardown()
            sheet.close()


def main() -> int:
    if len(sys.argv) != 2:
        print("usage: python -m tests.ui.gallery OUT", file=sys.stderr)
        return 2
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    if "QT_SCALE_FACTOR" in os.environ:
        render(out)
        return 0
    # The scale is fixed once an application has started, so each scale gets a process of its own.
    for scale in ("1", "2"):
        subprocess.run(
            [sys.executable, "-m", "tests.ui.gallery", str(out)],
            env=os.environ | {"QT_SCALE_FACTOR": scale},
            check=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
