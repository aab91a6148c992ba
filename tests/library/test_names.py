"""Names that every system takes, whatever the prompt says."""

import unicodedata
from datetime import date
from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from venice_studio.library.names import clip_name

DAY = date(2026, 11, 22)


def test_a_name_says_day_prompt_and_number() -> None:
    assert clip_name("Gondola drifts towards camera", DAY, 1) == "2026-11-22 Gondola drifts towards camera 1.mp4"


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("", "2026-11-22 Clip 1.mp4"),
        (" ...  ", "2026-11-22 Clip 1.mp4"),
        ("///", "2026-11-22 Clip 1.mp4"),
        ("CON", "2026-11-22 CON 1.mp4"),
        ("../../etc/passwd", "2026-11-22 etc passwd 1.mp4"),
        ('A "wide" shot: <slow>?', "2026-11-22 A wide shot slow 1.mp4"),
        ("two\nlines\tand tabs", "2026-11-22 two lines and tabs 1.mp4"),
        ("a cat 🐈 in rain", "2026-11-22 a cat 🐈 in rain 1.mp4"),
        ("evil\u202egpj.exe", "2026-11-22 evilgpj.exe 1.mp4"),
        ("nul\x00byte", "2026-11-22 nulbyte 1.mp4"),
        ("cafe\u0301", "2026-11-22 café 1.mp4"),
        ("ends with dots...", "2026-11-22 ends with dots 1.mp4"),
    ],
)
def test_prompts_people_write(prompt: str, expected: str) -> None:
    assert clip_name(prompt, DAY, 1) == expected


def test_a_long_prompt_is_cut_between_words() -> None:
    name = clip_name("slow dolly shot through a rainy market " * 30, DAY, 7)
    assert name.startswith("2026-11-22 slow dolly shot through a rainy market slow")
    assert name.endswith(" 7.mp4")
    words = name.removeprefix("2026-11-22 ").removesuffix(" 7.mp4").split()
    assert set(words) == {"slow", "dolly", "shot", "through", "a", "rainy", "market"}


def test_a_long_prompt_without_spaces_is_cut_between_characters() -> None:
    name = clip_name("夕暮れの運河" * 100, DAY, 1)
    assert name.startswith("2026-11-22 夕暮れの運河夕暮れ")
    assert len(name.encode()) <= 150


@given(st.text(st.characters(exclude_categories=[])), st.integers(min_value=1, max_value=10**9))
def test_any_text_makes_a_name_for_every_system(prompt: str, number: int) -> None:
    name = clip_name(prompt, DAY, number)

    assert len(name.encode()) <= 255
    assert not set(name) & set('<>:"/\\|?*')
    assert all(unicodedata.category(char)[0] != "C" for char in name)
    assert PureWindowsPath(name).name == name
    assert name == name.strip(" .")
    assert name.endswith(f" {number}.mp4")
