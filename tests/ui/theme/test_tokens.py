import re

import pytest

from venice_studio import assets
from venice_studio.ui.theme import DARK, LIGHT, Tokens, contrast, style_sheet
from venice_studio.ui.theme.tokens import GROUNDS, TEXTS

BOTH = pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#4cc9b0", "#4cc9b0") == 1


@BOTH
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_text_colour_can_be_read_on_every_ground(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("accent_ink", "accent"),
        ("accent_ink", "accent_hover"),
        ("text", "hover"),
        ("text", "selected"),
        ("secondary", "selected"),
        ("accent_text", "selected"),
        ("stage_text", "stage"),
        ("stage_hint", "stage"),
        ("stage_text", "stage_raised"),
        ("stage_text", "stage_hover"),
        ("stage_text", "stage_bar"),
        ("stage_hint", "stage_bar"),
        ("stage_accent", "stage_bar"),
    ],
)
def test_text_can_be_read_on_the_other_grounds_it_lies_on(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize("ground", [*GROUNDS, "selected"])
def test_the_focus_ring_stands_off_from_every_ground(tokens: Tokens, ground: str) -> None:
    assert contrast(tokens.accent, getattr(tokens, ground)) >= 3


@BOTH
def test_the_style_sheet_has_no_placeholder_left(tokens: Tokens) -> None:
    sheet = style_sheet(tokens)
    assert "@" not in sheet
    assert tokens.accent in sheet


def test_the_style_sheet_s_colours_all_come_from_the_tokens() -> None:
    template = assets.path("style", "studio.qss").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", template) == []
