"""An account of its own for each test, at the sandbox all tests share."""

from collections.abc import Iterator

import pytest

from tests.sandbox.api import Api
from tests.support.sandbox import Sandbox


@pytest.fixture
def api(sandbox: Sandbox) -> Iterator[Api]:
    api = Api(sandbox.base_url)
    yield api
    api.close()


@pytest.fixture(scope="session")
def live_sandbox() -> Iterator[Sandbox]:
    with Sandbox("--dialect", "live", speed=200) as running:
        yield running


@pytest.fixture
def live(live_sandbox: Sandbox) -> Iterator[Api]:
    api = Api(live_sandbox.base_url, id_field="queue_id")
    yield api
    api.close()
