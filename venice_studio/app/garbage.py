"""Python's garbage collector, on the GUI thread alone."""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 2000


class GuiThreadGarbage(QObject):
    """Collects while it lives, in place of the automatic collector.

    That one runs in whichever thread happens to allocate; a Qt object that it frees in a worker thread takes the
    program down, often much later.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        # What the start made stays for the program's life: looking at it again and again would only take time.
        gc.freeze()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(collect_what_is_due)
        self._timer.start()

    def end(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()


def collect_what_is_due() -> None:
    """Collect the oldest generation that is over its threshold, as the automatic collector would."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
