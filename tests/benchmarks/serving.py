"""A server in a process of its own, on loopback: gives out a large MP4, and takes in whatever is posted.

Run as `python -m tests.benchmarks.serving SIZE`: prints its port, ends when its standard input closes.
"""

import asyncio
import json
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from subprocess import PIPE, Popen

_PIECE = 1024 * 1024
RENDERING = "rendering-"
"""What the ids of jobs begin with that never end."""
SLOW = "/slow"
"""Under this path clips come as over a good line."""
SLOW_MB_S = 12
_TOLD: dict[str, object] = {
    "/video/queue": {"queue_id": "q1", "model": "ltx"},
    "/video/quote": {"quote": 0.44},
    "/video/retrieve": {"status": "PROCESSING", "execution_duration": 20_000, "average_execution_time": 300_000},
    "/billing/balance": {"canConsume": True, "consumptionCurrency": "USD", "balances": {"diem": None, "usd": 24.3}},
}


@contextmanager
def serving(size: int) -> Iterator[str]:
    """A server whose clip has `size` bytes; its address, without a path."""
    command = [sys.executable, "-m", "tests.benchmarks.serving", str(size)]
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.stdin.close()


def clip_head(size: int) -> bytes:
    """The beginning of an MP4 of `size` bytes that is nothing but a box of data."""
    brand = struct.pack(">I4s4sI", 16, b"ftyp", b"isom", 0)
    index = struct.pack(">I4s", 8, b"moov")
    return brand + index + struct.pack(">I4s", size - len(brand) - len(index), b"mdat")


async def _talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, size: int) -> None:
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode()
            left = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
            body = b""
            while left:
                body = await reader.read(min(left, _PIECE))
                left -= len(body)
            await _answer(writer, path, body, size)
    writer.close()


async def _answer(writer: asyncio.StreamWriter, path: str, body: bytes, size: int) -> None:
    if path.endswith("/video/retrieve") and RENDERING.encode() not in body:
        _begin(writer, size, "video/mp4")
        await _clip(writer, size, 1 / SLOW_MB_S if path.startswith(SLOW) else 0.0)
    else:
        told = next((told for end, told in _TOLD.items() if path.endswith(end)), {"object": "list", "data": []})
        answer = json.dumps(told).encode()
        _begin(writer, len(answer), "application/json")
        writer.write(answer)
    await writer.drain()


def _begin(writer: asyncio.StreamWriter, length: int, mime: str) -> None:
    writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: {mime}\r\nContent-Length: {length}\r\n\r\n".encode())


async def _clip(writer: asyncio.StreamWriter, size: int, pause_s: float) -> None:
    head = clip_head(size)
    writer.write(head)
    left, piece = size - len(head), bytes(_PIECE)
    while left:
        writer.write(piece[:left] if left < _PIECE else piece)
        left -= min(left, _PIECE)
        await writer.drain()
        if pause_s:
            await asyncio.sleep(pause_s)


async def _serve(size: int) -> None:
    server = await asyncio.start_server(lambda r, w: _talk(r, w, size), "127.0.0.1", 0, limit=_PIECE)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
