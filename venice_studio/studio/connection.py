"""Which service the program speaks to, with whose key, and what the account holds."""

import asyncio
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol, assert_never

from venice_studio.domain.addresses import keeps_a_key, normal
from venice_studio.domain.job import PRACTICE_ACCOUNT, PRACTICE_ALL_ACCOUNT, Account
from venice_studio.domain.polling import Pace
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.domain.quote import Balance, Reading
from venice_studio.library import keys
from venice_studio.studio import practice
from venice_studio.studio.clock import SystemClock
from venice_studio.studio.payments import Known, Payments
from venice_studio.studio.ports import Clock, Service
from venice_studio.studio.reach import Reach, Reaches
from venice_studio.studio.signals import Value
from venice_studio.studio.tasks import Tasks

log = logging.getLogger(__name__)

VENICE = "https://api.venice.ai/api/v1"
"""Base URL of the real service (reference page)."""

KEY_VARIABLE = "VENICE_API_KEY"
"""Where the environment names a key. It comes before the one in the keyring."""

ONLY_PRACTICE = "This is practice only, and no key is sent anywhere. Start Venice Studio without --sandbox to connect."


class Standing(StrEnum):
    """How we stand with the service."""

    STARTING = "starting"
    PRACTICE = "practice"
    CONNECTED = "connected"
    NO_ANSWER = "no answer"
    KEY_REFUSED = "key refused"


class KeySource(StrEnum):
    """Where the key in use came from."""

    NONE = "none"
    ENVIRONMENT = "environment"
    KEYRING = "keyring"
    SESSION = "this session only"


class Keyring(StrEnum):
    """How the system's keyring answered last."""

    OPEN = "open"
    LOCKED = "locked"
    SILENT = "no answer"
    MISSING = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionState:
    """All the window needs to say about the connection; `key_hint` is the last four characters at most."""

    standing: Standing = Standing.STARTING
    account: Account | None = None
    balance: Balance | None = None
    key_source: KeySource = KeySource.NONE
    key_hint: str = ""
    keyring: Keyring = Keyring.OPEN
    problem: Problem | None = None


class ClosableService(Service, Protocol):
    """A service with sockets to close."""

    async def aclose(self) -> None:
        """Close them."""
        ...


ServiceFactory = Callable[[str, str, Account, float], ClosableService]
"""Makes a service from base URL, key, account and the speed of its waits (1 for the real one)."""


class Connection:
    """Holds every service in reach by account; one of them is the one that new clips are asked of."""

    def __init__(
        self,
        *,
        tasks: Tasks,
        chest: keys.KeyChest,
        practice_service: practice.Practice,
        practice_all: practice.Practice | None = None,
        wants_all: Callable[[], bool] = lambda: False,
        make_service: ServiceFactory,
        fingerprint: Callable[[str], str],
        base_url: str = VENICE,
        environment_key: str | None = None,
        only_practice: bool = False,
        pace: Pace | None = None,
        clock: Clock | None = None,
    ) -> None:
        """`practice_all` has every model; it is what we practise with where the user `wants_all`.

        Raises ValueError for a `base_url` on the way to which others could read the key.
        """
        if not keeps_a_key(base_url):
            raise ValueError(f"No key is sent to {base_url}: it needs https.")
        self.state: Value[ConnectionState] = Value(ConnectionState())
        self.service: Value[Service | None] = Value(None)
        self.base_url = normal(base_url)
        self._tasks = tasks
        self._chest = chest
        self._practices = {PRACTICE_ACCOUNT: practice_service}
        if practice_all is not None:
            self._practices[PRACTICE_ALL_ACCOUNT] = practice_all
        self._wants_all = wants_all
        self._make_service = make_service
        self._fingerprint = fingerprint
        self._environment_key = environment_key
        self._only_practice = only_practice
        self._pace = pace or Pace()
        self._reaches = Reaches()
        self._asking = asyncio.Lock()
        self._payments = Payments(clock or SystemClock())
        self._closables: list[ClosableService] = []
        self._practice_lock = asyncio.Lock()

    async def start(self) -> None:
        """Find a key (environment before keyring) and use it; without one, practise."""
        found, source = await self._find_key()
        if found is None:
            await self._practise()
        else:
            self._use(found, source)
            await self.refresh_balance()

    async def connect(self, key: str, *, remember: bool) -> KeySource:
        """Test `key` against the balance and use it; keep it in the keyring if `remember` and that can be used.

        Returns where the key is kept now. Raises `Trouble` and changes nothing where the service refuses the key or
        does not answer, and always where we may only practise.
        """
        if self._only_practice:
            raise Trouble(Problem(kind=Kind.NO_KEY, message=ONLY_PRACTICE))
        key = key.strip()
        service = self._open(key)
        try:
            known = await self._payments.ask(service)
        except BaseException:
            if service not in self._closables:
                await service.aclose()
            raise
        # It works: whatever becomes of the wish to keep it, and whoever waits for that.
        self._adopt(service, key, KeySource.SESSION, known)
        if remember:
            kept = _heard(await self._chest.set(self.base_url, key))
            mine = self.service.value is service
            source = KeySource.KEYRING if kept is Keyring.OPEN and mine else self.state.value.key_source
            self.state.set(replace(self.state.value, key_source=source, keyring=kept))
        return self.state.value.key_source

    async def unlock(self) -> Keyring:
        """Let the system ask the user to open the keyring, and use the key that is there, if we have none yet.

        Cancelling ends the waiting, not the system's own dialog. Where we may only practise, nothing is asked for.
        """
        if self._only_practice:
            return self.state.value.keyring
        answer = await self._chest.get(self.base_url, unlock=True)
        self.state.set(replace(self.state.value, keyring=_heard(answer)))
        if isinstance(answer, keys.Found) and self.state.value.key_source is KeySource.NONE:
            self._use(answer.key, KeySource.KEYRING)
            await self.refresh_balance()
        return _heard(answer)

    async def forget_key(self) -> Keyring:
        """Remove the key from the keyring and go back to practice. Not OPEN: the key may still be in the keyring."""
        removed = _heard(await self._chest.delete(self.base_url))
        self.state.set(replace(self.state.value, keyring=removed))
        # Who asked may be gone before practice runs; half a change would be worse than none.
        await self._tasks.see_through(self._practise(), "practise")
        return removed

    async def practise_as_wanted(self) -> None:
        """Go over to the practice service that the user wants by now, where we practise at all.

        What renders at the other one goes on there, and is looked at as before.
        """
        account = self.state.value.account
        if account is not None and account.practice and account != self._practice_account:
            await self._practise()

    async def refresh_balance(self) -> None:
        """Ask for the balance again and say how we stand."""
        service = self.service.value
        if service is None:
            return
        try:
            known = await self._payments.ask(service)
        except Trouble as trouble:
            if service is self.service.value:
                self._stand(trouble.problem)
            return
        if service is self.service.value:
            self._payments.known = known
            if not self.has_key_of(service.account):
                # It was refused in between.
                self._reaches.put(service.account, Reach(service=service, pace=self._pace))
            standing = Standing.PRACTICE if service.account.practice else Standing.CONNECTED
            self.state.set(replace(self.state.value, standing=standing, balance=known.balance, problem=None))

    @property
    def environment_comes_first(self) -> bool:
        """Whether a start like this one uses the environment's key, whatever the keyring holds."""
        return bool(self._environment_key) and not self._only_practice

    @property
    def payments(self) -> int:
        """How many paid requests were begun."""
        return self._payments.count

    def about_to_pay(self, account: Account) -> Reading | None:
        """A paid request begins: the balance before it, if it was read just now and no other was begun since."""
        before = self._payments.begin()
        return before if self.state.value.account == account else None

    async def reach(self, account: Account, strangers: Collection[Account] = ()) -> Reach:
        """Who answers for `account`; waits until somebody does, see `Reaches`. Raises `Trouble` (SERVICE) where the
        practice service cannot be started."""
        return await (self._reach_practice(account) if account.practice else self._reaches.wait_for(account, strangers))

    async def reach_to_pay(self, account: Account) -> Reach:
        """Who answers for `account` itself, at once: nothing is paid for with another key, nor long after its press.
        Raises `Trouble` (KEY; SERVICE where the practice service cannot be started)."""
        if account.practice:
            return await self._reach_practice(account)
        if (own := self._reaches.own(account)) is None:
            message = "The service refused the key before this was sent. Enter a key, then send it again."
            raise Trouble(Problem(kind=Kind.KEY, message=message))
        return own

    def in_reach(self, account: Account, strangers: Collection[Account] = ()) -> bool:
        """Whether `reach` would answer at once."""
        return account.practice or self._reaches.at_hand(account, strangers) is not None

    def has_key_of(self, account: Account) -> bool:
        """Whether it can be asked for with its own key at once."""
        return self._reaches.own(account) is not None

    async def key_refused(self, account: Account, problem: Problem) -> None:
        """The service refused the key of `account` for one thing. If it refuses it altogether, all wait for a key."""
        async with self._asking:
            reach = self._reaches.own(account)
            if account.practice or reach is None or not await _refuses_key(reach.service):
                return
            self._reaches.refuse(account, reach)
            if self.service.value is reach.service:
                self._stand(problem)

    def was_refused(self, account: Account) -> None:
        """The key of `account` is known to have been refused, maybe by an earlier run."""
        self._reaches.was_refused(account)

    async def close(self) -> None:
        """Close every socket and end the practice service."""
        closing = (service.aclose() for service in self._closables)
        stopping = (each.stop() for each in self._practices.values())
        for failed in await asyncio.gather(*closing, *stopping, return_exceptions=True):
            if isinstance(failed, Exception):
                # The rest of the program must still be able to end in order.
                log.error("Something of the connection did not close", exc_info=failed)

    async def _find_key(self) -> tuple[str | None, KeySource]:
        if self._only_practice:
            return None, KeySource.NONE
        if self.environment_comes_first:
            return self._environment_key, KeySource.ENVIRONMENT
        answer = await self._chest.get(self.base_url)
        self.state.set(replace(self.state.value, keyring=_heard(answer)))
        return (answer.key, KeySource.KEYRING) if isinstance(answer, keys.Found) else (None, KeySource.NONE)

    def _open(self, key: str) -> ClosableService:
        """A client for `key`: the one there is, since the service counts requests by key, and so do its budgets."""
        account = Account(service=self.base_url, fingerprint=self._fingerprint(key))
        there = (service for service in self._closables if service.account == account)
        return next(there, None) or self._make_service(self.base_url, key, account, 1.0)

    def _use(self, key: str, source: KeySource) -> None:
        self._adopt(self._open(key), key, source, None)

    def _adopt(self, service: ClosableService, key: str, source: KeySource, known: Known | None) -> None:
        account, self._payments.known = service.account, known
        if service not in self._closables:
            self._closables.append(service)
        self._reaches.put(account, Reach(service=service, pace=self._pace))
        hint = f"…{key[-4:]}" if len(key) >= 12 else ""
        standing = Standing.STARTING if known is None else Standing.CONNECTED
        balance = known.balance if known else None
        state = ConnectionState(standing=standing, account=account, balance=balance, key_source=source, key_hint=hint)
        self.state.set(replace(state, keyring=self.state.value.keyring))
        self.service.set(service)

    async def _practise(self) -> None:
        # Until practice runs nobody is asked for clips, least of all whoever would charge for them.
        self.service.set(None)
        self._payments.known = None
        account, keyring = self._practice_account, self.state.value.keyring
        self.state.set(ConnectionState(standing=Standing.PRACTICE, account=account, keyring=keyring))
        try:
            reach = await self._reach_practice(account)
        except Trouble as trouble:
            if self.state.value.account == account:
                self.state.set(replace(self.state.value, problem=trouble.problem))
            return
        # Meanwhile the user may have given a key, or gone over to the other practice service.
        if self.state.value.account == account:
            self.service.set(reach.service)
            await self.refresh_balance()

    @property
    def _practice_account(self) -> Account:
        wanted = PRACTICE_ALL_ACCOUNT if self._wants_all() else PRACTICE_ACCOUNT
        return wanted if wanted in self._practices else PRACTICE_ACCOUNT

    async def _reach_practice(self, account: Account) -> Reach:
        async with self._practice_lock:
            serving = self._practices[account]
            if not serving.running:
                log.info("Starting the practice service")
                base_url = await serving.start()
                service = self._make_service(base_url, practice.KEY, account, serving.speed)
                self._closables.append(service)
                previous = self._reaches.own(account)
                self._reaches.put(account, Reach(service=service, pace=self._pace.faster(serving.speed)))
                if previous is not None and self.service.value is previous.service:
                    self.service.set(service)
        return await self._reaches.wait_for(account)

    def _stand(self, problem: Problem) -> None:
        refused = problem.kind is Kind.KEY
        standing = Standing.KEY_REFUSED if refused else Standing.NO_ANSWER
        if self.state.value.account is not None and self.state.value.account.practice:
            standing = Standing.PRACTICE
        self.state.set(replace(self.state.value, standing=standing, problem=problem))


async def _refuses_key(service: Service) -> bool:
    # A 401 can also mean that the account may not use this model. Live schema.
    try:
        await service.balance()
    except Trouble as trouble:
        return trouble.problem.kind is Kind.KEY
    return False


def _heard(answer: keys.KeyAnswer | keys.SetAnswer | keys.DeleteAnswer) -> Keyring:
    match answer:
        case keys.Found() | keys.NotThere() | keys.Kept():
            return Keyring.OPEN
        case keys.Locked():
            return Keyring.LOCKED
        case keys.TimedOut():
            return Keyring.SILENT
        case keys.NoKeyring():
            return Keyring.MISSING
        case _ as never:
            assert_never(never)
