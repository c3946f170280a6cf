"""Sending the outbox: one command at a time, in order per entity, each as its author."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Raw

from app.api.client import Api
from app.api.codec import Accepted, BadMessageError, Put, Row, drop, encode, read_entity
from app.api.errors import (
    ApiError,
    ConflictError,
    DeniedError,
    InvalidError,
    OfflineError,
    SignedOutError,
)
from app.clock import Clock
from app.domain.changes import PUT, Change
from app.domain.kinds import KINDS
from app.domain.outbox import OutboxItem, OutboxState, backoff_s
from app.sync.tokens import Tokens

if TYPE_CHECKING:
    from app.cache.outbox import Outbox

log = logging.getLogger(__name__)

IDLE_S = 60.0
TROUBLE_S = 10.0
"""Pause after an error of our own or of the disk: the thread never ends by one."""
LONGEST_QUIET_S = 5.0
SENDABLE = (OutboxState.QUEUED, OutboxState.RETRY_WAIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What became of items, with the entities that the server answered for their author."""

    items: Sequence[OutboxItem]
    rows: Sequence[tuple[Row, Change]] = ()
    author_id: str = ""

    @property
    def changes(self) -> list[Change]:
        return [change for _, change in self.rows]


class Pusher:
    """A thread of its own calls `run`; tests call `step`. `tell(news)` shows what became of
    the items: one call per command, so that an accepted one and its result appear together."""

    def __init__(
        self,
        api: Api,
        tokens: Tokens,
        outbox: "Outbox",
        clock: Clock,
        blob: Callable[[str], Path],
        tell: Callable[[News], None],
    ) -> None:
        self._api = api
        self._tokens = tokens
        self._outbox = outbox
        self._clock = clock
        self._blob = blob
        self._tell = tell
        self._wake = threading.Event()
        self._stop = False
        self._absent: set[str] = set()
        self._eager = False
        self._silent = 0
        self._quiet_until = 0.0
        self._ends: dict[str, float] = {}
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self.run, name="tocc-pusher")
        self._thread.start()

    def close(self) -> None:
        """The command on its way is let finish; its answer is kept."""
        self._stop = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def wake(self) -> None:
        """There is something new to send."""
        self._wake.set()

    def link_returned(self) -> None:
        """Do not wait for the next try: the server is there again."""
        self._eager = True
        self._wake.set()

    def author_returned(self, user_id: str) -> None:
        self._absent.discard(user_id)
        self._eager = True
        self._wake.set()

    def run(self) -> None:
        while not self._stop:
            try:
                wait_s = self.step()
            except Exception:
                log.exception("sending failed; it goes on in a moment")
                wait_s = TROUBLE_S
            if wait_s > 0 and not self._stop:
                self._wake.wait(wait_s)
                self._wake.clear()

    def step(self) -> float:
        """Expire what is too late and send one command that may go.

        Returns the seconds until there may be more to do, 0 for at once.
        """
        now = self._clock.now()
        self._drop_orphans()
        self._expire(now)
        pending = self._outbox.pending()
        eager, self._eager = self._eager, False
        quiet_s = 0.0 if eager else self._quiet_until - time.monotonic()
        ready = [item for item in self._in_turn(pending) if eager or _is_due(item, now)]
        if ready and quiet_s <= 0:
            self._push(min(ready, key=_is_large))
            self._eager = self._eager or (eager and len(ready) > 1 and not self._silent)
            return 0.0
        times = [t for item in pending for t in (item.next_at, item.command.expires_at) if t]
        waits = [(t - now).total_seconds() for t in times if t > now]
        return max(0.01, min([*waits, quiet_s if ready else IDLE_S]))

    def _in_turn(self, pending: Iterable[OutboxItem]) -> Iterator[OutboxItem]:
        """Items that nothing stands before: the first of each entity, with what it needs done."""
        taken: set[tuple[str, str]] = set()
        for item in pending:
            command = item.command
            key = (command.kind, command.entity_id)
            first = key not in taken
            taken.add(key)
            free = first and item.state in SENDABLE and command.author_id not in self._absent
            if free and self._is_met(command.depends_on):
                yield item

    def _is_met(self, key: str | None) -> bool:
        needed = self._outbox.get(key) if key else None
        return needed is None or needed.state == OutboxState.ACKED

    def _drop_orphans(self) -> None:
        """What needs an act that will never be done is taken back with it."""
        for item in self._outbox.pending():
            needed = self._outbox.get(item.command.depends_on or "")
            if needed and needed.state in (OutboxState.CANCELLED, OutboxState.EXPIRED):
                self._moved(item.id, "CANCEL", cancel_reason="DEPENDENCY")

    def _expire(self, now: datetime) -> None:
        for item in self._outbox.pending():
            if self._is_late(item, now):
                self._moved(item.id, "EXPIRE")

    def _is_late(self, item: OutboxItem, now: datetime) -> bool:
        """By the corrected clock, or because its time has passed on ours since it was made."""
        command = item.command
        if command.expires_at is None:
            return False
        lasts = (command.expires_at - command.issued_at).total_seconds()
        end = self._ends.setdefault(item.id, time.monotonic() + lasts)
        return command.expires_at <= now or end <= time.monotonic()

    def _push(self, item: OutboxItem) -> None:
        sending = self._moved(item.id, "SEND", attempts=item.attempts + 1, next_at=None)
        if sending is None:
            return
        try:
            author = sending.command.author_id
            answer = self._tokens.asked(author, lambda token: self._send(token, sending))
        except ConflictError as error:
            self._clashed(sending, error)
        except (DeniedError, InvalidError) as error:
            code, params = _refusal(error)
            event = "EXPIRE" if code == "EXPIRED" else "REFUSED"
            self._moved(item.id, event, last_error=code, error_params=params)
        except SignedOutError as error:
            self._absent.add(sending.command.author_id)
            log.info("an author must sign in again: %s", error.code)
            self._moved(item.id, "LOST", last_error="AUTHOR_SIGNED_OUT", attempts=item.attempts)
        except ApiError as error:
            self._lost(sending, error)
        else:
            self._silent = 0
            self._accepted(sending, answer)

    def _send(self, token: str, item: OutboxItem) -> Accepted:
        """Raises ApiError."""
        command = item.command
        attachment = command.fields.get("attachment")
        if command.event == "ADD_ATTACHMENT" and isinstance(attachment, dict):
            path = self._blob(attachment["sha256"])
            if path.exists():
                media_type = attachment.get("media_type") or "application/octet-stream"
                self._api.put_file(token, attachment["sha256"], path, media_type)
        return self._api.send(token, command)

    def _lost(self, item: OutboxItem, error: ApiError) -> None:
        next_at = self._clock.now() + timedelta(seconds=backoff_s(item.attempts))
        self._moved(item.id, "LOST", last_error=error.code, next_at=next_at)
        if isinstance(error, OfflineError):  # nothing else would arrive now, either
            self._silent += 1
            self._quiet_until = time.monotonic() + min(backoff_s(self._silent), LONGEST_QUIET_S)

    def _clashed(self, item: OutboxItem, error: ConflictError) -> None:
        kind = item.command.kind
        rows = list(_rows([Put(kind, Raw(encode(error.more.get("entity"))))], 0))
        theirs = rows[0][1].entity if rows else None
        moved = self._outbox.move(item.id, "CLASHED", theirs=theirs, last_error=error.code)
        if moved is not None:
            self._tell(News(items=[moved], rows=rows, author_id=item.command.author_id))

    def _accepted(self, item: OutboxItem, answer: Accepted) -> None:
        rows = list(_rows(answer.entities, answer.rev))
        versions = {(c.kind, c.id): c.entity.version for _, c in rows}
        items = self._outbox.accept(item.id, versions)
        self._tell(News(items=items, rows=rows, author_id=item.command.author_id))

    def _moved(self, key: str, event: str, **values: Any) -> OutboxItem | None:
        item = self._outbox.move(key, event, **values)
        if item is not None:
            self._tell(News(items=[item]))
        return item


def _is_large(item: OutboxItem) -> bool:
    """A photo may take minutes on a slow line: words that may go go first."""
    return item.command.event == "ADD_ATTACHMENT"


def _is_due(item: OutboxItem, now: datetime) -> bool:
    return item.next_at is None or item.next_at <= now


def _refusal(error: ApiError) -> tuple[str, tuple[tuple[str, Any], ...]]:
    """The first refusal of the server, with what fills its sentence."""
    refusals = error.more.get("refusals") or []
    if isinstance(refusals, list) and refusals and isinstance(refusals[0], dict):
        first = refusals[0]
        return str(first.get("code", error.code)), tuple((first.get("params") or {}).items())
    return error.code, ()


def _rows(puts: Iterable[Put], rev: int) -> Iterator[tuple[Row, Change]]:
    """The answered entities as rows of the change log; kinds of a newer server are left out."""
    for put in puts:
        if put.kind not in KINDS:
            continue
        try:
            entity = read_entity(put.kind, bytes(put.entity))
        except BadMessageError as error:
            drop("answer", "/v1/commands", error)
            continue
        row = Row(rev=rev, op=PUT, kind=put.kind, id=entity.id, entity=put.entity)
        yield row, Change(rev=rev, op=PUT, kind=put.kind, id=entity.id, entity=entity)
