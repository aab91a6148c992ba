"""Has clips drawn by other processes, so that answers stay quick meanwhile: the job that is due first comes first."""

import itertools
import multiprocessing
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from venice_studio.sandbox import ending
from venice_studio.sandbox.render import worker
from venice_studio.sandbox.render.plan import Plan

_ATTEMPTS = 2


@dataclass(order=True, slots=True)
class _Task:
    due: float
    number: int
    job_id: str = field(compare=False, default="")
    plan: Plan | None = field(compare=False, default=None)
    target: Path = field(compare=False, default=Path())


class _Pipe(Protocol):
    """One end of a pipe; what the class is called differs by system."""

    def send(self, obj: Any, /) -> None: ...

    def recv(self) -> Any: ...


class Painter:
    """`hands` threads, each with a drawing process of its own that starts with its first clip.

    `on_drawn(job_id, broken)` is called from those threads.
    """

    def __init__(self, on_drawn: Callable[[str, bool], None], hands: int) -> None:
        self._tasks: queue.PriorityQueue[_Task] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._hands = [_Hand(self._tasks, on_drawn) for _ in range(hands)]

    def submit(self, job_id: str, plan: Plan, target: Path, *, due: float) -> None:
        """Draws `plan` to `target`; `due` (Unix time in s) orders the work."""
        self._tasks.put(_Task(due, next(self._numbers), job_id, plan, target))

    def close(self) -> None:
        """Ends the drawing processes; what is half drawn is left to the next start."""
        for hand in self._hands:
            hand.stop()


class _Hand:
    """One thread and the process that draws for it."""

    def __init__(self, tasks: "queue.PriorityQueue[_Task]", on_drawn: Callable[[str, bool], None]) -> None:
        self._tasks = tasks
        self._on_drawn = on_drawn
        self._stopped = threading.Event()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: _Pipe | None = None
        threading.Thread(target=self._work, daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()
        if self._process is not None:
            self._process.terminate()
            self._process.join(2)

    def _work(self) -> None:
        ending.keep_from_children()
        while not self._stopped.is_set():
            task = self._tasks.get()
            drawn = any(self._draw(task) for _ in range(_ATTEMPTS) if not self._stopped.is_set())
            if not self._stopped.is_set():
                self._on_drawn(task.job_id, not drawn)

    def _draw(self, task: _Task) -> bool:
        """Whether the clip was drawn; a process that died is replaced at the next attempt."""
        try:
            pipe = self._pipe or self._start()
            pipe.send((task.plan, str(task.target)))
            return bool(pipe.recv())
        except (EOFError, OSError):
            self._pipe = None
            return False

    def _start(self) -> _Pipe:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=worker.main, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._pipe = ours
        return ours
