"""Kills the program at every step of a job's way, again and again, and looks what became of clips and money."""

import asyncio
import itertools
import json
import multiprocessing
import random
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

from tests.faults import driver
from tests.faults.driver import Orders
from tests.faults.invariants import broken, broken_on_the_way, broken_without_a_kill
from tests.faults.truth import LiveService, Truth, TruthfulService
from tests.support.patience import PATIENCE_S
from tests.support.recording_proxy import RecordingProxy
from tests.support.sandbox import Sandbox, fresh_key
from venice_studio.domain.job import CopyAtVenice

KILLS_IN_A_FOLDER = 10
_FORK = multiprocessing.get_context("forkserver")
_FORK.set_forkserver_preload(["__main__", driver.__name__])


@dataclass
class Plan:
    """When to kill: at the given time of passing a step, or after a delay. Neither: never."""

    step: str | None = None
    passing: int = 1
    after_s: float | None = None

    def __str__(self) -> str:
        return f"at “{self.step}” ({self.passing})" if self.step else f"after {self.after_s:.3f} s"


@dataclass
class Run:
    """One process at work; `passed` are the steps it came by."""

    orders: Orders
    plan: Plan
    passed: list[str] = field(default_factory=list)
    killed: bool = False

    async def to_its_end(self) -> bool:
        """Start it and wait until it was killed as planned (False) or has done its work (True)."""
        here, there = _FORK.Pipe()
        self._process = _FORK.Process(target=driver.run, args=(self.orders, there))
        self._process.start()
        there.close()
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        done = False

        def hear() -> None:
            nonlocal done
            try:
                word = here.recv()
            except (EOFError, ConnectionError):
                loop.remove_reader(here.fileno())
                ended.set()
                return
            if word == driver.DONE:
                done = True
            else:
                self.at(word)
                if not self.killed:
                    _go_on(here)

        loop.add_reader(here.fileno(), hear)
        timer = loop.call_later(self.plan.after_s, self._kill) if self.plan.after_s is not None else None
        try:
            async with asyncio.timeout(PATIENCE_S):
                await ended.wait()
        finally:
            if timer:
                timer.cancel()
            self._process.kill()
            self._process.join()
            loop.remove_reader(here.fileno())
            here.close()
        return done

    def at(self, step: str) -> None:
        """A step, of the program or of the service that answers it."""
        self.passed.append(step)
        if step == self.plan.step and self.passed.count(step) == self.plan.passing:
            self._kill()

    def _kill(self) -> None:
        self.killed = True
        self._process.kill()


def _go_on(pipe: Pipe) -> None:
    with suppress(ConnectionError):  # it was killed by its clock
        pipe.send(None)


@dataclass
class Outcome:
    """What a row of kills showed: how often each step was the last one, and every promise that was not kept."""

    kills: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


class Harness:
    """Runs, kills, runs again to the end, and judges."""

    def __init__(
        self,
        *,
        seed: int,
        model: str,
        presses: Sequence[int] = (2, 1),
        steps: Sequence[str] = (),
        outcome: Outcome | None = None,
    ) -> None:
        """`presses`: the takes of each press of a run. `steps`: where to kill; none: wherever a run comes by.
        `outcome`: go on with that one."""
        self._chance = random.Random(seed)
        self._model = model
        self._presses = presses
        self._steps = steps
        self._number = 0
        self._run: Run | None = None
        self.outcome = outcome or Outcome()

    def at(self, step: str) -> None:
        """The service is at a step of its own."""
        if self._run is not None and self._run.orders.stepped:
            self._run.at(step)

    async def kill(self, times: int, service: Truth, home: Path, *, key: str, speed: float) -> None:
        """So many kills over one data folder; after each the next run must bring everything to its end."""
        orders = Orders(
            home=home,
            base_url=service.base_url,
            key=key,
            model=self._model,
            speed=speed,
            copy_at_venice=CopyAtVenice.KEEP,
        )
        if not self._steps:
            # A run that is not killed shows which steps there are.
            await self._work(
                replace(self._pressing(orders), stepped=True, copy_at_venice=CopyAtVenice.AFTER_SAVING, tag_clips=True),
                Plan(),
            )
            self.outcome.broken += [f"not killed: {what}" for what in broken_without_a_kill(home, service)]
        aim = self.outcome.kills.total() + times
        # A run may be over before the moment that was meant for it.
        for _ in range(times * 4):
            if self.outcome.kills.total() >= aim:
                return
            plan, pressing = self._plan(), self._pressing(orders)
            await self._work(replace(pressing, stepped=plan.step is not None), plan)
            if self._chance.random() < 0.2:
                # The run that puts things right may be killed too.
                plan = self._plan()
                await self._work(replace(orders, stepped=plan.step is not None), plan)
            found = broken_on_the_way(home, service)
            finished = await self._work(orders, Plan())
            found += broken(home, service) if finished else ["the run after the kill did not come to its end"]
            self.outcome.broken += [f"killed {plan}: {what}" for what in found]
            if found:
                return

    def _pressing(self, orders: Orders) -> Orders:
        self._number += 1
        prompts = [
            (f"Kill {self._number}: gondola/{letter}?", takes)
            for letter, takes in zip("ab", self._presses, strict=False)
        ]
        policy = self._chance.choice([CopyAtVenice.KEEP, CopyAtVenice.AFTER_SAVING])
        return replace(orders, presses=prompts, copy_at_venice=policy, tag_clips=self._chance.random() < 0.5)

    def _plan(self) -> Plan:
        if self._chance.random() < 0.25:
            return Plan(after_s=self._chance.uniform(0.02, 0.5))
        # Steps that were the last one least often come first.
        kinds = sorted(set(self._steps))
        self._chance.shuffle(kinds)
        step = min(kinds, key=lambda kind: self.outcome.kills[kind])
        return Plan(step=step, passing=self._chance.randint(1, self._steps.count(step)))

    async def _work(self, orders: Orders, plan: Plan) -> bool:
        orders.home.mkdir(exist_ok=True)
        self._run = Run(orders, plan)
        finished = await self._run.to_its_end()
        if plan.step is None and plan.after_s is None and orders.stepped:
            self._steps = self._run.passed
        if self._run.killed:
            self.outcome.kills[plan.step or "some moment"] += 1
        return finished


async def kill_often(
    times: int, folder: Path, seed: int, progress: Callable[[int], object] = lambda _n: None
) -> Outcome:
    """So many kills against fast services of our own, in turn of the reference page's dialect and of the live one."""
    outcome = Outcome()
    kinds = itertools.cycle(
        [
            (TruthfulService, Harness(seed=seed, model="wan", outcome=outcome)),
            (LiveService, Harness(seed=seed + 1, model="wan", outcome=outcome)),
        ]
    )
    for number in range(0, times, KILLS_IN_A_FOLDER):
        kind, harness = next(kinds)
        place = folder / str(number)
        place.mkdir()
        async with kind(place, at=harness.at) as service:
            few = min(KILLS_IN_A_FOLDER, times - number)
            await harness.kill(few, service, place / "home", key="a-key-for-tests", speed=500)
        progress(number + few)
        if outcome.broken:
            break
    return outcome


async def kill_with_the_sandbox(times: int, folder: Path, seed: int) -> Outcome:
    """So many kills against the practice service."""
    steps = ["after the paid request", "in mid-render", "in mid-download", "os.remove part", "after the deletion"]
    harness = Harness(seed=seed, model="kling-2.5-turbo-pro-text-to-video", presses=[1], steps=steps)
    with Sandbox(speed=200, state=folder / "state") as sandbox:
        async with ProxiedSandbox(sandbox.base_url) as service:
            await harness.kill(times, service, folder / "home", key=fresh_key(), speed=200)
    return harness.outcome


class ProxiedSandbox(RecordingProxy):
    """The practice service; who stands in front of it keeps the record."""

    @property
    def posts(self) -> list[tuple[str, str | None]]:
        answered = {exchange.asked.body: str(exchange.told["queueid"]) for exchange in self.of("/video/queue")}
        bodies = [asked.body for asked in self._server.received if asked.path.endswith("/video/queue")]
        return [(str(json.loads(body)["prompt"]), answered.get(body)) for body in bodies]

    def served(self, queue_id: str) -> set[bytes]:
        looks = self.of("/video/retrieve")
        return {look.answer for look in looks if look.body["queueid"] == queue_id}

    def fetched(self, queue_id: str) -> list[int]:
        return []

    def deleted(self, queue_id: str) -> bool:
        return any(asked.body["queueid"] == queue_id for asked in self.of("/video/complete"))
