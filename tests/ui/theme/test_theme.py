import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.support.patience import PATIENCE_MS
from tests.ui.windows import show_active
from venice_studio.ui.theme import DARK, LIGHT, Theme, motion_ms, set_look, set_reduced_motion, tabular, tokens


def ground(widget: QWidget) -> QColor:
    image = widget.grab().toImage()
    return image.pixelColor(image.width() - 4, image.height() // 2)


def test_switching_repaints_what_is_on_the_screen(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = QPushButton("Generate")
    button.setProperty("kind", "primary")
    QVBoxLayout(window).addWidget(button)
    window.show()
    assert ground(button) == QColor(DARK.accent)
    with qtbot.waitSignal(theme.changed, timeout=PATIENCE_MS):
        theme.set_mode("light")
    assert tokens() is LIGHT
    assert ground(button) == QColor(LIGHT.accent)


def test_asking_for_the_theme_in_force_changes_nothing(qtbot: QtBot, theme: Theme) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_mode("dark")


def test_the_system_s_theme_is_followed_while_asked_for(qapp: QApplication, theme: Theme) -> None:
    hints = qapp.styleHints()
    theme.set_mode("system")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)  # without a screen no system says so by itself
    assert tokens() is LIGHT
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert tokens() is DARK
    theme.set_mode("dark")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert tokens() is DARK


def test_a_look_can_change_after_the_widget_was_shown(qtbot: QtBot, theme: Theme) -> None:
    label = QLabel("Saved")
    qtbot.addWidget(label)
    label.show()
    set_look(label, role="bad")
    assert label.palette().color(label.foregroundRole()) == QColor(DARK.bad)
    set_look(label, role="good")
    assert label.palette().color(label.foregroundRole()) == QColor(DARK.good)


def test_the_bundled_font_is_used_in_its_weights(qtbot: QtBot, theme: Theme) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    label.show()
    assert QFontInfo(label.font()).family() == "Inter"
    assert QFontInfo(label.font()).pixelSize() == 13
    text = "Generate 2 clips"
    widths = []
    for weight in (400, 500, 600):
        font = label.font()
        font.setWeight(font.Weight(weight))
        widths.append(QFontMetrics(font).horizontalAdvance(text))
    assert widths == sorted(set(widths))


@pytest.mark.parametrize("role", ["", "secondary", "strong", "price"])
def test_figures_of_one_width_survive_the_style_sheet(qtbot: QtBot, theme: Theme, role: str) -> None:
    label = QLabel("1")
    label.setProperty("role", role)
    tabular(label)
    qtbot.addWidget(label)
    label.show()
    widths = {label.fontMetrics().horizontalAdvance(figure * 10) for figure in "0123456789"}
    assert len(widths) == 1


@pytest.mark.parametrize("kind", ["", "quiet", "link", "icon", "primary"])
def test_focus_shows_on_every_button_and_moves_nothing(qtbot: QtBot, theme: Theme, kind: str) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    field, button = QLineEdit(), QPushButton("Save" if kind != "icon" else "")
    button.setProperty("kind", kind)
    column.addWidget(field)
    column.addWidget(button)
    show_active(qtbot, window)
    field.setFocus()
    before, size = button.grab().toImage(), button.sizeHint()
    button.setFocus()
    assert button.grab().toImage() != before
    assert button.sizeHint() == size


def test_less_motion_is_none(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> None:
    set_reduced_motion(None)
    monkeypatch.delenv("VENICE_STUDIO_REDUCED_MOTION", raising=False)
    assert motion_ms(120) == 120
    monkeypatch.setenv("VENICE_STUDIO_REDUCED_MOTION", "1")
    assert motion_ms(120) == 0
    set_reduced_motion(False)
    assert motion_ms(120) == 120
    set_reduced_motion(True)
    monkeypatch.setenv("VENICE_STUDIO_REDUCED_MOTION", "0")
    assert motion_ms(120) == 0
    set_reduced_motion(None)
