"""Kill the program at every step of a job's way, again and again, and say what became of clips and money.

The service speaks the reference page's dialect and the live one in turn; the practice service speaks one.

`python -m tests.faults.kill_harness [--times N] [--seed S] [--sandbox]`
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path


async def _kill(times: int, seed: int, sandbox: bool) -> int:
    # Imported here: whoever is killed imports this file too, and is to begin quickly.
    from tests.faults.killing import kill_often, kill_with_the_sandbox

    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="venice-studio-kills-") as name:
        folder = Path(name)
        if sandbox:
            outcome = await kill_with_the_sandbox(times, folder, seed)
        else:
            outcome = await kill_often(times, folder, seed, lambda n: print(f"{n} of {times}", flush=True))
    for step, count in sorted(outcome.kills.items()):
        print(f"{count:5}  {step}")
    print(f"{outcome.kills.total()} kills in {time.monotonic() - begin:.1f} s, seed {seed}")
    print("\n".join(outcome.broken) or "Every clip is there and whole, and nothing was paid for twice.")
    return 1 if outcome.broken else 0


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.kill_harness", description=__doc__)
    parser.add_argument("--times", type=int, default=300, help="how many kills")
    parser.add_argument("--seed", type=int, default=None, help="the same plan again")
    parser.add_argument("--sandbox", action="store_true", help="against the practice service instead")
    options = parser.parse_args()
    seed = random.randrange(2**32) if options.seed is None else options.seed
    return asyncio.run(_kill(options.times, seed, options.sandbox))


if __name__ == "__main__":
    sys.exit(main())
