"""Models that between them take every input, and files to give them."""

from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tests.support.fake_service import MODELS
from tests.support.recordings import make_video, make_wav
from tests.ui.compose.conftest import Bench, image
from venice_studio.domain.inputs import RULES, Material, Need, Role
from venice_studio.domain.model import VideoModel
from venice_studio.ui.compose.inputs.cards import FileItem
from venice_studio.ui.compose.inputs.cards_slot import CardsSlot
from venice_studio.ui.compose.inputs.slot import InputSlot
from venice_studio.ui.compose.inputs.words import object_name

_COMMON: dict[str, Any] = {
    "durations": ("5s", "10s"),
    "resolutions": ("720p",),
    "aspect_ratios": ("16:9", "9:16"),
    "private": True,
}


def _wires(*roles: Role) -> frozenset[str]:
    return frozenset(RULES[role].wire for role in roles)


FOLLOWING = VideoModel(
    id="following",
    name="Follow R2V",
    inputs=_wires(Role.REFERENCES, Role.REFERENCE_VIDEOS, Role.REFERENCE_SOUNDS),
    most=((Role.REFERENCES, 4), (Role.REFERENCE_SOUNDS, 3)),
    **_COMMON,
)
STARTING = VideoModel(
    id="starting", name="Follow I2V", start_frame=Need.MUST, inputs=frozenset({"image_url"}), **_COMMON
)
ACTING = VideoModel(
    id="acting", name="Actors", inputs=_wires(Role.ELEMENTS, Role.SCENES), most=((Role.ELEMENTS, 3),), **_COMMON
)
KEYED = VideoModel(id="keyed", name="Keys", inputs=_wires(Role.KEYFRAMES), **_COMMON)
SINGING = VideoModel(
    id="singing",
    name="Singer",
    start_frame=Need.MAY,
    inputs=frozenset({"image_url", "audio_url"}),
    least_sound_s=3,
    **_COMMON,
)
EDITING = VideoModel(id="editing", name="Follow V2V", inputs=_wires(Role.SOURCE_VIDEO), **_COMMON)
LARGER = VideoModel(id="larger", name="Larger", inputs=_wires(Role.SOURCE_VIDEO), upscale_factors=(1, 2, 4))
EVERY = (*MODELS, FOLLOWING, STARTING, ACTING, KEYED, SINGING, EDITING, LARGER)

MODEL_OF = {
    Role.REFERENCES: FOLLOWING,
    Role.REFERENCE_VIDEOS: FOLLOWING,
    Role.REFERENCE_SOUNDS: FOLLOWING,
    Role.ELEMENTS: ACTING,
    Role.SCENES: ACTING,
    Role.KEYFRAMES: KEYED,
    Role.SOUNDTRACK: SINGING,
    Role.SOURCE_VIDEO: EDITING,
}


def file(folder: Path, material: Material, number: int = 0) -> Path:
    """A file of a kind, unlike any other of another number."""
    match material:
        case Material.PICTURE:
            path = folder / f"cat {number}.png"
            assert image(100 + number, 90).save(str(path))
            return path
        case Material.SOUND:
            return make_wav(folder / f"waves {number}.wav", seconds=4 + number / 10)
        case Material.VIDEO:
            return make_video(folder / f"dance {number}.mp4", frames=50 + number)


def several(folder: Path, role: Role, count: int) -> list[Path]:
    """So many files for a role."""
    return [file(folder, RULES[role].material, number) for number in range(count)]


def choose(bench: Bench, model: VideoModel) -> None:
    """List every model and choose one."""
    bench.composer.set_models(EVERY)
    bench.composer.choose_model(model.id)


def slot(bench: Bench, role: Role) -> InputSlot:
    """The place of a role, which has to be in sight."""
    found = bench.find(object_name(role))
    assert isinstance(found, InputSlot)
    assert found.isVisible()
    return found


def cards(bench: Bench, role: Role) -> list[FileItem]:
    """The cards of a role."""
    place = slot(bench, role)
    assert isinstance(place, CardsSlot)
    return place.grid.cards


def names(bench: Bench, role: Role) -> list[str]:
    """What the draft holds in a role, by the files' names."""
    return [medium.name for medium in bench.draft.media_of(role)]


def remedy(bench: Bench, role: Role, label: str) -> QWidget:
    """The link of that label at the place of a role."""
    return next(link for link in slot(bench, role).trouble.buttons if link.text() == label)


def shown(widget: QWidget) -> QImage:
    """What a widget looks like."""
    return widget.grab().toImage()
