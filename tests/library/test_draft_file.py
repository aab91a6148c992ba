"""The draft as a file: all of it comes back, and no file whatever keeps anybody from starting."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from venice_studio.domain.media import Element, Fit, Picture, Remade
from venice_studio.domain.request import GenerationRequest
from venice_studio.library.draft_file import Draft, DraftFile
from venice_studio.library.threads import Threads

PICTURE = Picture(sha256="ab" * 32, mime="image/png", size=9, name="a \N{CAT} b.png", width=16, height=9, as_is=True)
FITTED = Picture(
    **{name: getattr(PICTURE, name) for name in ("mime", "size", "name", "width", "height")},
    sha256="cd" * 32,
    as_is=False,
    remade=Remade.MOVING,
    fit=Fit.CROP,
    fitted_to="1:1",
    original=PICTURE,
)
FULL = Draft(
    request=GenerationRequest(
        model="kling",
        prompt="Zwei G\u00f6ndeln @Element1 \ud83d",
        negative_prompt="rain",
        duration="5s",
        seed=7,
        start_frame=FITTED,
        elements=(Element(frontal=PICTURE, references=(FITTED,)),),
    ),
    takes=3,
)


@pytest.fixture
def file(tmp_path: Path, threads: Threads) -> DraftFile:
    return DraftFile(tmp_path / "data" / "draft.json", threads.disk)


async def test_all_of_it_comes_back(file: DraftFile) -> None:
    assert await file.load() is None
    await file.keep(FULL)
    assert await file.load() == FULL


async def test_what_the_user_agreed_to_is_not_kept(file: DraftFile, tmp_path: Path) -> None:
    await file.keep(FULL)
    assert "consent" not in (tmp_path / "data" / "draft.json").read_text().replace('"consents": []', "")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=200) | st.sampled_from([b"[]", b"{}", b'{"takes": 1}', b'{"takes": "x", "request": {}}'])
)
async def test_no_file_keeps_anybody_from_starting(tmp_path: Path, threads: Threads, data: bytes) -> None:
    path = tmp_path / "draft.json"
    path.write_bytes(data)
    assert await DraftFile(path, threads.disk).load() is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
async def test_nor_does_a_damaged_one(tmp_path: Path, threads: Threads, data: st.DataObject) -> None:
    path = tmp_path / "draft.json"
    await DraftFile(path, threads.disk).keep(FULL)
    whole = path.read_bytes()
    start = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.integers(start, min(len(whole), start + 30)))
    path.write_bytes(whole[:start] + data.draw(st.binary(max_size=8)) + whole[end:])
    found = await DraftFile(path, threads.disk).load()
    assert found is None or isinstance(found, Draft)


async def test_where_there_cannot_be_one_there_is_none(
    tmp_path: Path, threads: Threads, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert await DraftFile(tmp_path / "file" / "draft.json", threads.disk).load() is None
    assert caplog.records == []
