"""A program to be killed: adds a job, tells its id on standard output once it is on disk, and again, for ever."""

import asyncio
import itertools
import sys
from pathlib import Path

from tests.library import examples
from venice_studio.library.store import Store
from venice_studio.library.threads import Threads


async def main() -> None:
    store = await Store.open(Path(sys.argv[1]), Threads().database)
    for number in itertools.count():
        pair = [examples.job(2 * number), examples.job(2 * number + 1)]
        await store.add(pair)
        await store.put(pair[0].to(examples.RENDERING))
        print(pair[0].id, flush=True)


asyncio.run(main())
