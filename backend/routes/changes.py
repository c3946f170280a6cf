"""GET /v1/changes: pages up to the head, then the same pages as a stream."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse

from backend.bodies import ChangesPage
from backend.context import Context
from backend.problems import Problem
from backend.services.changes import PAGE_ROWS, Reader
from backend.services.sessions import still_signed_in
from backend.web import SIGNED_IN, Asking, InContext, answer, answers, in_thread

router = APIRouter(prefix="/v1/changes", tags=["changes"])
HEARTBEAT_S = 1.0
WINDOW_S = 0.05
"""Under load the rows of this long travel together; after a pause the first goes at once."""

_STREAM = "text/event-stream"
_Revision = Annotated[int, Query(ge=0, le=2**62)]
_responses = answers(ChangesPage, *SIGNED_IN, "EPOCH")
_responses[200]["content"][_STREAM] = {"schema": {"type": "string"}}


@router.get("", responses=_responses)
async def get_changes(
    request: Request,
    context: InContext,
    asking: Asking,
    after: _Revision = 0,
    epoch: Annotated[str | None, Query(max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=PAGE_ROWS)] = PAGE_ROWS,
) -> Response:
    """Rows after a revision. With `Accept: text/event-stream` the answer goes on: events
    `changes` (id = revision, data = a page) and each second `heartbeat`."""
    reader = Reader(context, asking.user.id, epoch)
    if _STREAM not in request.headers.get("accept", ""):
        return answer((await in_thread(lambda: reader.page(after, limit))).body)
    await in_thread(lambda: reader.check(after))
    events = _events(context, reader, asking.session_id, after)
    return StreamingResponse(events, media_type=_STREAM, headers={"Cache-Control": "no-store"})


async def _events(
    context: Context, reader: Reader, session_id: str, after: int
) -> AsyncIterator[bytes]:
    """Ends when the process does, when the session does, or when the user's rights change."""
    hub, loop = context.hub, asyncio.get_running_loop()
    beat = loop.time()
    while not hub.closing:
        if loop.time() >= beat:
            if not await in_thread(lambda: still_signed_in(context, session_id)):
                return
            yield _heartbeat(context)
            beat = loop.time() + HEARTBEAT_S
        if not await hub.beyond(after, max(0.0, beat - loop.time())):
            continue
        try:
            found = await in_thread(partial(reader.page, after))
        except Problem:
            return
        after = found.next
        yield b"id: %d\nevent: changes\ndata: %b\n\n" % (after, found.body)
        if not found.more:
            await asyncio.sleep(WINDOW_S)


def _heartbeat(context: Context) -> bytes:
    data = msgspec.json.encode({"server_time": context.now(), "head": context.hub.head})
    return b"event: heartbeat\ndata: %b\n\n" % data
