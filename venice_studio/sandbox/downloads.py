"""Where a private model's clip is fetched: an address that is its own key, good for a day and a few fetches."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from venice_studio.sandbox.service import Service

_LIFE_S = 24 * 3600
_FETCHES = 5


def endpoint(service: Service) -> Callable[[Request], Awaitable[Response]]:
    """GET gives the clip, DELETE ends it; 404 before it is there and for unknown addresses, 410 when it is spent."""

    async def call(request: Request) -> Response:
        job = service.jobs.by_download(request.path_params["secret"])
        if job is None or not service.is_ready(job):
            return JSONResponse({"error": "There is no clip at this address (yet)."}, 404)
        if job.deleted or job.gets >= _FETCHES or service.clock() > job.queued_at + _LIFE_S:
            return JSONResponse({"error": "This address has expired."}, 410)
        if request.method == "DELETE":
            service.jobs.delete(job)
            return Response(status_code=204)
        if request.method == "GET" and "range" not in request.headers:
            service.jobs.put(replace(job, gets=job.gets + 1))
        return FileResponse(service.jobs.clip(job.id), media_type="video/mp4")

    return call
