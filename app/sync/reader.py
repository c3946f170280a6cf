"""Following the server's change log: pages up to its head, then the stream."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from app.api.client import API, Api, Stream
from app.api.codec import Heartbeat, Page
from app.api.errors import (
    ApiError,
    EpochError,
    IncompatibleError,
    SignedOutError,
)
from app.cache.position import Position
from app.sync.link import LinkTracker
from app.sync.tokens import Tokens
from app.sync.writer import Batch, Writer

log = logging.getLogger(__name__)

WAITS_S = (0.5, 1.0, 2.0, 5.0)
"""Before the next try to reach the server; the last one repeats."""


class Reader:
    """One user's reading. A thread of its own calls `run`; tests call `catch_up`."""

    def __init__(
        self,
        api: Api,
        tokens: Tokens,
        user_id: str,
        writer: Writer,
        link: LinkTracker,
        on_live: Callable[[], None],
    ) -> None:
        self._api = api
        self._tokens = tokens
        self._user_id = user_id
        self._writer = writer
        self._link = link
        self._on_live = on_live
        self._position, self._era = writer.position, writer.era
        self._lock = threading.Lock()
        self._rewound: tuple[Position, int] | None = None
        self._stream: Stream | None = None
        self._stop = False
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self.run, name="tocc-reader")
        self._thread.start()

    def close(self) -> None:
        self._stop = True
        self._interrupt()
        if self._thread is not None:
            self._thread.join()

    def wake(self) -> None:
        """Something changed for the better (backend up, signed in again): try at once."""
        self._wake.set()

    def rewind(self, position: Position, era: int) -> None:
        """The cache lost what came after `position`: read it again."""
        with self._lock:
            self._rewound = (position, era)
        self._interrupt()

    def _interrupt(self) -> None:
        with self._lock:
            stream = self._stream
        if stream is not None:
            stream.close()
        self._wake.set()

    def run(self) -> None:
        """Follow until closed, whatever the network does."""
        tries = 0
        while not self._stop:
            try:
                self._greet()
                self.catch_up()
                tries = 0
                if self._follow():
                    continue
            except EpochError:
                continue  # the next page says so again and starts anew
            except SignedOutError as error:
                self._link.signed_out(error.code)
            except IncompatibleError as error:
                self._link.incompatible(str(error.more.get("min", "")))
            except ApiError as error:
                log.info("link lost: %s", error)
                self._link.lost(error.code)
            except Exception:
                log.exception("reading failed; it goes on in a moment")
                self._link.lost("INTERNAL")
            if not self._stop:
                self._wake.wait(WAITS_S[min(tries, len(WAITS_S) - 1)])
                self._wake.clear()
            tries += 1

    def _greet(self) -> None:
        """Who is there, and what time is it? Raises ApiError."""
        self._link.connecting()
        health = self._api.health()
        if not health.api_min <= int(API) <= health.api_max:
            raise IncompatibleError("API", more={"min": health.version})
        self._link.greeted(health.version, health.server_time)

    def catch_up(self) -> None:
        """Read pages up to the head of the log. Raises ApiError."""
        while not self._stop:
            self._take_rewind()
            try:
                page = self._page()
            except EpochError:
                self._restart()
                continue
            self._store(page)
            if not page.more:
                break
        self._sweep()

    def _page(self) -> Page:
        position = self._position
        return self._tokens.asked(
            self._user_id, lambda token: self._api.page(token, position.rev, position.epoch)
        )

    def _store(self, page: Page) -> None:
        self._position = replace(self._position, epoch=page.epoch, rev=page.next)
        self._writer.take(Batch(raw=page.changes, position=self._position, era=self._era))
        self._link.reached(page.next, page.head)

    def _restart(self) -> None:
        """Another log, or other rights: everything anew, what is not seen again goes."""
        old = self._position
        self._position = Position(generation=old.generation + 1, swept=max(old.swept, 1))
        self._writer.take(Batch(position=self._position, era=self._era, restart=True))

    def _sweep(self) -> None:
        if self._position.swept != self._position.generation:
            self._position = replace(self._position, swept=self._position.generation)
            self._writer.take(Batch(position=self._position, era=self._era, sweep=True))

    def _take_rewind(self) -> None:
        with self._lock:
            rewound, self._rewound = self._rewound, None
        if rewound is not None:
            self._position, self._era = rewound

    def _follow(self) -> bool:
        """Read the stream until it ends; True if it is worth asking again at once.

        It ends when the user's rights change and when the server stops. Raises ApiError.
        """
        position, began = self._position, time.monotonic()
        stream = self._tokens.asked(
            self._user_id, lambda token: self._api.stream(token, position.rev, position.epoch)
        )
        with self._lock:
            self._stream = stream
        try:
            self._link.live()
            self._on_live()
            for message in stream:
                if self._stop or self._rewound is not None:
                    break
                self._hear(message)
        finally:
            with self._lock:
                self._stream = None
            stream.close()
        return time.monotonic() - began > WAITS_S[0]

    def _hear(self, message: Page | Heartbeat) -> None:
        if isinstance(message, Page):
            self._store(message)
        else:
            self._link.word(message.head, message.server_time)
