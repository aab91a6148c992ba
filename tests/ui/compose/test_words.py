"""What the form says, by example."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from venice_studio.domain.fitting import Change
from venice_studio.domain.inputs import Need
from venice_studio.domain.media import Picture, Remade
from venice_studio.domain.model import VideoModel
from venice_studio.domain.problem import Kind, Problem
from venice_studio.domain.quote import Balance, Checking, NoQuote, Quote, Quoted, QuoteFailed
from venice_studio.domain.request import GenerationRequest
from venice_studio.ui.compose import words
from venice_studio.ui.compose.quote_words import UNKNOWN_PRICE, Purse, quote_look

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
REQUEST = GenerationRequest(model="wan", duration="5s", resolution="720p", sound=True)
QUOTE = Quote(amount=Decimal("0.55"))
RICH = Purse(balance=Balance(can_consume=True, currency="USD", usd=Decimal("24.30")))


def picture(width: int, height: int, size: int = 2_100_000, *, as_is: bool = True) -> Picture:
    return Picture(sha256="0" * 64, mime="image/png", width=width, height=height, size=size, name="a.png", as_is=as_is)


def test_durations_as_people_write_them() -> None:
    assert [words.duration(v) for v in ("5s", "10s", "2.5s", "Auto", "1 gen")] == [
        "5 s",
        "10 s",
        "2.5 s",
        "auto",
        "1 gen",
    ]


def test_durations_that_would_read_the_same_are_told_apart() -> None:
    assert words.durations(("Auto", "auto", "5s", "-1")) == ["Auto", "auto", "5 s", "-1"]
    assert words.durations(("5s", "Auto")) == ["5 s", "auto"]


def test_resolutions_go_up_however_they_are_listed() -> None:
    assert words.ascending(("4K", "1080p", "720p")) == ("720p", "1080p", "4K")


@pytest.mark.parametrize(
    ("size", "name"),
    [
        ((1920, 1080), "16:9"),
        ((1919, 1080), "16:9"),
        ((1080, 1350), "4:5"),
        ((1000, 540), "1.85:1"),
        ((500, 2000), "1:4.00"),
    ],
)
def test_shape_of_a_picture_by_its_usual_name(size: tuple[int, int], name: str) -> None:
    assert words.shape(picture(*size)) == name


def test_a_picture_of_another_shape_than_asked_for_is_mentioned() -> None:
    assert words.other_shape(picture(1080, 1920), "16:9") == "your picture is 9:16"
    assert words.other_shape(picture(1080, 1920), "9:16") == ""
    assert words.other_shape(picture(1080, 1920), "auto") == ""
    assert words.other_shape(None, "16:9") == ""


def test_what_is_sent_of_a_picture() -> None:
    assert words.what_is_sent(picture(1, 1)) == "2.1 MB, sent as it is"
    other = picture(1, 1, 480_200, as_is=False)
    assert words.what_is_sent(other) == "480 kB, re-encoded for Venice"


@pytest.mark.parametrize("why", Remade)
def test_why_a_picture_is_re_encoded_is_said_where_its_kind_does_not_say_it(why: Remade) -> None:
    other = replace(picture(1, 1, as_is=False), remade=why)
    assert bool(words.why_remade(other)) is (why is not Remade.KIND)
    assert words.why_remade(replace(other, link=True)) == ""
    fitted = replace(picture(1, 1, as_is=False), fitted_to="1:1", original=other)
    assert words.why_remade(fitted) == words.why_remade(other)
    assert words.why_remade(picture(1, 1)) == ""


@pytest.mark.parametrize(("factor", "said"), [(1, "as large, but better"), (4, "4 × as large · 2 takes")])
def test_of_an_upscaler_the_summary_says_how_large(factor: int, said: str) -> None:
    request = GenerationRequest(model="topaz", duration="Auto", upscale_factor=factor)
    assert words.summary(request, None, 1 if factor == 1 else 2) == said


def test_summary_says_what_is_bought() -> None:
    assert words.summary(REQUEST, None, 2) == "5 s · 720p · sound on · 2 takes"
    always = VideoModel(id="sora", name="Sora", sound=True)
    silent = GenerationRequest(model="sora", duration="8s", aspect_ratio="9:16")
    assert words.summary(silent, always, 1) == "8 s · 9:16 · with sound"


def test_changes_are_said_in_the_forms_own_words() -> None:
    assert words.change(Change(field="duration", before="10s", after="8s")) == "10 s → 8 s"
    assert words.change(Change(field="aspect_ratio", before="16:9", after=None)) == "16:9 → the model's choice"
    assert words.change(Change(field="audio", before="on", after=None)) == "sound on → no switch for sound"
    assert words.change(Change(field="upscale_factor", before=None, after="2×")) == "not made larger → 2× as large"


@pytest.mark.parametrize(
    ("model", "whose"),
    [
        (VideoModel(id="p", name="P", start_frame=Need.MUST), ["the model's choice"] * 2 + ["the picture's shape"]),
        (
            VideoModel(id="v", name="V", inputs=frozenset({"video_url"})),
            ["the video's length", "the model's choice", "the video's shape"],
        ),
        (
            VideoModel(id="u", name="U", inputs=frozenset({"video_url"}), upscale_factors=(2,)),
            ["the video's length", "the video's size", "the video's shape"],
        ),
        (VideoModel(id="t", name="T"), ["the model's choice"] * 3),
    ],
)
def test_what_stands_in_the_place_of_no_value_depends_on_what_a_clip_is_made_from(
    model: VideoModel, whose: list[str]
) -> None:
    fields = ("duration", "resolution", "aspect_ratio")
    gone = [words.change(Change(field=field, before="x", after=None), after=model) for field in fields]
    came = [words.change(Change(field=field, before=None, after="x"), before=model) for field in fields]
    assert gone == [f"x → {one}" for one in whose]
    assert came == [f"{one} → x" for one in whose]


def test_a_price_for_two_takes_is_the_sum_and_says_what_is_left() -> None:
    look = quote_look(Quoted(key=REQUEST.quote_key, quote=QUOTE, at=NOW), REQUEST.quote_key, 2, RICH, NOW)
    assert look.price == "$1.10"
    assert look.lines == ("2 × $0.55, quoted just now", "leaves $23.20")
    assert not look.dimmed


def test_age_of_a_price() -> None:
    quoted = Quoted(key=REQUEST.quote_key, quote=QUOTE, at=NOW)
    look = quote_look(quoted, REQUEST.quote_key, 1, RICH, NOW + timedelta(minutes=3))
    assert look.lines[0] == "quoted 3 min ago"


def test_practice_money_is_named() -> None:
    purse = Purse(balance=RICH.balance, practice=True)
    look = quote_look(Quoted(key=REQUEST.quote_key, quote=QUOTE, at=NOW), REQUEST.quote_key, 1, purse, NOW)
    assert look.lines == ("practice money", "leaves $23.75")


@pytest.mark.parametrize(
    ("paid_in", "usd", "diem", "price", "said"),
    [
        ("USD", "24.30", None, Quote(amount=Decimal(3), currency="DIEM"), ()),
        ("DIEM", "24.30", "10", Quote(amount=Decimal(3)), ()),
        ("DIEM", None, "10", Quote(amount=Decimal(3), currency="DIEM"), ("leaves 7.00 DIEM",)),
        (None, "24.30", None, Quote(amount=Decimal(3)), ("leaves $21.30",)),
        ("VCU", "24.30", None, Quote(amount=Decimal(3), currency="VCU"), ()),
    ],
)
def test_what_is_left_is_said_only_where_the_price_is_paid_in_what_is_held(
    paid_in: str | None, usd: str | None, diem: str | None, price: Quote, said: tuple[str, ...]
) -> None:
    held = Balance(
        can_consume=True,
        currency=paid_in,
        usd=None if usd is None else Decimal(usd),
        diem=None if diem is None else Decimal(diem),
    )
    quoted = Quoted(key=REQUEST.quote_key, quote=price, at=NOW)
    lines = quote_look(quoted, REQUEST.quote_key, 1, Purse(balance=held), NOW).lines
    assert lines == ("quoted just now", *said)


def test_a_price_beyond_the_balance_warns() -> None:
    quoted = Quoted(key=REQUEST.quote_key, quote=Quote(amount=Decimal("24.59")), at=NOW)
    look = quote_look(quoted, REQUEST.quote_key, 1, RICH, NOW)
    assert look.lines[1] == "$0.29 more than you have"
    assert look.tone == "warn"


def test_while_checking_the_old_price_stays_dimmed() -> None:
    look = quote_look(Checking(key=REQUEST.quote_key, previous=QUOTE), REQUEST.quote_key, 1, RICH, NOW)
    assert (look.price, look.dimmed) == ("$0.55", True)
    assert quote_look(Checking(key=REQUEST.quote_key), REQUEST.quote_key, 1, RICH, NOW).price == UNKNOWN_PRICE


def test_the_price_of_another_draft_is_not_passed_off_as_this_ones() -> None:
    other = GenerationRequest(model="wan", duration="10s").quote_key
    look = quote_look(Quoted(key=other, quote=QUOTE, at=NOW), REQUEST.quote_key, 1, RICH, NOW)
    assert look.dimmed


def test_a_failure_says_why_and_can_be_tried_again() -> None:
    problem = Problem(kind=Kind.SERVICE, message="Something broke.")
    look = quote_look(QuoteFailed(key=REQUEST.quote_key, problem=problem), REQUEST.quote_key, 1, RICH, NOW)
    assert look.lines == ("Venice has a problem", "Something broke.")
    assert look.hint == "Venice has a problem: Something broke."
    assert look.retry
    assert look.price == UNKNOWN_PRICE


def test_without_a_connection_nobody_need_fear_for_the_jobs() -> None:
    problem = Problem(kind=Kind.OFFLINE, message="There is no network.")
    failed = QuoteFailed(key=REQUEST.quote_key, problem=problem)
    look = quote_look(failed, REQUEST.quote_key, 1, RICH, NOW)
    assert look.lines == ("no connection: your jobs go on at Venice;", "we look again when you are back")
    assert look.hint.startswith("There is no network. No connection: your jobs go on at Venice")
    assert look.retry
    practice = quote_look(failed, REQUEST.quote_key, 1, Purse(practice=True), NOW)
    assert practice.lines == ("no connection", "There is no network.")


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0.39", ("+$0.39", "$0.39 more")),
        ("-0.125", ("\N{MINUS SIGN}$0.125", "$0.125 less")),
        ("0.00", ("same", "the same price")),
    ],
)
def test_differences(amount: str, said: tuple[str, str]) -> None:
    assert words.difference(Decimal(amount), "USD") == said


def test_nothing_to_price_says_what_is_missing() -> None:
    assert quote_look(NoQuote(reason="Choose a model."), REQUEST.quote_key, 1, RICH, NOW).lines == ("Choose a model.",)
