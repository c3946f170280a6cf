"""A seat and a backend in one process: every step is a call, every fault is asked for.

No thread, no socket, no clock of the machine: the real outbox, pusher, reader, writer, cache
and store stand over the real services of the backend, and the transport between is scripted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from app.api import codec
from app.api.errors import EpochError, OfflineError, SignedOutError, error_of
from app.cache.first_read import SCHEMA, first_read
from app.cache.outbox import Outbox
from app.clock import Clock
from app.commands import Commands
from app.domain.changes import PUT, Change
from app.domain.command import Command
from app.domain.outbox import OutboxItem
from app.domain.people import User
from app.domain.rules import Rules, load_rules
from app.store import Store
from app.sync.link import LinkTracker
from app.sync.pusher import Pusher
from app.sync.reader import Reader
from app.sync.sender import News, Sender
from app.sync.sync import known
from app.sync.writer import Batch, Writer
from backend.adapters.unit import Unit
from backend.context import Context, open_context
from backend.problems import Problem
from backend.services import changes, commands
from backend.services.users import add_users
from backend.settings import Settings

START = datetime(2026, 7, 15, 18, 10, tzinfo=UTC)
"""02:10 at Shanghai."""


class SetClock(Clock):
    """Goes only when told."""

    def __init__(self, now: datetime = START) -> None:
        super().__init__()
        self.time = now

    def now(self) -> datetime:
        return self.time

    def set_server_time(self, server: datetime) -> None:
        self.time = server

    def advance(self, **parts: float) -> None:
        self.time += timedelta(**parts)


class KilledError(BaseException):
    """The process ends here, as after kill -9: nothing may catch it."""


def new_context(folder: Path, users: Sequence[User], now: Callable[[], datetime]) -> Context:
    """A backend on SQLite with these users, without timers."""
    context = open_context(Settings(data_dir=folder, timers=False), now)
    add_users(context, [(user, "x") for user in users])
    return context


@dataclass
class Wire:
    """What happens to the next requests. `before`: cut before the server got it; `after`: the
    server did it, the answer is lost; `kill`: the seat dies instead of reading the answer."""

    fault: str = ""
    pages_left: int | None = None

    def take(self) -> str:
        fault, self.fault = self.fault, ""
        return fault


@dataclass
class DirectApi:
    """The calls of app.api.client.Api straight on the services; a token is the user's id."""

    context: Context
    wire: Wire
    page_rows: int = 500
    base_url: str | None = "direct"
    files: set[str] = field(default_factory=set)

    def health(self) -> codec.Health:
        return codec.Health(server_time=self.context.now())

    def page(self, token: str, after: int, epoch: str, limit: int = 500) -> codec.Page:
        if self.wire.pages_left is not None:
            if self.wire.pages_left == 0:
                raise OfflineError("LOST")
            self.wire.pages_left -= 1
        reader = changes.Reader(self.context, token, epoch or None)
        body = self._asked(lambda: reader.page(after, min(limit, self.page_rows)).body)
        return codec.read(codec.Page, body)

    def send(self, token: str, command: Command) -> codec.Accepted:
        fault = self.wire.take()
        if fault == "before":
            raise OfflineError("UNREACHABLE")
        sent = msgspec.json.decode(codec.encode(command), type=Command)
        body = self._asked(lambda: commands.execute(self.context, sent, self._user(token)))
        if fault == "after":
            raise OfflineError("LOST")
        if fault == "kill":
            raise KilledError
        return codec.read(codec.Accepted, body)

    def _user(self, token: str) -> User:
        with self.context.database.read() as connection:
            user: User | None = Unit(connection).get("user", token)
        if user is None or not user.active:
            raise SignedOutError("NOT_SIGNED_IN")
        return user

    @staticmethod
    def _asked(work: Callable[[], bytes]) -> bytes:
        try:
            return work()
        except Problem as problem:
            raise error_of(problem.status, msgspec.json.encode(problem.body())) from None


class DirectTokens:
    """Everybody is always signed in, but those who are `absent`."""

    def __init__(self) -> None:
        self.absent: set[str] = set()

    def asked[T](self, user_id: str, request: Callable[[str], T]) -> T:
        if user_id in self.absent:
            raise SignedOutError("AUTHOR_SIGNED_OUT")
        return request(user_id)


class _AtOnce:
    """An executor without a thread."""

    def submit(self, work: Callable[..., Any], *args: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(work(*args))
        return done


class DirectSeat:
    """One user at one seat. `restart` is kill -9 and a new start from what is on disk."""

    def __init__(
        self,
        folder: Path,
        context: Context,
        user: User,
        clock: SetClock,
        rules: Rules | None = None,
    ) -> None:
        self.folder = folder
        self.user = user
        self.clock = clock
        self.rules = rules or load_rules()
        self.wire = Wire()
        self.api: Any = DirectApi(context, self.wire)
        self.tokens: Any = DirectTokens()
        self.troubles: list[str] = []
        self.refused: list[OutboxItem] = []
        self._start()

    def _start(self) -> None:
        self.store = Store(self.rules, self.clock)
        self.store.apply([_put("user", self.user)])
        cache = self.folder / "cache.sqlite3"
        with suppress(sqlite3.DatabaseError):  # the writer finds out by itself
            for bodies in first_read(cache, SCHEMA):
                self.store.apply(known(bodies))
        self.writer = Writer(cache, (), self.store.apply, self.troubles.append, self._rewind)
        self.outbox = Outbox(self.folder / "outbox.sqlite3", self.clock.now())
        self.store.apply(items=self.outbox.items())
        link = LinkTracker(self.clock, lambda link: None)
        self.reader = Reader(self.api, self.tokens, self.user.id, self.writer, link, lambda: None)
        sender = Sender(
            self.api, self.tokens, self.outbox, self.clock, self.folder.joinpath, self._hear
        )
        self.pusher = Pusher(sender, self.outbox, self.clock)
        self.commands = Commands(
            self.store, self.clock, self.rules, "A-03", lambda: self.user, self._show
        )
        self.commands.shutdown()
        self.commands._thread = _AtOnce()  # type: ignore[assignment]  # stands in for the thread
        self.commands.refused.connect(self.refused.append)
        self.commands.start(lambda: self.outbox, lambda: None)

    def restart(self) -> None:
        self.close()
        self._start()

    def close(self) -> None:
        self.writer.cache.close()
        self.outbox.close()

    def push(self, fault: str = "") -> float:
        """Send one command that may go; the link is taken to be there again."""
        self.wire.fault = fault
        self.pusher.link_returned()
        try:
            return self.pusher.step()
        except KilledError:
            self.restart()
            return 0.0
        finally:
            self.wire.fault = ""

    def push_all(self) -> None:
        while self.push() == 0.0:
            pass

    def read(self, pages: int | None = None) -> None:
        """Read up to the head of the log, or until the link breaks after so many pages."""
        self.wire.pages_left = pages
        try:
            self.reader.catch_up()
        except (OfflineError, EpochError):
            pass
        finally:
            self.wire.pages_left = None
            self.writer.drain()

    def items(self, *states: str) -> list[OutboxItem]:
        return [item for item in self.outbox.items() if item.state in states]

    def _show(
        self,
        changes: Sequence[Change] = (),
        items: Sequence[OutboxItem] = (),
        then: Callable[[], None] | None = None,
    ) -> None:
        self.store.apply(changes, items)
        if then is not None:
            then()

    def _hear(self, news: News) -> None:
        self.store.apply(news.changes, news.items)
        if news.rows:
            self.writer.take(Batch(rows=news.rows, era=self.writer.era))
        self.commands.tell(news.items)

    def _rewind(self, *place: Any) -> None:
        self.reader.rewind(*place)


def _put(kind: str, entity: Any) -> Change:
    return Change(rev=0, op=PUT, kind=kind, id=entity.id, entity=entity)
