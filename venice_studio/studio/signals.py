"""A small signal and an observable value, so that nothing below the window needs Qt."""

import logging
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
Disconnect = Callable[[], None]

log = logging.getLogger(__name__)


class Signal(Generic[T]):
    """Calls its listeners, in the order in which they came, in the caller's thread.

    A listener's error is reported and never unwinds the emitter: what the window does wrong must not stop a job.
    """

    def __init__(self) -> None:
        self._listeners: list[Callable[[T], object]] = []

    def connect(self, listener: Callable[[T], object]) -> Disconnect:
        """Call `listener` at every emission from now on; returns a function that ends it."""
        self._listeners.append(listener)

        def disconnect() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return disconnect

    def emit(self, value: T) -> None:
        """Tell every listener."""
        for listener in tuple(self._listeners):
            try:
                listener(value)
            except Exception:
                log.exception("A listener failed")


class Value(Generic[T]):
    """A value that tells when it really changed; connecting tells the present value at once."""

    def __init__(self, value: T) -> None:
        self._value = value
        self._changed: Signal[T] = Signal()

    @property
    def value(self) -> T:
        """What it is now."""
        return self._value

    def set(self, value: T) -> None:
        """Take a new value and tell the listeners, unless it equals the old one."""
        if value == self._value:
            return
        self._value = value
        self._changed.emit(value)

    def bind(self, listener: Callable[[T], object]) -> Disconnect:
        """Call `listener` with the present value now and with every other from now on."""
        disconnect = self._changed.connect(listener)
        listener(self._value)
        return disconnect
