"""The drawing process: takes plans from a pipe, one after the other, and ends with the process that started it."""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from multiprocessing.connection import Connection
from pathlib import Path

_NICE = 10


def main(pipe: Connection) -> None:
    """Draws until the pipe closes; answers each plan with whether its clip lies whole at its place."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        os.nice(_NICE)
    # One thread for matrix products: more would only spin beside the encoder's.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from venice_studio.sandbox.render import clip

    with contextlib.suppress(EOFError, OSError):
        while True:
            plan, target = pipe.recv()
            try:
                clip.draw(plan, Path(target))
            except Exception:
                traceback.print_exc()
                pipe.send(False)
            else:
                pipe.send(True)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)
