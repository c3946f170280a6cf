"""Wakes the readers of the change stream as soon as something was committed."""

import asyncio
import contextlib
import logging
from collections.abc import Callable

from backend.adapters.unit import CHANNEL

log = logging.getLogger(__name__)
POLL_S = 1.0


class Hub:
    """Knows the newest revision. `committed` may be called from any thread.

    In-process commits wake at once, those of other processes through LISTEN (PostgreSQL)
    or the one-second poll that stands behind both.
    """

    def __init__(self, read_head: Callable[[], int], listen_url: str = "") -> None:
        self._read_head = read_head
        self._listen_url = listen_url
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: set[asyncio.Future[None]] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self.head = 0
        self.closing = False

    async def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._wake(await asyncio.to_thread(self._read_head))
        self._tasks = [asyncio.create_task(self._poll())]
        if self._listen_url:
            self._tasks.append(asyncio.create_task(self._listen()))

    async def stop(self) -> None:
        self.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._loop = None

    def close(self) -> None:
        """Let every waiting reader go: the process ends."""
        self.closing = True
        self._release()

    def committed(self, head: int) -> None:
        loop = self._loop
        if loop is None or not head:
            return
        with contextlib.suppress(RuntimeError):  # the loop has just closed
            loop.call_soon_threadsafe(self._wake, head)

    async def beyond(self, rev: int, timeout_s: float) -> bool:
        """Wait until there is something after `rev`. False when time ran out."""
        if self.head > rev or self.closing:
            return not self.closing
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            async with asyncio.timeout(timeout_s):
                await waiter
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(waiter)
        return self.head > rev and not self.closing

    def _wake(self, head: int) -> None:
        if head > self.head:
            self.head = head
            self._release()

    def _release(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(POLL_S)
            try:
                self._wake(await asyncio.to_thread(self._read_head))
            except Exception:
                log.exception("cannot read the newest revision")

    async def _listen(self) -> None:
        import psycopg

        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(
                    self._listen_url, autocommit=True
                )
                async with connection:
                    await connection.execute(f"LISTEN {CHANNEL}".encode())
                    # what was committed before it listened
                    self._wake(await asyncio.to_thread(self._read_head))
                    async for notice in connection.notifies():
                        self._wake(int(notice.payload))
            except psycopg.Error as error:
                log.warning("lost the wake-up channel, the poll goes on: %s", type(error).__name__)
                await asyncio.sleep(POLL_S)
