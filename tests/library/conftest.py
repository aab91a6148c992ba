"""Threads for every test of the library, ended with it."""

from collections.abc import Iterator

import pytest

from venice_studio.library.threads import Threads


@pytest.fixture
def threads() -> Iterator[Threads]:
    threads = Threads()
    yield threads
    threads.close()
