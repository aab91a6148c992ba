"""What every test may rely on: no screen, a loop that is Qt's where the test is about the window, a service."""

import asyncio
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from tests.support.sandbox import Sandbox

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false;qt.accessibility.*=false")

# A busy machine is not a failure. The gate tries the same examples at each run; whoever works on it finds new ones.
settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
settings.load_profile("patient")

QT_FOLDERS = ("ui", "app")

_LOOPS: list[asyncio.AbstractEventLoop] = []
"""Every Qt loop of this run. A closed one leaves its timers running until they fire, so it must not be collected
before, least of all in another thread: the application would call a timer that is gone."""


def _qt_loop() -> asyncio.AbstractEventLoop:
    # Imported here so that a test run without a window never loads Qt.
    import qasync
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication(["venice-studio"])
    loop: asyncio.AbstractEventLoop = qasync.QEventLoop(app)
    _LOOPS.append(loop)
    return loop


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Half as many again as processors, since tests wait, 3 to 6, where all are run; a chosen few run right here."""
    if config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return 0
    return min(max((os.cpu_count() or 2) * 3 // 2, 3), 6)


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Tests of the window run on Qt's loop as the program does; all others on asyncio's own."""
    folder = item.path.relative_to(Path(__file__).parent).parts[0]
    return {"qt": _qt_loop} if folder in QT_FOLDERS else {"asyncio": asyncio.new_event_loop}


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Sandbox]":
    """The practice service in the reference dialect, a hundred times faster than real waits."""
    from tests.support.sandbox import Sandbox

    with Sandbox(state=tmp_path_factory.mktemp("sandbox"), speed=100) as running:
        yield running
