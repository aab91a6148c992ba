"""Files are read in the disk threads alone, the first call's imports and certificates included."""

import subprocess
import sys
from pathlib import Path

import venice_studio

PROGRAM = """
import asyncio, sys, threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.support.faulty_server import FaultyServer, in_turn, told
from venice_studio.domain.job import Account
from venice_studio.domain.media import Picture
from venice_studio.domain.request import GenerationRequest
from venice_studio.venice.client import VeniceClient

here, watching = threading.get_ident(), False

def watch(event, args):
    if watching and event in ("open", "os.listdir", "os.scandir") and threading.get_ident() == here:
        print(event, args[0])

sys.addaudithook(watch)

async def main(disk, file):
    global watching
    picture = Picture(sha256="a", mime="image/png", width=1, height=1, size=5, name="a", as_is=True)
    request = GenerationRequest(model="m", prompt="p", start_frame=picture)
    answers = [told({"data": []}), told({"quote": 1}), told({"queueid": "7"})]
    async with FaultyServer(in_turn(answers)) as server:
        watching = True
        account = Account(service="s", fingerprint="f")
        client = VeniceClient(
            base_url=server.base_url, key="k", account=account, medium_file=lambda _: file, disk=disk
        )
        await client.models()
        await client.quote(request)
        await client.queue(request)
        await client.aclose()
        watching = False
        assert len(server.received) == 3

with ThreadPoolExecutor(1) as disk:
    asyncio.run(main(disk, Path(sys.argv[1])))
"""


def test_no_file_is_touched_by_the_loops_thread(tmp_path: Path) -> None:
    (tmp_path / "picture").write_bytes(b"12345")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "picture")],
        cwd=Path(venice_studio.__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
