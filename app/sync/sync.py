"""The seat's two-way traffic: one user's facts in, everybody's acts out."""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING

from app.api.client import Api
from app.api.codec import BadMessageError, drop, read_entity
from app.api.errors import ApiError
from app.cache.first_read import FIRST, REST, SCHEMA, case_read, first_read
from app.cache.loading import load_databases
from app.cache.position import Position
from app.clock import Clock
from app.domain.changes import PUT, Change
from app.domain.kinds import KINDS
from app.domain.outbox import OutboxItem
from app.sync.link import LinkTracker
from app.sync.pusher import Pusher
from app.sync.sender import News, Sender
from app.sync.slim import slim
from app.sync.tokens import Tokens

if TYPE_CHECKING:
    from app.cache.entities import Cache
    from app.cache.outbox import Outbox
    from app.sync.reader import Reader
    from app.sync.writer import Writer

log = logging.getLogger(__name__)

REACH_S = 1.0
"""So long the ended cases of the cache make way for the link to a server that is there."""

type Show = Callable[[Sequence[Change], Sequence[OutboxItem]], None]


class Sync:
    """Qt-free; its calls block and belong into worker threads.

    `kept`: ids of the cases that somebody has open, which must stay whole.
    `show(changes, items)`, `tell(changes, items)` (what became of items) and `trouble(code)`
    are called from threads of its own. Modules
    that need SQLAlchemy are imported when they are first used, after the first picture.
    """

    def __init__(
        self,
        api: Api,
        tokens: Tokens,
        clock: Clock,
        link: LinkTracker,
        blob: Callable[[str], Path],
        show: Show,
        tell: Show,
        trouble: Callable[[str], None],
    ) -> None:
        self.api = api
        self.tokens = tokens
        self.link = link
        self.user_id: str | None = None
        self.kept: set[str] = set()
        self._cache_path: Path | None = None
        self._clock = clock
        self._blob = blob
        self._show = show
        self._tell = tell
        self._trouble = trouble
        self._pusher: Pusher | None = None
        self._outbox: Outbox | None = None
        self._writer: Writer | None = None
        self._reader: Reader | None = None
        self._lock = threading.Lock()
        self._reached = threading.Event()

    # acts

    def open_outbox(self, path: Path) -> "Outbox":
        """Open the seat's outbox, show what is in it and begin to send. Raises DiskError."""
        load_databases()
        from app.cache.outbox import Outbox

        outbox = Outbox(path, self._clock.now())
        if outbox.set_aside is not None:
            self._trouble("OUTBOX_DAMAGED")
        self._show((), outbox.items())
        self._outbox = outbox
        sender = Sender(self.api, self.tokens, outbox, self._clock, self._blob, self._hear)
        self._pusher = Pusher(sender, outbox, self._clock)
        self._pusher.start()
        return outbox

    def show_outbox(self) -> None:
        """Show all items again, after the store was cleared for another user."""
        if self._outbox is not None:
            self._show((), self._outbox.items())

    def wake_pusher(self) -> None:
        if self._pusher is not None:
            self._pusher.wake()

    def waits_for(self, user_id: str) -> bool:
        """True if commands of this author are still to be sent."""
        pending = self._outbox.pending() if self._outbox else ()
        return any(item.command.author_id == user_id for item in pending)

    def _hear(self, news: News) -> None:
        """Entities that another author's command changed are not this user's to see."""
        mine = news.author_id == self.user_id
        self._tell(news.changes if mine else (), news.items)
        with self._lock:
            if mine and news.rows and self._writer is not None:
                from app.sync.writer import Batch

                self._writer.take(Batch(rows=news.rows, era=self._writer.era))

    # facts

    def show_cached(self, path: Path) -> None:
        """Show what the first picture needs of the user's cache; `follow` shows the rest."""
        for changes in _cached(path, FIRST):
            self._show(changes, ())

    def _show_rest(self, path: Path) -> None:
        """Ended cases, by the hundred thousand: before any news of them, after the link is up."""
        self._reached.wait(REACH_S)
        for changes in _cached(path, REST):
            if self._cache_path != path:
                return
            self._show(changes, ())

    def read_case(self, incident_id: str) -> list[Change]:
        """A case with its timeline as the cache has it. Raises sqlite3.DatabaseError."""
        path = self._cache_path
        return known(case_read(path, incident_id)) if path is not None else []

    def follow(self, user_id: str, path: Path) -> None:
        """Read the server's log as this user into this cache, until `unfollow`."""
        load_databases()
        from app.sync.reader import Reader
        from app.sync.writer import Writer

        self.user_id, self._cache_path = user_id, path
        writer = Writer(
            path, self.kept, lambda changes: self._show(changes, ()), self._trouble, self._rewind
        )
        reader = Reader(self.api, self.tokens, user_id, writer, self.link, self._on_live)
        with self._lock:
            self._writer, self._reader = writer, reader
        self._reached.clear()
        reader.start()
        writer.start(partial(self._show_rest, path))
        if self._pusher is not None:
            self._pusher.author_returned(user_id)

    def unfollow(self) -> None:
        """Stop reading; what was read is kept. Blocks until the threads have ended."""
        with self._lock:
            reader, writer = self._reader, self._writer
            self._reader = self._writer = None
        self.user_id = self._cache_path = None
        self._reached.set()
        if reader is not None:
            reader.close()
        if writer is not None:
            writer.close()
        self.link.signed_out()

    @property
    def cache(self) -> "Cache | None":
        """The user's cache for reading, None while nobody is signed in."""
        writer = self._writer
        return writer.cache if writer is not None else None

    def backend_returned(self) -> None:
        """The backend may be there again: try at once."""
        reader = self._reader
        if reader is not None:
            reader.wake()
        self._on_live()

    def _on_live(self) -> None:
        self._reached.set()
        if self._pusher is not None:
            self._pusher.link_returned()

    def _rewind(self, position: Position, era: int) -> None:
        reader = self._reader
        if reader is not None:
            reader.rewind(position, era)

    def asked[T](self, request: Callable[[str], T]) -> T:
        """Make a request as the present user. Raises ApiError."""
        if self.user_id is None:
            raise ApiError("NOT_SIGNED_IN")
        return self.tokens.asked(self.user_id, request)

    def close(self) -> None:
        """Stop all threads; what waits stays on disk."""
        self.unfollow()
        if self._pusher is not None:
            self._pusher.close()
        if self._outbox is not None:
            self._outbox.close()
        self.api.close()


def _cached(path: Path, queries: Sequence[str]) -> Iterator[list[Change]]:
    """What these queries find, small enough to be kept; nothing from a damaged file."""
    try:
        for bodies in first_read(path, SCHEMA, queries):
            changes = known(bodies)
            slim(changes)
            yield changes
    except sqlite3.DatabaseError as error:
        log.warning("the cache cannot be read: %s", error)


def known(bodies: Iterable[tuple[str, bytes]]) -> list[Change]:
    """What this client can show of the cached bodies; the others stay where they are."""
    changes = []
    for kind, body in bodies:
        if kind not in KINDS:
            continue
        try:
            entity = read_entity(kind, body)
        except BadMessageError as error:
            drop(kind, "cache", error)
            continue
        changes.append(Change(rev=0, op=PUT, kind=intern(kind), id=entity.id, entity=entity))
    return changes
