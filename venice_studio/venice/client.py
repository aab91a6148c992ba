"""The service, seen from one account: quote, queue, retrieve, complete, models, balance."""

import asyncio
import hashlib
import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from pathlib import Path

from venice_studio.domain.job import Account, Progress, Ticket
from venice_studio.domain.listing import Listing
from venice_studio.domain.media import Medium
from venice_studio.domain.model import Dialect
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.domain.quote import Balance, Quote
from venice_studio.domain.request import GenerationRequest
from venice_studio.venice import catalog
from venice_studio.venice.body import Body, OpenBody, body_of, payload_of
from venice_studio.venice.budget import Budget, Failures, RateLimits
from venice_studio.venice.clip import (
    Download,
    Sink,
    head_of,
    looks_like_clip,
    mime_of,
    nothing_to_fetch,
    pieces_of,
    pour,
)
from venice_studio.venice.secrets import parts_of, without
from venice_studio.venice.transport import Answer, Timings, Transport
from venice_studio.venice.wire import answers, bodies, values
from venice_studio.venice.wire.calls import Call
from venice_studio.venice.wire.errors import garbled, read_problem
from venice_studio.venice.wire.limits import read_limits

BASE_URL = "https://api.venice.ai/api/v1"
"""Reference page."""

_WORTH_ANOTHER_TRY = frozenset({Kind.OFFLINE, Kind.CUT, Kind.SERVICE})


LOOKS_AT_ONCE = 0.05
"""Of the looks that a minute allows: so many may go out together, such as those of a few jobs of one press."""


def fingerprint(key: str) -> str:
    """A short one-way mark of a key: tells two keys apart and gives neither away."""
    return hashlib.sha256(b"venice-studio account\0" + key.strip().encode("utf-8", "replace")).hexdigest()[:16]


class VeniceClient:
    """Speaks to the service for one key. Every method raises `Trouble`; none repeats what could cost money.

    `medium_file` gives the file of a medium's bytes and runs in `disk`, like all reading of files. Belongs to the
    loop it is used on; `aclose` it before that ends.
    """

    def __init__(
        self,
        *,
        base_url: str,
        key: str,
        account: Account,
        medium_file: Callable[[Medium], Path],
        disk: Executor,
        limits: RateLimits | None = None,
        timings: Timings | None = None,
        wall_s: Callable[[], float] = time.time,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._key = key.strip()
        self._account = account
        self._medium_file = medium_file
        self._disk = disk
        self._timings = timings or Timings()
        self._wall_s = wall_s
        self._transport = Transport(disk=disk, timings=self._timings)
        limits = limits or RateLimits()
        self._failures = Failures(limits.window_s)
        self._posts = Budget(limits.queue, limits.window_s, failures=self._failures)
        self._looks = Budget(limits.retrieve, limits.window_s, burst=LOOKS_AT_ONCE, failures=self._failures)
        self._told_by_quote: Dialect | None = None
        self._told_by_queue: Dialect | None = None

    def __repr__(self) -> str:
        return f"VeniceClient({self._base_url!r}, account={self._account.fingerprint!r})"

    @property
    def account(self) -> Account:
        """Whose money it is."""
        return self._account

    @property
    def dialect(self) -> Dialect | None:
        """How the service was heard to speak: by its queue answers, before the first one by its quotes."""
        return self._told_by_queue or self._told_by_quote

    async def aclose(self) -> None:
        """Close every connection; what is still under way ends with them."""
        await self._transport.close()

    async def quote(self, request: GenerationRequest) -> Quote:
        """The price of `request`."""
        quote, self._told_by_quote = answers.read_quote(await self._read(Call.QUOTE, bodies.quote_body(request)))
        return quote

    def payload(self, request: GenerationRequest) -> str:
        """The JSON that `queue` would send, pictures replaced by their fingerprints."""
        return payload_of(bodies.queue_body(request, self.dialect))

    async def queue(self, request: GenerationRequest) -> Ticket:
        """The paid request, sent once. `Trouble.problem.cost` says what a failure may have cost.

        Beyond the limit of requests a minute nothing is sent: BUSY, not charged, with the time to wait.
        """
        if wait_s := self._posts.wait_s():
            message = "That is as many clips a minute as the service takes."
            raise Trouble(Problem(kind=Kind.BUSY, message=message, retry_after_s=wait_s))
        body = body_of(bodies.queue_body(request, self.dialect))
        headers = self._headers(body)
        async with OpenBody(body, self._medium_file, self._disk) as content:
            with self._posts.place() as number:
                answer = await self._transport.ask(
                    Call.QUEUE, self._transport.paid, self._url(Call.QUEUE), headers=headers, content=content
                )
        self._learn(self._posts, number, answer.headers)
        ticket = _ticket(self._success(Call.QUEUE, answer, self._posts), request.model)
        self._told_by_queue = ticket.dialect
        return ticket

    async def retrieve(
        self, ticket: Ticket, sink: Sink, *, delete: bool = False, worth: Callable[[], float] = lambda: 0.0
    ) -> Progress | None:
        """Look at a job: its progress, or None after the whole clip went into `sink`. Asked once; waits its turn.

        With `delete` the service deletes its copy as it sends it. Of several looks that wait, the one that is
        `worth` most goes first.
        """
        async with self._looks.turn(worth) as number:
            look = await self._look(ticket, sink, number, delete=delete)
        if not isinstance(look, answers.Completed):
            return look
        url = look.download_url or ticket.download_url
        if url is None:
            raise nothing_to_fetch()
        await Download(self._transport, url, sink, retry_waits_s=self._timings.retry_waits_s).run()
        return None

    async def complete(self, ticket: Ticket) -> None:
        """Delete the service's copy of a clip; one that is not there any more is deleted."""
        if ticket.download_url:
            await self._delete_download(ticket.download_url)
        try:
            answer = await self._read(Call.COMPLETE, bodies.complete_body(ticket))
            if not ticket.download_url:
                answers.read_completion(answer)
        except Trouble as trouble:
            if trouble.problem.kind is not Kind.GONE:
                raise

    async def _delete_download(self, url: str) -> None:
        """A private model's clip lies elsewhere, and its address, without the key, takes the deletion. Live schema."""
        answer = await self._transport.ask(Call.DOWNLOAD, self._transport.plain, url, headers={}, method="DELETE")
        if not 200 <= answer.status < 300:
            problem = read_problem(Call.DOWNLOAD, answer.status, answer.body, answer.headers, now_s=self._wall_s())
            if problem.kind is not Kind.GONE:
                raise Trouble(without(problem, parts_of(url)))

    async def models(self) -> Listing:
        """The listing, over the built-in facts."""
        answer = await self._ask(Call.MODELS)
        return await asyncio.get_running_loop().run_in_executor(self._disk, catalog.read, answer.body, self.dialect)

    async def balance(self) -> Balance:
        """What the account holds. A good check of a key, free of charge."""
        return answers.read_balance(await self._read(Call.BALANCE))

    async def _look(
        self, ticket: Ticket, sink: Sink, number: int, *, delete: bool
    ) -> Progress | answers.Completed | None:
        call = Call.RETRIEVE
        headers = {**self._headers(), "Content-Type": "application/json"}
        content = json.dumps(bodies.retrieve_body(ticket, delete=delete)).encode("ascii")
        async with self._transport.stream(
            call, self._transport.looks, self._url(call), headers=headers, content=content
        ) as response:
            if response.status_code != 200:
                return self._told(number, await self._transport.rest(call, response))
            mime = mime_of(response)
            if mime.endswith("json"):
                return self._told(number, await self._transport.rest(call, response))
            pieces = pieces_of(call, response)
            head = await head_of(pieces)
            if not looks_like_clip(mime, head):
                raise garbled(call, "The service answered with something that is neither news nor a clip.", 200)
            self._learn(self._looks, number, response.headers)
            await pour(call, response, head, pieces, sink)
        return None

    def _told(self, number: int, answer: Answer) -> Progress | answers.Completed:
        self._learn(self._looks, number, answer.headers)
        told = self._understood(Call.RETRIEVE, answer, self._looks)
        try:
            return answers.read_look(told)
        except Trouble as trouble:
            problem = self._without_key(trouble.problem)
        raise Trouble(problem)  # out here, where the first one is not its context

    async def _read(self, call: Call, body: Mapping[str, object] | None = None) -> object:
        return _parsed(call, await self._ask(call, body))

    async def _ask(self, call: Call, body: Mapping[str, object] | None = None) -> Answer:
        """Ask for something that costs nothing; a passing fault is not the answer yet."""
        for wait_s in self._timings.retry_waits_s:
            try:
                return await self._ask_once(call, body)
            except Trouble as trouble:
                if trouble.problem.kind not in _WORTH_ANOTHER_TRY:
                    raise
            await asyncio.sleep(wait_s)
        return await self._ask_once(call, body)

    async def _ask_once(self, call: Call, body: Mapping[str, object] | None) -> Answer:
        if wait_s := self._failures.wait_s():
            # One more refusal, and the service would take nothing from this key for a while.
            message = "The service refused too much in a row. Nothing more is asked of it for a moment."
            raise Trouble(Problem(kind=Kind.BUSY, message=message, retry_after_s=wait_s))
        if body is None:
            answer = await self._transport.ask(call, self._transport.reads, self._url(call), headers=self._headers())
            return self._success(call, answer)
        whole = body_of(body)
        headers = self._headers(whole)
        async with OpenBody(whole, self._medium_file, self._disk) as content:
            answer = await self._transport.ask(
                call, self._transport.reads, self._url(call), headers=headers, content=content
            )
        return self._success(call, answer)

    def _url(self, call: Call) -> str:
        return self._base_url + call.path

    def _headers(self, body: Body | None = None) -> dict[str, str]:
        if self._key and self._key.isascii() and self._key.isprintable() and " " not in self._key:
            sent = {"Content-Type": "application/json", "Content-Length": str(body.length)} if body else {}
            return {"Authorization": f"Bearer {self._key}", **sent}
        # httpx would quote such a key in its error.
        message = (
            "This is no API key: it has a space or a sign that no key has." if self._key else "There is no API key."
        )
        raise Trouble(Problem(kind=Kind.KEY if self._key else Kind.NO_KEY, message=message))

    def _learn(self, budget: Budget, number: int, headers: Mapping[str, str]) -> None:
        budget.learn(number, read_limits(headers, self._wall_s()))

    def _understood(self, call: Call, answer: Answer, budget: Budget | None = None) -> object:
        """The JSON of a success; anything else raises `Trouble`. `budget`: of what it was a part."""
        return _parsed(call, self._success(call, answer, budget))

    def _success(self, call: Call, answer: Answer, budget: Budget | None = None) -> Answer:
        if 200 <= answer.status < 300:
            return answer
        problem = read_problem(call, answer.status, answer.body, answer.headers, now_s=self._wall_s())
        self._failures.add()
        if budget and problem.kind is Kind.BUSY:
            budget.pause(problem.retry_after_s)
        raise Trouble(self._without_key(problem))

    def _without_key(self, problem: Problem) -> Problem:
        """The problem, should the service have quoted the key in it."""
        return without(problem, [self._key])


def _ticket(answer: Answer, model: str) -> Ticket:
    """The ticket of a request that was taken. It is paid for: an answer that is damaged, or was cut, is still read as
    far as it goes."""
    try:
        return answers.read_ticket(_parsed(Call.QUEUE, answer), model)
    except Trouble:
        if ticket := answers.find_ticket(answer.body, model):
            return ticket
        if answer.broken is not None:
            raise answer.broken from None
        raise


def _parsed(call: Call, answer: Answer) -> object:
    try:
        return values.parse(answer.body)
    except ValueError:
        raise garbled(call, "The service sent an answer that nobody can read.", answer.status) from None
