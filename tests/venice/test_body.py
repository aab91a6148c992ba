"""The streamed body is byte for byte what json.dumps would make of the whole, and is never whole in memory."""

import asyncio
import base64
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.venice.conftest import picture
from venice_studio.domain.media import Picture
from venice_studio.domain.problem import Cost, Kind, Trouble
from venice_studio.venice.body import PIECE, READ, OpenBody, body_of, payload_of

_SIZES = (1, 2, 3, 4, 100, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 2, READ, READ + 1)


def sent(tree: dict[str, Any], folder: Path) -> list[bytes]:
    async def read() -> list[bytes]:
        with ThreadPoolExecutor(1) as disk:
            async with OpenBody(body_of(tree), lambda p: folder / p.sha256, disk) as body:
                return [piece async for piece in body]

    return asyncio.run(read())


@settings(max_examples=60, deadline=None)
@given(prompt=st.text(max_size=40), sizes=st.lists(st.sampled_from(_SIZES), max_size=3), seed=st.integers(0, 255))
@example(prompt='\ud800"\\<', sizes=[5, 0], seed=1)
def test_exactly_the_bytes_of_the_whole(prompt: str, sizes: list[int], seed: int) -> None:
    with TemporaryDirectory() as name:
        contents = [bytes((seed + i + n) % 256 for n in range(size)) for i, size in enumerate(sizes)]
        shown = [picture(Path(name), content, mime='image/"x"') for content in contents]
        tree = {"prompt": prompt, "image_url": shown[0] if shown else None, "more": [{"of": shown[1:]}, True]}
        whole = {
            "prompt": prompt,
            "image_url": uri(contents[0]) if contents else None,
            "more": [{"of": [uri(content) for content in contents[1:]]}, True],
        }
        body = b"".join(sent(tree, Path(name)))
        assert body == json.dumps(whole).encode()
        assert body_of(tree).length == len(body)


def uri(content: bytes) -> str:
    return f'data:image/"x";base64,{base64.b64encode(content).decode()}'


def test_no_piece_holds_the_picture(tmp_path: Path) -> None:
    pieces = sent({"image_url": picture(tmp_path, bytes(10 * PIECE))}, tmp_path)
    assert max(map(len, pieces)) <= PIECE // 3 * 4


def test_the_ledger_gets_fingerprints() -> None:
    shown = Picture(sha256="ab", mime="image/png", width=1, height=1, size=7, name="n", as_is=True)
    assert json.loads(payload_of({"model": "m", "image_url": shown})) == {
        "model": "m",
        "image_url": {"sha256": "ab", "mime": "image/png", "bytes": 7},
    }


@pytest.mark.parametrize("fault", ["missing", "shorter", "longer"])
def test_a_picture_that_changed_is_never_sent(fault: str, tmp_path: Path) -> None:
    shown = picture(tmp_path, b"12345", size={"missing": 5, "shorter": 6, "longer": 4}[fault])
    if fault == "missing":
        (tmp_path / shown.sha256).unlink()
    with pytest.raises(Trouble, match=r"cat\.png") as caught:
        sent({"image_url": shown}, tmp_path)
    assert (caught.value.problem.kind, caught.value.problem.cost) == (Kind.PICTURE, Cost.NOT_CHARGED)


def test_a_picture_that_shrinks_on_the_way_is_noticed(tmp_path: Path) -> None:
    shown = picture(tmp_path, bytes(2 * READ))

    async def read() -> None:
        with ThreadPoolExecutor(1) as disk:
            async with OpenBody(body_of({"image_url": shown}), lambda p: tmp_path / p.sha256, disk) as body:
                async for _ in body:
                    (tmp_path / shown.sha256).write_bytes(b"")

    with pytest.raises(Trouble):
        asyncio.run(read())


def test_only_pictures_go_in_a_tree() -> None:
    with pytest.raises(TypeError):
        body_of({"image_url": object()})
