"""Proxies: those of the system's settings are used for services elsewhere, and never for one on this computer."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.support.faulty_server import FaultyServer, always, http, told
from tests.venice.conftest import KEY, Connect
from tests.venice.test_client_faults import CALLS, REQUEST, problem_of
from venice_studio.domain.problem import Cost, Kind

SETTINGS = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The environment without a word about proxies."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


@pytest_asyncio.fixture
async def proxy(settings: pytest.MonkeyPatch) -> AsyncIterator[FaultyServer]:
    """A proxy that the settings name; it lets nothing through."""
    async with FaultyServer(always(http(503))) as server:
        for name in ("http_proxy", "https_proxy"):
            settings.setenv(name, server.origin)
        yield server


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.9.8.7"])
async def test_what_goes_to_this_computer_goes_past_the_proxy(proxy: FaultyServer, connect: Connect, host: str) -> None:
    async with FaultyServer(always(told({"quote": 0.39}))) as service:
        client = connect(service.base_url.replace("127.0.0.1", host))
        if host == "127.9.8.7":
            # Nobody listens there: what matters is that nobody else is asked.
            assert (await problem_of(client.quote(REQUEST))).kind is Kind.OFFLINE
        else:
            assert str((await client.quote(REQUEST)).amount) == "0.39"
    assert proxy.received == []


async def test_what_goes_elsewhere_goes_through_the_proxy_which_never_sees_the_key(
    proxy: FaultyServer, connect: Connect
) -> None:
    problem = await problem_of(connect("https://api.service.invalid/api/v1").queue(REQUEST))
    assert (problem.kind, problem.cost) == (Kind.OFFLINE, Cost.NOT_CHARGED)
    assert {(heard.method, heard.path) for heard in proxy.received} == {("CONNECT", "api.service.invalid:443")}
    assert not [heard for heard in proxy.received if KEY in str(heard)]


@pytest.mark.parametrize("address", ["socks5://127.0.0.1:9", "socks://127.0.0.1:9", "http://[::1"])
@pytest.mark.parametrize("call", CALLS)
async def test_a_proxy_that_cannot_be_used_is_named_and_nothing_was_sent(
    settings: pytest.MonkeyPatch, connect: Connect, address: str, call: str
) -> None:
    settings.setenv("all_proxy", address)
    problem = await problem_of(CALLS[call](connect("https://api.service.invalid/api/v1")))
    assert problem.kind is Kind.OFFLINE
    assert "ALL_PROXY" in problem.message
    assert problem.cost is (Cost.CHARGED if call == "retrieve" else Cost.NOT_CHARGED)


async def test_practice_does_not_mind_such_a_proxy(settings: pytest.MonkeyPatch, connect: Connect) -> None:
    settings.setenv("all_proxy", "socks5://127.0.0.1:9")
    async with FaultyServer(always(told({"quote": 0.39}))) as service:
        assert str((await connect(service.base_url).quote(REQUEST)).amount) == "0.39"
