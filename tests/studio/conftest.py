"""A service of a few lines that delivers a real clip."""

from pathlib import Path

import pytest

from tests.support.clips import make_clip
from tests.support.fake_service import FakeService


@pytest.fixture
def body(tmp_path: Path) -> bytes:
    """A clip, as it comes over the line."""
    return make_clip(tmp_path / "made.mp4").read_bytes()


@pytest.fixture
def service(body: bytes) -> FakeService:
    """Delivers `body`."""
    service = FakeService()
    service.body = body
    return service
