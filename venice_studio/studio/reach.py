"""Who answers for which account: every service in reach, and those whose key was refused."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass

from venice_studio.domain.job import Account
from venice_studio.domain.polling import Pace
from venice_studio.studio.ports import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """A service that answers for an account, and how often it may be looked at."""

    service: Service
    pace: Pace


class Reaches:
    """Services by account.

    For an account whose key was refused it may be another key for the same address, which may be of the same account:
    only the service knows. `strangers` are those accounts that are known not to be.
    """

    def __init__(self) -> None:
        self._reach: dict[Account, Reach] = {}
        self._refused: set[Account] = set()
        self._came = asyncio.Event()

    def put(self, account: Account, reach: Reach) -> None:
        """From now on `reach` answers for `account`."""
        self._reach[account] = reach
        self._came.set()

    def own(self, account: Account) -> Reach | None:
        """Who answers for `account` itself, with its own key."""
        return self._reach.get(account)

    def at_hand(self, account: Account, strangers: Collection[Account] = ()) -> Reach | None:
        """Who may answer for `account` just now."""
        if (own := self._reach.get(account)) or account not in self._refused:
            return own
        others = (reach for it, reach in self._reach.items() if it.service == account.service and it not in strangers)
        return next(others, None)

    async def wait_for(self, account: Account, strangers: Collection[Account] = ()) -> Reach:
        """Who may answer for `account`, once somebody does: a key may come later."""
        while (reach := self.at_hand(account, strangers)) is None:
            self._came.clear()
            await self._came.wait()
        return reach

    def was_refused(self, account: Account) -> None:
        """The key of `account` is known to have been refused, maybe by an earlier run."""
        self._refused.add(account)

    def refuse(self, account: Account, reach: Reach) -> None:
        """The key of `account` was refused; nothing happens if another one answers for it by now."""
        if self._reach.get(account) is reach:
            del self._reach[account]
            self.was_refused(account)
