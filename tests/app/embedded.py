"""The program inside another one, which has a loop of its own and runs Qt in its own way.

    python -m tests.app.embedded FOLDER WAY

Prints the price that the window comes to show, and that the program has ended.
"""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

import qasync
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.app.sitting import open_program
from tests.support.patience import until
from tests.ui.driving import part, seen_texts
from venice_studio.app.program import Program
from venice_studio.ui.widgets.async_dialog import Question


def opened(folder: Path) -> Program:
    program = open_program(folder / "data", sandbox=True)
    program.window.show()
    return program


def priced(program: Program) -> bool:
    return part(program.window, QLabel, "quotePrice").text().startswith("$0")


async def see(program: Program) -> None:
    """Wait for the price."""
    await until(lambda: priced(program))
    tell(program)


async def see_and_close(program: Program) -> None:
    await see(program)
    await program.close()
    print("ended", flush=True)


def tell(program: Program) -> None:
    print(part(program.window, QLabel, "quotePrice").text(), flush=True)


def inside(folder: Path) -> None:
    """Built inside the caller's loop, which the program is asked for."""

    async def main() -> None:
        program = opened(folder)
        assert program.loop is asyncio.get_running_loop()
        await see_and_close(program)

    qasync.run(main())


def before(folder: Path) -> None:
    """Built before the caller runs the loop that he has set, with events processed meanwhile."""
    app = QApplication([])
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    program = opened(folder)
    assert program.loop is loop
    QTest.qWait(50)
    loop.run_until_complete(see_and_close(program))
    loop.close()


def waits(folder: Path) -> None:
    """Nothing but waits that leave no other thread a turn."""
    program = opened(folder)
    while not priced(program):
        QTest.qWait(3000)
    tell(program)
    program.quit()
    while not program.ended.is_set():
        QTest.qWait(3000)
    print("ended", flush=True)


def by_turns(folder: Path) -> None:
    """Qt's events are processed now by a wait, now by the program's loop, now by the application."""
    program = opened(folder)
    QTest.qWait(50)
    program.loop.run_until_complete(see(program))
    QTest.qWait(50)
    QTimer.singleShot(0, program.quit)
    QApplication.exec()
    assert program.ended.is_set()
    # And nothing of it is left behind.
    asyncio.run(asyncio.sleep(0))
    print("ended", flush=True)


def one_after_the_other(folder: Path) -> None:
    """Two programs on one loop that nobody closes."""
    loops = set()
    for name in ("first", "second"):
        program = opened(folder / name)
        loops.add(program.loop)
        program.loop.run_until_complete(see_and_close(program))
    assert len(loops) == 1


def foreign(folder: Path) -> None:
    """Built inside a loop in which no window could answer."""

    async def main() -> None:
        try:
            opened(folder)
        except RuntimeError as error:
            print(error, flush=True)

    asyncio.run(main())


def incomplete(folder: Path) -> None:
    """A package is missing that the program needs; what the window says of it, and that it ends."""
    sys.modules["httpx"] = None  # type: ignore[assignment]
    program = opened(folder)

    async def read() -> None:
        await until(lambda: program.window.findChild(Question) is not None)
        question = part(program.window, Question, "question")
        await until(question.isVisible)
        print(*sorted(seen_texts(question)), sep="\n", flush=True)
        question.accept()
        await program.ended.wait()
        print("ended", flush=True)

    program.loop.run_until_complete(read())


WAYS: tuple[Callable[[Path], None], ...] = (inside, before, by_turns, waits, one_after_the_other, foreign, incomplete)

if __name__ == "__main__":
    {way.__name__: way for way in WAYS}[sys.argv[2]](Path(sys.argv[1]))
