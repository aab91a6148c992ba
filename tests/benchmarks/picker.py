"""How soon the picker stands there with 500 models, and answers a letter, beside a bare list of 500 lines."""

import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QWidget

from tests.benchmarks.figures import Figure, Report, ratio
from venice_studio.domain.family import families
from venice_studio.domain.listing import Freshness
from venice_studio.domain.model import Dialect, VideoModel
from venice_studio.library.settings import Names, Settings
from venice_studio.studio.clock import SystemClock
from venice_studio.studio.ledger import Ledger
from venice_studio.studio.lineup import Lineup
from venice_studio.studio.price_list import PriceList
from venice_studio.studio.quoter import Quoter
from venice_studio.studio.signals import Value
from venice_studio.studio.tasks import Tasks
from venice_studio.ui.compose.model_list import ModelList
from venice_studio.ui.compose.model_picker import ModelPicker
from venice_studio.ui.theme import Theme
from venice_studio.venice.catalog import builtin

MODELS = 500
TIMES = 15
AT_ONCE_MS = 100
"""What people take for at once."""


def measure(report: Report) -> None:
    """In one process, by turns, after one of each that warms what both use."""
    app = QApplication.instance() or QApplication(["picker"])
    assert isinstance(app, QApplication)
    Theme(app, "dark").complete()
    report.title(f"picker: medians of {TIMES} by turns, {MODELS} models of as many names")
    models = many_models(MODELS)
    runs = [(_ours(app, models), _bare(app)) for _ in range(TIMES + 1)][1:]
    first, again, letter = (median(run[0][at] for run in runs) for at in range(3))
    bare = median(run[1] for run in runs)
    report.add(
        Figure(what="key to painted, first time", value=first, unit="ms", at_most=AT_ONCE_MS),
        Figure(what="key to painted, later", value=again, unit="ms", at_most=AT_ONCE_MS),
        Figure(what="letter typed to painted", value=letter, unit="ms", at_most=AT_ONCE_MS),
        ratio("key to painted, later, beside a bare list", again, bare, "ms"),
    )


def many_models(count: int) -> tuple[VideoModel, ...]:
    """So many models, each with a name of its own and the facts of one that the service lists."""
    known = builtin(Dialect.LIVE)
    return tuple(
        replace(
            known[at % len(known)], id=f"{at}-{known[at % len(known)].id}", name=f"{known[at % len(known)].name} {at}"
        )
        for at in range(count)
    )


def _ours(app: QApplication, models: tuple[VideoModel, ...]) -> tuple[float, float, float]:
    """ms from the key to the paint when the list was never open, when it was, and from a letter to the paint."""
    picker = ModelPicker(_lineup())
    picker.show_families(families(models), models[200].name, "from text")
    picker.resize(340, 34)
    picker.show()
    picker.activateWindow()
    popup = picker.findChild(ModelList, "modelList")
    assert isinstance(popup, ModelList)
    view = popup.findChild(QListView, "models")
    assert isinstance(view, QListView)
    first = _painted_after(app, view.viewport(), lambda: QTest.keyClick(picker, Qt.Key.Key_Space))
    letter = _painted_after(app, view.viewport(), lambda: QTest.keyClick(popup.search, Qt.Key.Key_K))
    popup.hide()
    app.processEvents()
    again = _painted_after(app, view.viewport(), lambda: QTest.keyClick(picker, Qt.Key.Key_Space))
    popup.hide()
    picker.deleteLater()
    return first, again, letter


def _bare(app: QApplication) -> float:
    view = QListView()
    view.setWindowFlag(Qt.WindowType.Popup)
    view.setModel(QStringListModel([f"Model {at}" for at in range(MODELS)], view))
    view.resize(468, 560)
    took = _painted_after(app, view.viewport(), view.show)
    view.close()
    view.deleteLater()
    return took


class _Painted(QObject):
    seen = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return False


def _painted_after(app: QApplication, port: QWidget, act: Callable[[], object]) -> float:
    """ms from `act` until a paint of `port` is done."""
    app.processEvents()
    painted = _Painted()
    port.installEventFilter(painted)
    began = time.perf_counter()
    act()
    while not painted.seen:
        app.processEvents()
    took = time.perf_counter() - began
    port.removeEventFilter(painted)
    return took * 1000


def _lineup() -> Lineup:
    """Nothing asked and nothing sent yet, three favourites."""
    clock, tasks = SystemClock(), Tasks()

    async def no_store() -> None:
        raise AssertionError("nothing is kept")

    favourites = Names(f"{model.name} {at}" for at, model in enumerate(builtin(Dialect.LIVE)[:3]))
    return Lineup(
        prices=PriceList(tasks=tasks, clock=clock, quoter=Quoter(tasks=tasks, clock=clock)),
        freshness=Value(Freshness()),
        ledger=Ledger(no_store),  # type: ignore[arg-type]
        settings=Value(Settings(favourite_models=favourites)),
        clock=clock,
    )
