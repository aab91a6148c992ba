"""The HTTP side: routes, keys, limits and bodies; all else is the service's and the dialect's."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from venice_studio.sandbox import accounts, downloads, rules
from venice_studio.sandbox.dialects import Dialect
from venice_studio.sandbox.jobs import Job
from venice_studio.sandbox.listing import listing, rate_limits
from venice_studio.sandbox.materials import too_large
from venice_studio.sandbox.rates import Rates
from venice_studio.sandbox.refusal import Refusal
from venice_studio.sandbox.service import Processing, Service

PREFIX = "/api/v1"
DOWNLOADS = "/downloads"
# What the service takes in one request; 25 MB of pictures as base64 fit in. Source: the service's guide.
_MAX_BODY_BYTES = 35_000_000
_PIECE_BYTES = 1 << 18
_DELETE_FLAG = "delete_media_on_completion"

Handler = Callable[[Request, str], Awaitable[Response]]
Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


def app(service: Service, dialect: Dialect, rates: Rates) -> Starlette:
    """The application."""
    api = _Api(service, dialect, rates)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        service.resume()
        yield

    def route(path: str, kind: str, handler: Handler, method: str = "POST") -> Route:
        return Route(PREFIX + path, api.guarded(kind, handler), methods=[method])

    return Starlette(
        routes=[
            route("/video/quote", "quote", api.quote),
            route("/video/queue", "queue", api.queue),
            route("/video/retrieve", "retrieve", api.retrieve),
            route("/video/complete", "complete", api.complete),
            route("/models", "models", api.models, "GET"),
            route("/billing/balance", "balance", api.balance, "GET"),
            route("/api_keys/rate_limits", "rate_limits", api.rate_limits, "GET"),
            Route(DOWNLOADS + "/{secret}", downloads.endpoint(service), methods=["GET", "DELETE"]),
        ],
        exception_handlers={HTTPException: api.http_error, Exception: api.crash},
        middleware=[Middleware(_WholeAddresses)],
        lifespan=lifespan,
    )


class _WholeAddresses:
    """Takes a whole address where the path belongs, as a client sends it that believes this to be a proxy."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith("/"):
            scope = {**scope, "path": "/" + scope["path"].partition("://")[2].partition("/")[2]}
        await self._app(scope, receive, send)


class _Api:
    def __init__(self, service: Service, dialect: Dialect, rates: Rates) -> None:
        self._service = service
        self._dialect = dialect
        self._rates = rates

    def guarded(self, kind: str, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        """Wraps a handler with what holds for every call: key, limits, refusals as answers."""

        async def call(request: Request) -> Response:
            headers: dict[str, str] = {}
            account = ""
            try:
                key = accounts.key_of(request.headers.get("authorization"))
                account = accounts.account_of(key)
                headers = self._rates.take(account, kind)
                answer = await handler(request, key)
            except Refusal as refusal:
                if account and refusal.status != 429:
                    self._rates.failed(account)
                answer = self._refuse(refusal)
            except ClientDisconnect:
                answer = Response(status_code=400)
            for name, value in headers.items():
                answer.headers.setdefault(name, value)
            return answer

        return call

    async def quote(self, request: Request, key: str) -> Response:
        return JSONResponse(self._dialect.quote(await self._service.quote(await self._body(request))))

    async def queue(self, request: Request, key: str) -> Response:
        job = await self._service.queue(key, await self._body(request))
        return JSONResponse(self._dialect.queued(job, str(request.base_url).rstrip("/") + DOWNLOADS))

    async def retrieve(self, request: Request, key: str) -> Response:
        body = await self._body(request)
        model, job_id = rules.judge_reference(self._service.terms, body, more=frozenset({_DELETE_FLAG}))
        state = self._service.retrieve(accounts.account_of(key), model, job_id)
        if isinstance(state, Processing):
            return JSONResponse(self._dialect.processing(state))
        answer = self._dialect.finished(state, self._service.progress(state))
        if answer is not None:
            return JSONResponse(answer)
        return self._clip(state, delete=body.get(_DELETE_FLAG, False))

    async def complete(self, request: Request, key: str) -> Response:
        model, job_id = rules.judge_reference(self._service.terms, await self._body(request))
        found = self._service.complete(accounts.account_of(key), model, job_id)
        return JSONResponse(self._dialect.completed(found=found))

    async def models(self, request: Request, key: str) -> Response:
        return JSONResponse(listing(self._service.models, request.query_params.get("type", "text")))

    async def balance(self, request: Request, key: str) -> Response:
        return JSONResponse(self._dialect.balance(self._service.balance(key)))

    async def rate_limits(self, request: Request, key: str) -> Response:
        return JSONResponse(rate_limits(self._service.models, self._service.balance(key), self._service.clock()))

    async def http_error(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return self._refuse(Refusal(error.status_code, error.detail, headers=dict(error.headers or {})))

    async def crash(self, request: Request, error: Exception) -> Response:
        return self._refuse(Refusal(500, "The sandbox itself failed; its error output says more."))

    def _refuse(self, refusal: Refusal) -> Response:
        if refusal.raw is not None:
            return HTMLResponse(refusal.raw, refusal.status, refusal.headers)
        return JSONResponse(self._dialect.error(refusal), refusal.status, refusal.headers)

    async def _body(self, request: Request) -> dict[str, Any]:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if self._service.terms.json_only and kind != "application/json":
            raise Refusal(415, "Unsupported content type: send application/json.")
        return await read_object(request)

    def _clip(self, job: Job, *, delete: bool) -> Response:
        path = self._service.jobs.clip(job.id)
        if not delete:
            return FileResponse(path, media_type="video/mp4")
        headers = {"Content-Length": str(path.stat().st_size)}
        return StreamingResponse(self._last_words(job, path), media_type="video/mp4", headers=headers)

    async def _last_words(self, job: Job, path: Path) -> AsyncIterator[bytes]:
        """The clip in pieces; forgotten before the last one, so never while a client that went away lacks more."""
        with path.open("rb") as file:
            piece = file.read(_PIECE_BYTES)
            while following := file.read(_PIECE_BYTES):
                yield piece
                piece = following
            self._service.jobs.delete(job)
            yield piece


async def read_object(request: Request) -> dict[str, Any]:
    """The request's JSON object; raises Refusal (400, 413)."""
    if int(request.headers.get("content-length") or 0) > _MAX_BODY_BYTES:
        raise too_large()
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > _MAX_BODY_BYTES:
            raise too_large()
    try:
        body = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "The request body is not valid JSON.") from error
    if not isinstance(body, dict):
        raise Refusal(400, "The request body must be a JSON object.")
    return body
