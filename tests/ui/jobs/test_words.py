"""What is said of jobs, and how they are sorted, sifted and counted."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetrics

from tests.ui.jobs import material as m
from venice_studio.domain.job import Intended, Job, JobState, Stopped
from venice_studio.domain.media import Sound
from venice_studio.domain.problem import Cost, Kind
from venice_studio.studio.submitter import TAKEN_BACK
from venice_studio.ui.jobs import delegate, offers, sentences, words
from venice_studio.ui.jobs.listing import Listing, Row, Sieve
from venice_studio.ui.jobs.offers import Act
from venice_studio.ui.jobs.words import Section
from venice_studio.ui.theme import Theme, base_font


@pytest.mark.parametrize(
    ("elapsed_s", "estimate_s", "says"),
    [
        (10, 60, "30–50 s left"),
        (40, 70, "up to 30 s left"),
        (10, 190, "2–3 min left"),
        (0, 70, "about 1 min left"),
        (60, 9 * 3600, "6–9 h left"),
        (0, 2 * 3600, "about 2 h left"),
        (57, 60, "seconds left"),
        (70, 60, "any moment now"),
        (120, 60, "longer than usual"),
        (75, None, "1:15 so far"),
    ],
)
def test_the_time_left_is_as_coarse_as_it_is_known(elapsed_s: float, estimate_s: float | None, says: str) -> None:
    assert said(m.job(m.rendering(elapsed_s, estimate_s))) == says


def said(job: Job) -> str:
    return words.wait_note(job, m.NOW, m.outlook(job))


def test_a_look_that_found_nobody_is_said_in_place_of_the_time() -> None:
    cut = m.problem(Kind.OFFLINE, "There is no connection.")
    assert said(m.job(m.rendering(trouble=cut))) == "no answer, looking again"
    key = m.problem(Kind.NO_KEY, "Waits for its key.")
    assert said(m.job(m.rendering(trouble=key))) == "waits for its key"


def test_a_charge_is_said_with_its_reason_and_a_doubt_alone() -> None:
    assert words.charge(m.job(m.refused())) == "Not charged: balance was too low"
    assert words.charge(m.job(m.failed(Cost.REFUNDED))) == "Refunded: the clip is broken"
    assert words.charge(m.job(m.doubtful())) == "May have been charged"
    assert words.charge(m.job(m.rendering())) == ""


@pytest.mark.parametrize(
    ("note", "short"),
    [
        ("about 1 min left", "~1 min left"),
        ("longer than usual", "takes longer"),
        ("no answer, looking again", "no answer yet"),
        ("20–35 s left", "20–35 s left"),
    ],
)
def test_a_note_has_a_shorter_form_where_it_is_long(note: str, short: str) -> None:
    assert words.shorter(note) == short


def test_of_several_forms_the_longest_that_fits_is_written(theme: Theme) -> None:
    metrics = QFontMetrics(base_font())
    forms = sentences.gist(m.request(), m.name)
    assert forms == ("Wan 2.6 · 720p", "Wan 2.6")
    widths = [metrics.horizontalAdvance(form) for form in forms]
    assert delegate.fitting(forms, metrics, widths[0]) == "Wan 2.6 · 720p"
    assert delegate.fitting(forms, metrics, widths[0] - 1) == "Wan 2.6"
    assert delegate.fitting(forms, metrics, widths[1] - 1).endswith("…")


def test_every_kind_of_problem_has_a_reason() -> None:
    for kind in Kind:
        assert ": " in words.charge(m.job(m.refused(kind=kind)))


def needy() -> list[Job]:
    states = (m.refused(), m.doubtful(), m.failed(), m.failed(Cost.REFUNDED), m.failed(Cost.UNKNOWN))
    return [m.job(state, amount="0.44") for state in states]


@pytest.mark.parametrize("job", needy(), ids=lambda job: f"{type(job.state).__name__}, {job.cost}")
def test_what_spends_names_the_sum_and_stands_once_among_the_ways_out(job: Job) -> None:
    ways = offers.ways_out(job)
    spending = [act for act in ways if act in offers.SPENDING]
    assert len(spending) == 1
    assert all(("$0.44" in offers.label(act, job)) == (act in offers.SPENDING) for act in ways)
    assert Act.DISMISS in ways
    assert set(offers.in_row(job)) <= set(ways)


def test_a_doubtful_job_is_never_simply_sent_again() -> None:
    doubtful = m.job(m.doubtful())
    everywhere = {*offers.ways_out(doubtful), *offers.menu(doubtful), *offers.in_row(doubtful)}
    assert Act.SEND_AGAIN not in everywhere
    assert offers.ways_out(doubtful)[0] is Act.BALANCE


def test_what_needs_the_user_and_what_is_saved_has_a_receipt(tmp_path: Path) -> None:
    saved = m.job(m.saved(m.clip(tmp_path / "a.mp4")))
    assert all(Act.COPY_RECEIPT in offers.menu(job) for job in (saved, *needy()))


def test_what_the_service_took_is_looked_for_before_money_is_spent_again() -> None:
    assert offers.ways_out(m.job(m.failed()))[0] is Act.LOOK_AGAIN
    assert offers.in_row(m.job(m.failed())) == (Act.LOOK_AGAIN, Act.REUSE)
    assert Act.LOOK_AGAIN not in offers.ways_out(m.job(m.failed(Cost.REFUNDED)))


FIELDS = {"duration": "must be one of 5s, 10s"}


@pytest.mark.parametrize(
    ("job", "ways", "in_row"),
    [
        (m.job(m.refused()), [Act.BALANCE, Act.SEND_AGAIN, Act.REUSE], ["Send for $0.55", "Edit"]),
        (
            m.job(m.refused(kind=Kind.INVALID, fields=FIELDS)),
            [Act.REUSE, Act.SEND_AGAIN],
            ["Edit", "Send for $0.55"],
        ),
        (m.job(m.refused(kind=Kind.INVALID)), [Act.SEND_AGAIN, Act.REUSE], ["Send for $0.55", "Edit"]),
        (
            m.job(m.refused(kind=Kind.KEY)),
            [Act.KEY, Act.REUSE, Act.SEND_AGAIN],
            ["Another key…", "Send for $0.55"],
        ),
        (
            m.job(m.refused(kind=Kind.NO_KEY)),
            [Act.KEY, Act.REUSE, Act.SEND_AGAIN],
            ["Connect Venice", "Send for $0.55"],
        ),
    ],
)
def test_what_helps_comes_before_what_would_be_refused_again(job: Job, ways: list[Act], in_row: list[str]) -> None:
    assert list(offers.ways_out(job)) == [*ways, Act.DISMISS]
    assert [offers.label(act, job, short=True) for act in offers.in_row(job)] == in_row


def test_one_act_has_one_name_in_row_card_and_menu() -> None:
    job = m.job(m.refused())
    assert offers.label(Act.REUSE, job) == offers.label(Act.REUSE, job, short=True) == "Edit"
    assert offers.label(Act.REUSE, m.job(m.rendering())) == "Reuse settings"


def test_only_lost_money_is_bad_news() -> None:
    jobs = (m.refused(), m.failed(Cost.REFUNDED), m.failed(), m.doubtful())
    assert [words.charge_colour(m.job(state)) for state in jobs] == ["secondary", "secondary", "bad", "warn"]


def test_the_form_differs_in_its_own_words() -> None:
    job = m.job(m.rendering())
    draft = replace(job.request, duration="10s", seed=7, sound=False)
    assert sentences.differences(job, draft) == ["duration", "sound", "seed"]
    assert sentences.differences(job, job.request) == []
    tone = Sound(sha256="t", mime="audio/wav", size=1, name="t.wav", duration_ms=5000)
    larger = replace(job.request, soundtrack=tone, upscale_factor=2)
    assert sentences.differences(job, larger) == ["sound file", "enlargement"]


def rows(*jobs: Job) -> Listing:
    listing = Listing(m.name)
    listing.put(jobs)
    return listing


def shown(listing: Listing) -> list[str]:
    found = [listing.row(group) for group in listing.shown()]
    return [row.jobs[0].request.prompt for row in found if row]


def test_rows_stand_newest_first_and_takes_of_one_press_are_one_row() -> None:
    listing = rows(
        m.job(m.rendering(), "old", age_s=300),
        m.job(m.rendering(), "two", age_s=200, group="g", take=2),
        m.job(m.refused(), "two", age_s=200, group="g", take=1),
        m.job(m.rendering(), "new", age_s=100),
    )
    assert shown(listing) == ["new", "two", "old"]
    row = listing.row("g")
    assert row is not None
    assert [job.take for job in row.jobs] == [1, 2]
    assert sentences.counted(row) == ["1 rendering", "1 needs you"]
    assert sentences.tally(Section.NEEDS_YOU, 2) == "2 need you"
    assert sentences.price(row) == "$0.55"


def test_counts_follow_every_change() -> None:
    job = m.job(m.rendering())
    listing = rows(job, m.job(m.refused()))
    assert (listing.counts[Section.RENDERING], listing.counts[Section.NEEDS_YOU]) == (1, 1)
    listing.put([job.to(m.failed())])
    assert (listing.counts[Section.RENDERING], listing.counts[Section.NEEDS_YOU]) == (0, 2)
    listing.remove(job.id)
    assert (len(listing), listing.counts[Section.NEEDS_YOU]) == (1, 1)
    assert listing.row(job.group) is None


def test_a_row_passes_when_every_word_is_in_prompt_or_model_name() -> None:
    listing = rows(m.job(m.rendering(), "A red fox in snow"), m.job(m.refused(), "A red kite", age_s=10))
    for text, expected in (
        ("RED", ["A red kite", "A red fox in snow"]),
        ("snow wan", ["A red fox in snow"]),
        ("whale", []),
    ):
        listing.sieve = Sieve(text=text)
        assert shown(listing) == expected
    listing.sieve = Sieve(text="red", section=Section.NEEDS_YOU)
    assert shown(listing) == ["A red kite"]


def test_a_screen_reader_hears_the_whole_row() -> None:
    single = Row(group="g", jobs=(m.job(m.refused(), "A queen", amount="0.44"),))
    said = sentences.spoken(single, m.name, m.NOW, m.outlook(single.jobs[0]))
    assert said == "A queen. Wan 2.6. Needs you. Not charged: balance was too low. Send for $0.44. Edit"


def row_of(*states: JobState) -> Row:
    jobs = m.press(*states, prompt="A fox")
    return Row(group=jobs[0].group, jobs=jobs)


def test_a_row_counts_only_what_was_or_will_be_spent(tmp_path: Path) -> None:
    saved = m.saved(m.clip(tmp_path / "a.mp4"))
    assert sentences.price(row_of(m.refused(), *m.kept_back(3))) == ""
    assert sentences.price(row_of(saved, m.refused(), *m.kept_back(1))) == "$0.44"
    assert sentences.price(row_of(m.failed(Cost.REFUNDED), m.failed(), m.doubtful())) == "$0.88"
    assert sentences.price(row_of(saved, m.rendering(), m.held(), m.intended())) == "$1.76"


NOT_ALLOWED = m.refused(kind=Kind.FORBIDDEN)
STOPPED = Stopped(ticket=m.TICKET, queued_at=m.NOW)


@pytest.mark.parametrize(
    ("states", "charges", "links"),
    [
        ([NOT_ALLOWED, *m.kept_back(3)], ["Not charged: not allowed"], ["Send 4 for $1.76", "Edit"]),
        (m.kept_back(2), ["Not charged: it was refused"], ["Send 2 for $0.88", "Edit"]),
        ([m.failed(Cost.REFUNDED)] * 2, ["Refunded: the clip is broken"], ["Send 2 for $0.88", "Edit"]),
        ([m.failed()] * 2, ["Charged: the clip is broken"], []),
        ([STOPPED] * 2, ["Not watched any more"], []),
        ([m.doubtful(), *m.kept_back(2)], ["1 may have been charged"], ["Look at your balance"]),
        ([m.failed(), NOT_ALLOWED, *m.kept_back(1)], ["1 charged", "2 not charged"], []),
        (
            [m.refused(kind=Kind.CONTENT, suggested_prompt="A calm fox"), *m.kept_back(1)],
            ["Not charged: content was refused"],
            ["Use suggestion", "Send 2 for $0.88"],
        ),
    ],
)
def test_a_row_that_wholly_needs_the_user_says_what_it_cost_and_what_to_do(
    states: list[JobState], charges: list[str], links: list[str]
) -> None:
    row = row_of(*states)
    assert [text for text, _ in sentences.charges(row)] == charges
    assert [offers.label(act, row.answered[0], row.jobs, short=True) for act in offers.links(row)] == links


def test_takes_that_are_left_over_are_offered_beside_those_that_are_saved(tmp_path: Path) -> None:
    saved = m.saved(m.clip(tmp_path / "a.mp4"))
    row = row_of(saved, NOT_ALLOWED, *m.kept_back(1))
    assert sentences.charges(row) == []
    assert offers.links(row) == (Act.SEND_ALL, Act.REUSE)
    assert offers.label(Act.SEND_ALL, row.answered[0], row.jobs) == "Send 2 for $0.88"
    assert offers.links(row_of(saved, saved, NOT_ALLOWED)) == (Act.SEND_AGAIN, Act.REUSE)
    assert offers.links(row_of(m.rendering(), NOT_ALLOWED, *m.kept_back(1))) == ()


def test_what_several_takes_may_be_sent_for_is_in_the_menu_of_each_of_them(tmp_path: Path) -> None:
    row = row_of(m.saved(m.clip(tmp_path / "a.mp4")), NOT_ALLOWED, *m.kept_back(1))
    assert [Act.SEND_ALL in offers.menu(job, row.jobs) for job in row.jobs] == [False, True, True]
    doubtful = row_of(m.doubtful(), NOT_ALLOWED)
    assert not any(Act.SEND_ALL in offers.menu(job, doubtful.jobs) for job in doubtful.jobs)


def test_a_screen_reader_hears_what_several_takes_cost_and_what_to_do() -> None:
    row = row_of(NOT_ALLOWED, *m.kept_back(3))
    said = sentences.spoken(row, m.name, m.NOW, m.outlook(row.jobs[0]))
    assert said == "A fox. Wan 2.6. 4 need you. Not charged: not allowed. Send 4 for $1.76. Edit"


def test_a_press_for_several_models_is_found_and_spoken_by_each() -> None:
    one, two = (
        m.job(m.intended(), group="g", take=take, asked=m.request(model=model))
        for take, model in enumerate(("wan-2.6-text-to-video", "ltx-2-full"), 1)
    )
    row = Row(group="g", jobs=(one, two))
    assert row.models == ("wan-2.6-text-to-video", "ltx-2-full")
    for model in row.models:
        assert Sieve(text=model).passes(row, m.name)
        assert m.name(model) in sentences.spoken(row, m.name, m.NOW, m.outlook(one))


@pytest.mark.parametrize(
    ("job", "ways", "in_row"),
    [
        (m.job(m.refused()), [Act.BALANCE, Act.REUSE], [Act.REUSE, Act.DISMISS]),
        (m.job(m.refused(kind=Kind.INVALID)), [Act.REUSE], [Act.REUSE]),
        (m.job(m.refused(kind=Kind.KEY)), [Act.KEY, Act.REUSE], [Act.KEY, Act.REUSE]),
        (m.job(m.doubtful()), [Act.BALANCE, Act.REUSE], [Act.BALANCE, Act.DISMISS]),
        (m.job(m.failed()), [Act.LOOK_AGAIN, Act.REUSE], [Act.LOOK_AGAIN, Act.REUSE]),
        (m.job(m.failed(Cost.REFUNDED)), [Act.REUSE], [Act.REUSE]),
    ],
)
def test_what_would_send_a_job_is_no_way_out_once_its_model_is_gone(
    job: Job, ways: list[Act], in_row: list[Act]
) -> None:
    def gone(model_id: str) -> bool:
        return model_id == job.request.model

    assert list(offers.ways_out(job, gone)) == [*ways, Act.DISMISS]
    assert list(offers.in_row(job, gone)) == in_row
    assert not offers.SENDING & set(offers.menu(job, (job, job), gone))
    assert offers.label(Act.REUSE, job, instead="Lyra") == "Use Lyra"
    assert len(offers.label(Act.REUSE, job, instead="x" * 500)) < 50


def test_takes_whose_model_is_gone_are_not_sent_together() -> None:
    row = row_of(m.refused(kind=Kind.INVALID), m.refused(kind=Kind.INVALID))
    assert offers.links(row)[0] is Act.SEND_ALL
    assert offers.links(row, lambda _model: True) == (Act.REUSE,)
    said = sentences.spoken(row, m.name, m.NOW, m.outlook(row.jobs[0]), lambda _model: True)
    assert said.endswith("Edit")


ON_ITS_WAY = Intended(leaving=True)


def test_what_has_to_wait_can_be_taken_back_and_what_leaves_cannot() -> None:
    held, second, third = row_of(m.held(), m.intended(), m.intended()).jobs
    assert all(offers.menu(job)[0] is Act.TAKE_BACK for job in (held, second, third))
    for job in row_of(ON_ITS_WAY, ON_ITS_WAY).jobs:
        assert Act.TAKE_BACK not in offers.menu(job)
    assert Act.TAKE_BACK not in offers.menu(m.job(m.intended())), "it leaves at once"


@pytest.mark.parametrize(
    ("states", "links"),
    [
        ([m.held()], ["Don't send"]),
        ([m.held(), m.intended(), m.intended()], ["Don't send 3"]),
        ([NOT_ALLOWED, m.held(), m.intended()], ["Don't send 2"]),
        ([m.rendering(), m.held(), m.intended()], []),
        ([m.intended(), m.intended()], []),
        ([ON_ITS_WAY, m.intended()], []),
    ],
)
def test_a_row_that_is_held_offers_to_take_back_all_that_waits(states: list[JobState], links: list[str]) -> None:
    row = row_of(*states)
    assert [offers.label(act, row.foremost, row.jobs, short=True) for act in offers.links(row)] == links
    said = sentences.spoken(row, m.name, m.NOW, m.outlook(row.jobs[0]))
    assert [words for words in said.split(". ") if words.startswith("Don't send")] == links


def test_in_the_menu_of_a_take_those_behind_it_are_counted() -> None:
    row = row_of(m.rendering(), m.held(), m.intended())
    assert [offers.label(Act.TAKE_BACK, job, row.jobs) for job in row.jobs[1:]] == ["Don't send 2", "Don't send"]


def test_what_was_taken_back_is_said_and_offered_like_all_that_was_not_sent() -> None:
    row = row_of(TAKEN_BACK, TAKEN_BACK)
    assert [text for text, _ in sentences.charges(row)] == ["Not charged: taken back"]
    assert [offers.label(act, row.foremost, row.jobs, short=True) for act in offers.links(row)] == [
        "Send 2 for $0.88",
        "Edit",
    ]
