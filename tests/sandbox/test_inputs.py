"""How media come with a request: addresses that lead nowhere, servers that answer nonsense, base64 in all its forms."""

import base64
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
import requests

from tests.sandbox.api import PICTURE, Api, picture
from venice_studio.sandbox import inputs


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """The address of a server that gives this one answer to whoever comes."""

    def serve() -> None:
        while True:
            try:
                caller, _ = server.accept()
            except OSError:
                return
            with caller:
                caller.recv(4096)
                caller.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as server:
        serving = threading.Thread(target=serve)
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        finally:
            server.shutdown(socket.SHUT_RDWR)
            serving.join()


def is_refused(answer: requests.Response) -> bool:
    return answer.status_code == 400 and set(answer.json()["details"]) == {"image_url"}


@pytest.mark.parametrize("path", ["a b", "a\nb", "a\r\nX: b", "%zz", "\x00", "ä"])
def test_a_path_that_is_none_is_a_400(api: Api, path: str) -> None:
    with answering(b"HTTP/1.1 404 Not Found\r\n\r\n") as address:
        assert is_refused(api.queue(model=PICTURE, image_url=address + path))
    assert api.balance() == 100.0


@pytest.mark.parametrize("address", ["http://127.0.0.1:abc/", "http://127.0.0.1:99999/", "http://[::1", "http:///"])
def test_an_address_that_is_none_is_a_400(api: Api, address: str) -> None:
    assert is_refused(api.queue(model=PICTURE, image_url=address))


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
    ],
    ids=["nothing", "garbage", "no status", "broken off", "no chunk", "too many headers"],
)
def test_a_server_that_answers_nonsense_is_a_400(api: Api, answer: bytes) -> None:
    with answering(answer) as address:
        assert is_refused(api.queue(model=PICTURE, image_url=address + "a.png"))
    assert api.balance() == 100.0


@pytest.mark.parametrize("size", [(96, 64), (97, 64), (98, 65), (99, 66)])
def test_base64_is_taken_as_it_is_in_data_urls_of_the_web(size: tuple[int, int]) -> None:
    data = picture(size, kind="BMP")
    plain = base64.b64encode(data).decode()
    lines = base64.encodebytes(data).decode()
    for body in (plain, plain.rstrip("="), lines, " " + lines.replace("\n", "\r\n"), quote(plain, safe="")):
        for head in ("data:image/bmp;base64,", "DATA:image/bmp; BASE64,"):
            assert inputs.media(head + body, "image/") == data


@pytest.mark.parametrize("body", ["A", "AAAAA", "AA=A", "AAA-", "AAé=", "====", "AA%ZZ"])
def test_base64_that_is_none_is_a_400(api: Api, body: str) -> None:
    assert is_refused(api.queue(model=PICTURE, image_url="data:image/png;base64," + body))


def test_a_picture_in_lines_is_queued(api: Api) -> None:
    lines = base64.encodebytes(picture()).decode()
    answer = api.queue(model=PICTURE, image_url="data:image/png;base64,\n" + lines)
    assert answer.status_code == 200, answer.text
