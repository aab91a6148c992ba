"""How soon a finished clip is noticed and for how many looks, beside the reference page's loop; in virtual time."""

import asyncio
import math
from statistics import fmean

from tests.benchmarks import best, virtual_time
from tests.benchmarks.figures import Figure, Report, ratio
from tests.benchmarks.renders import Kinds, Outcome, RenderService, Watching, busiest, program_budget

MEDIANS_S = (40, 90, 180)
SPREADS = (0.2, 0.35)
RENDERS = 500
BEFORE = 20
AT_ONCE = 100
QUEUE_EVERY_S = 1.5
"""40 queue requests a minute."""
PAGE_INTERVAL_S = 10
PAGE_LOOKS = 60
LIMIT = 120


def measure(report: Report) -> None:
    """One job at a time, a hundred at once, two hundred after a lost network."""
    plain = _alone(report, knowing=False)
    knowing = _alone(report, knowing=True)
    report.title("polling: what experience is worth, over all six kinds")
    for number, what in enumerate(("mean delay", "looks per job")):
        with_it, without = (fmean(row[number] for row in rows) for rows in (knowing, plain))
        report.add(ratio(f"{what} with experience, beside without", with_it, without, "x", at_most=1.0))
    for spread in SPREADS:
        many(report, Kinds(median_s=90, spread=spread))
    _after_an_outage(report)


def _alone(report: Report, *, knowing: bool) -> list[tuple[float, float]]:
    report.title(
        f"polling: each job alone, {f'{BEFORE} such clips made before' if knowing else 'nothing known before'}"
    )
    rows = []
    for median_s in MEDIANS_S:
        for spread in SPREADS:
            kinds = Kinds(median_s=median_s, spread=spread)
            times_s = kinds.draw(RENDERS)
            page = virtual_time.run(_page(kinds, times_s))
            ours = virtual_time.run(_ours(kinds, times_s, kinds.draw(BEFORE) if knowing else []))
            name = f"median {median_s} s, spread {spread}"
            delay = ratio(f"{name}: mean delay", _delay(ours), _delay(page), "s", at_most=0.55)
            looks = ratio(f"{name}: looks per job", _looks(ours), _looks(page), "", at_most=1.15)
            report.add(delay, looks)
            rows.append((delay.value, looks.value))
    return rows


def many(report: Report, kinds: Kinds) -> None:
    report.title(f"polling: {AT_ONCE} jobs at once, median {kinds.median_s:g} s, spread {kinds.spread}")
    times_s = kinds.draw(AT_ONCE)
    page, ours = RenderService(), RenderService(program_budget())
    virtual_time.run(_page(kinds, times_s, page, QUEUE_EVERY_S))
    outcomes = virtual_time.run(_ours(kinds, times_s, [], ours, QUEUE_EVERY_S))
    knowing = virtual_time.run(
        _ours(kinds, times_s, kinds.draw(BEFORE), RenderService(program_budget()), QUEUE_EVERY_S)
    )
    starts = [number * QUEUE_EVERY_S for number in range(AT_ONCE)]
    bound_s = best.mean_delay_s(kinds, starts, per_s=LIMIT / 60, shortest_s=PAGE_INTERVAL_S / 2)
    beside = f"the page's loop {busiest(page.asked, 60)}"
    report.add(
        Figure(what="most looks in a minute", value=busiest(ours.asked, 60), at_most=LIMIT, beside=beside),
        Figure(what="most looks in 5 s", value=busiest(ours.asked, 5), beside=f"the page's {busiest(page.asked, 5)}"),
        ratio("mean delay beside the best under the limit", _delay(outcomes), bound_s, "s"),
        ratio("the same with experience", _delay(knowing), bound_s, "s"),
    )


def _after_an_outage(report: Report) -> None:
    jobs = 2 * AT_ONCE
    report.title(f"polling: {jobs} jobs running, the network gone for three minutes")
    kinds = Kinds(median_s=300, spread=0.35)
    service = RenderService(program_budget())
    service.offline = lambda at: 200 < at < 380
    outcomes = virtual_time.run(_ours(kinds, kinds.draw(jobs), [], service, 0.0))
    report.add(
        Figure(what="most looks in a minute", value=busiest(service.asked, 60), at_most=LIMIT),
        Figure(what="most looks in 5 s", value=busiest(service.asked, 5), at_most=LIMIT / 6),
        Figure(what="clips that were never found", value=sum(math.isnan(o.delay_s) for o in outcomes), at_most=0),
    )


async def _ours(
    kinds: Kinds,
    times_s: list[float],
    before_s: list[float],
    service: RenderService | None = None,
    every_s: float = 0.0,
) -> list[Outcome]:
    # Alone means that the others teach nothing.
    watching = Watching(service or RenderService(), learns=service is not None)
    await watching.start()
    watching.remember(before_s)

    async def one(number: int, time_s: float) -> Outcome:
        await asyncio.sleep(number * every_s)
        return await watching.watch(f"job-{number:04}", time_s, kinds.estimate_s)

    outcomes = await asyncio.gather(*(one(number, time_s) for number, time_s in enumerate(times_s)))
    watching.close()
    return outcomes


async def _page(
    kinds: Kinds, times_s: list[float], service: RenderService | None = None, every_s: float = 0.0
) -> list[Outcome]:
    """The reference page's loop: look, wait ten seconds, sixty times."""
    service = service or RenderService()

    async def one(number: int, time_s: float) -> Outcome:
        await asyncio.sleep(number * every_s)
        name = f"job-{number}"
        outcome = service.take(name, time_s, kinds.estimate_s)
        for _ in range(PAGE_LOOKS):
            if service.look(name) is None:
                break
            await asyncio.sleep(PAGE_INTERVAL_S)
        return outcome

    return await asyncio.gather(*(one(number, time_s) for number, time_s in enumerate(times_s)))


def _delay(outcomes: list[Outcome]) -> float:
    return fmean(outcome.delay_s for outcome in outcomes)


def _looks(outcomes: list[Outcome]) -> float:
    return fmean(outcome.looks for outcome in outcomes)
