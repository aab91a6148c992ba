"""What was agreed to, and what a 409 asked for, on disk."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.ui.jobs import material as m
from venice_studio.domain.agreement import Agreement
from venice_studio.domain.consent import Consent
from venice_studio.domain.problem import Kind, Part
from venice_studio.library import agreements
from venice_studio.library.settings import Settings, SettingsFile
from venice_studio.library.store import Store
from venice_studio.library.threads import Threads

CONSENT = Consent(
    flow="seedance",
    policy="<b>Be kind.</b>\n\nTo all. é",
    version="1",
    faces=("image", "hologram"),
    page="https://docs.venice.ai/",
)
AGREEMENT = Agreement(
    account=m.REAL,
    consent=CONSENT,
    agreed_at=datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
    models=("seedance-2-0", "seedance-2-0-fast"),
)

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.sampled_from(["account", "consent", "agreed_at", "models", "flow", "policy"]), inner)
    ),
)


async def test_settings_keep_what_was_agreed_to(tmp_path: Path, threads: Threads) -> None:
    both = (AGREEMENT, replace(AGREEMENT, consent=replace(CONSENT, flow="another", page=None, faces=())))
    file = SettingsFile(tmp_path / "settings.json", threads.disk)
    await file.save(Settings(agreements=both))
    assert SettingsFile(tmp_path / "settings.json", threads.disk).load().agreements == both


async def test_what_is_taken_back_is_gone_from_the_file(tmp_path: Path, threads: Threads) -> None:
    file = SettingsFile(tmp_path / "settings.json", threads.disk)
    await file.save(Settings(agreements=(AGREEMENT,)))
    await file.save(Settings())
    assert "seedance" not in (tmp_path / "settings.json").read_text()


def test_one_that_cannot_be_understood_was_not_agreed_to() -> None:
    [good] = json.loads(json.dumps(agreements.to_json([AGREEMENT])))
    others: tuple[object, ...] = (
        {**good, "agreed_at": "yesterday"},
        {**good, "agreed_at": "2026-11-22T12:00:00"},
        {**good, "consent": {**good["consent"], "version": None}},
        {**good, "account": "mine"},
        {name: value for name, value in good.items() if name != "consent"},
        None,
        [],
    )
    for broken in others:
        assert agreements.from_json([broken, good]) == (AGREEMENT,)
    unsafe = {**good, "consent": {**good["consent"], "page": "file:///etc/passwd"}}
    assert agreements.from_json([unsafe])[0].consent.page is None


@given(JUNK)
def test_no_file_is_too_odd(found: object) -> None:
    assert all(isinstance(it, Agreement) for it in agreements.from_json(found))


async def test_what_a_409_asks_for_outlives_the_program(tmp_path: Path, threads: Threads) -> None:
    asked = replace(CONSENT, policy="x" * 200_000)
    job = m.job(m.refused(kind=Kind.CONSENT, consent=asked, parts=(Part(field="elements", number=2),)))
    store = await Store.open(tmp_path / "jobs.sqlite3", threads.database)
    await store.add([job])
    await store.close()
    store = await Store.open(tmp_path / "jobs.sqlite3", threads.database)
    assert await store.jobs() == (job,)
    await store.close()
