"""The bundled font, so that the program looks the same on every system, and figures that do not jump."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QWidget

from venice_studio import assets
from venice_studio.ui.theme.tokens import METRICS

FAMILY = "Inter"


def load() -> None:
    """Make the bundled font known to Qt; needs a QGuiApplication. Raises FileNotFoundError if a file is missing."""
    for weight in ("Regular", "Medium", "SemiBold"):
        load_weight(weight)


@cache
def load_weight(weight: str) -> None:
    """Make one weight of it known: three of them take time that the first paint does not have."""
    file = assets.path("fonts", f"Inter-{weight}.otf")
    if QFontDatabase.addApplicationFont(str(file)) < 0:
        raise FileNotFoundError(file)


def base_font() -> QFont:
    """The font of all text that asks for nothing else."""
    font = QFont(FAMILY)
    font.setPixelSize(METRICS.text_size)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def weighted(font: QFont, weight: int, pixels: int | None = None) -> QFont:
    """A copy of the font in another weight (400 to 600) and, if given, another size in pixels."""
    changed = QFont(font)
    changed.setWeight(QFont.Weight(weight))
    if pixels is not None:
        changed.setPixelSize(pixels)
    return changed


def tabular(widget: QWidget) -> None:
    """Give a widget figures of one width, so that a number that changes does not make its line jump."""
    font = widget.font()
    font.setFeature(QFont.Tag("tnum"), 1)
    widget.setFont(font)
