"""Clips that lie in their folder and in no list, because the list was damaged or lost: they are taken in again."""

import logging
import secrets
from collections.abc import Collection
from decimal import Decimal
from pathlib import Path

from venice_studio.domain.job import Account, Job, Saved, Ticket, new_job_id
from venice_studio.domain.model import Dialect
from venice_studio.domain.problem import Trouble
from venice_studio.domain.quote import Quote
from venice_studio.domain.request import GenerationRequest
from venice_studio.library.clips import ClipFolder

log = logging.getLogger(__name__)


async def take_in(folder: ClipFolder, account: Account, known: Collection[Path]) -> list[Job]:
    """A job for each clip of `folder` that is not among `known`: what its name and its file still tell of it.

    Which model made it is only known where it says so itself, and what it cost is not; Venice is not asked for it
    again.
    """
    jobs = []
    for stray in await folder.strays(known):
        job_id = new_job_id(stray.at, secrets.token_hex(4))
        try:
            clip, request = await folder.take_in(stray.path, job_id)
        except Trouble as trouble:
            log.warning("%s is not taken in: %s", stray.path, trouble)
            continue
        ticket = Ticket(queue_id="", model="", dialect=Dialect.REFERENCE)
        state = Saved(ticket=ticket, clip=clip, saved_at=stray.at, copy_deleted=True, found=True)
        jobs.append(
            Job(
                id=job_id,
                group=job_id,
                created_at=stray.at,
                account=account,
                request=request or GenerationRequest(model="", prompt=stray.prompt),
                payload="{}",
                quote=Quote(amount=Decimal(0)),
                state=state,
            )
        )
    return jobs
