"""Threads for every test of the library, ended with it; examples that take the time they need."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from venice_studio.library.threads import Threads

# A busy machine is not a failure.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture
def threads() -> Iterator[Threads]:
    threads = Threads()
    yield threads
    threads.close()
