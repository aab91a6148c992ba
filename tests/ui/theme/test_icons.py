import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage

from venice_studio import assets
from venice_studio.ui.theme import DARK, LIGHT, Theme, app_icon, icon

NAMES = sorted(file.stem for file in assets.path("icons").glob("*.svg") if file.stem != "app")


def image(name: str, role: str = "text", mode: QIcon.Mode = QIcon.Mode.Normal, scale: float = 1.0) -> QImage:
    return icon(name, role).pixmap(QSize(24, 24), scale, mode).toImage()


def strongest(picture: QImage) -> QColor:
    """The most opaque pixel."""
    width, height = picture.size().toTuple()
    pixels = (picture.pixelColor(x, y) for x in range(width) for y in range(height))
    return max(pixels, key=lambda colour: colour.alpha())


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_inside_its_square_in_the_colour_in_force(name: str, theme: Theme) -> None:
    picture = image(name, scale=2.0)
    assert picture.size() == QSize(48, 48)
    found = strongest(picture)
    assert found.alpha() > 200
    assert QColor(found.rgb()) == QColor(DARK.text)
    edge = [picture.pixelColor(at, side).alpha() for at in range(48) for side in (0, 47)]
    edge += [picture.pixelColor(side, at).alpha() for at in range(48) for side in (0, 47)]
    assert max(edge) == 0


def test_an_icon_follows_the_theme(theme: Theme) -> None:
    kept = icon("close", "accent_text")
    theme.set_mode("light")
    found = strongest(kept.pixmap(QSize(24, 24), 2.0).toImage())
    assert QColor(found.rgb()) == QColor(LIGHT.accent_text)


def test_a_disabled_icon_is_dimmed(theme: Theme) -> None:
    on, off = strongest(image("play")), strongest(image("play", mode=QIcon.Mode.Disabled))
    assert off.alpha() < on.alpha() * 0.6


def test_an_icon_has_twice_the_pixels_at_200_percent(theme: Theme) -> None:
    small, large = image("folder"), image("folder", scale=2.0)
    assert large.size() == small.size() * 2
    assert large.convertToFormat(QImage.Format.Format_ARGB32) != small.scaled(large.size())


def test_an_unknown_icon_is_an_error(theme: Theme) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


def test_the_program_has_an_icon(theme: Theme) -> None:
    assert QSize(256, 256) in app_icon().availableSizes()
