"""The live channel: one source for all readers, each of whom gets the newest picture."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial

from sqlalchemy import select

from app.domain.incident import Incident
from app.domain.live import LiveKind
from backend.adapters.codec import decode
from backend.adapters.tables import entity as rows
from backend.context import Context
from backend.problems import Problem
from backend.services.live_frames import Extent, Frames, LinkFrames, VehicleFrames
from backend.services.live_picture import Picture, Source
from backend.services.sessions import SignedIn, resumed
from backend.services.sight import epoch

log = logging.getLogger(__name__)

TICK_S = 1.0
_MOST_CASES = 500


class Live:
    """Asks the source while somebody listens, and only then. Belongs to the event loop."""

    def __init__(self, context: Context, make: Callable[[], Source] | None) -> None:
        """`make` blocks; it is called when the first reader comes. None: there is no feed."""
        self._context = context
        self._make = make
        self._source: asyncio.Task[Source] | None = None
        self._work: asyncio.Task[None] | None = None
        self._readers = 0
        self._picture: Picture | None = None
        self._sequence = 0
        self._failures = 0  # of the source, in a row
        self._news = asyncio.Condition()
        self._one_at_a_time = threading.Lock()

    async def frames(
        self, kind: LiveKind, extent: Extent, asking: SignedIn
    ) -> AsyncIterator[bytes]:
        """A stream of frames, to be iterated once. Raises Problem NO_FEED."""
        if self._make is None:
            raise Problem("NO_FEED")
        if self._source is None:
            self._source = asyncio.create_task(asyncio.to_thread(self._make))
        try:
            source = await asyncio.shield(self._source)
        except (OSError, ValueError, KeyError) as error:
            self._source = None
            if self._is_notable():
                log.error("the source of live data cannot be read: %s", error)
            raise Problem("NO_FEED") from error
        cut: Frames
        if kind is LiveKind.LINKS:
            cut = LinkFrames(source, extent)
        else:
            cut = VehicleFrames(source, extent, self._context.settings.live_vehicles)
        return self._stream(source, cut, asking)

    async def close(self) -> None:
        tasks = [task for task in (self._work, self._source) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _stream(self, source: Source, cut: Frames, asking: SignedIn) -> AsyncIterator[bytes]:
        """Ends with the process, with the session, and when the user's rights change.

        The next picture is taken when the last frame is on its way: a slow reader misses some.
        """
        seen = 0
        async with self._listening(source):
            while not self._context.hub.closing:
                async with self._news:
                    await self._news.wait_for(partial(self._is_newer, seen))
                seen, picture = self._sequence, self._picture
                if picture is None or self._context.hub.closing:
                    return
                frame = await asyncio.to_thread(self._frame, cut, picture, seen, asking)
                if frame is None:
                    return
                yield frame

    def _is_newer(self, seen: int) -> bool:
        fresh = self._picture is not None and self._sequence > seen
        return fresh or self._context.hub.closing

    def _frame(
        self, cut: Frames, picture: Picture, sequence: int, asking: SignedIn
    ) -> bytes | None:
        now = resumed(self._context, asking.session_id)
        server = self._context.server_id
        if now is None or epoch(server, now.user) != epoch(server, asking.user):
            return None
        return cut.frame(picture, sequence)

    @asynccontextmanager
    async def _listening(self, source: Source) -> AsyncIterator[None]:
        self._readers += 1
        if self._work is None:
            self._work = asyncio.create_task(self._run(source))
        try:
            yield
        finally:
            self._readers -= 1
            if not self._readers and self._work is not None:
                self._work.cancel()
                self._work = self._picture = None

    async def _run(self, source: Source) -> None:
        """One picture a second for all."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            try:
                self._picture = await asyncio.to_thread(self._ask, source)
                self._sequence += 1
                self._failures = 0
            except Exception:
                if self._is_notable():
                    log.exception("the source of live data failed, %d in a row", self._failures)
            async with self._news:
                self._news.notify_all()
            due = max(due + TICK_S, loop.time())
            await asyncio.sleep(due - loop.time())

    def _is_notable(self) -> bool:
        """Count a failure of the source; true for the first, second, fourth … in a row."""
        self._failures += 1
        return self._failures & (self._failures - 1) == 0

    def _ask(self, source: Source) -> Picture:
        with self._one_at_a_time:  # a call outlives its cancelled task
            return source.picture(self._context.now().timestamp())


def demo_source(context: Context) -> Callable[[], Source] | None:
    """The demo's generator, for a demo backend only."""
    if not context.settings.demo:
        return None

    def make() -> Source:
        from backend.demo.traffic import DemoTraffic

        return DemoTraffic(partial(open_cases, context), context.settings.demo_vehicles)

    return make


def open_cases(context: Context) -> Sequence[Incident]:
    """Every open case, whoever may see it: only what it does to the traffic is told."""
    query = select(rows.c.body).where(rows.c.kind == "incident", rows.c.is_open)
    with context.database.read() as connection:
        bodies = connection.scalars(query.order_by(rows.c.id).limit(_MOST_CASES)).all()
    return [decode("incident", body) for body in bodies]
