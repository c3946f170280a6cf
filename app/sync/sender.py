"""Sending one item of the outbox as its author, and what became of it."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
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
from app.domain.outbox import OutboxItem, backoff_s
from app.sync.lane import Lane
from app.sync.tokens import Tokens

if TYPE_CHECKING:
    from app.cache.outbox import Outbox

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What became of items, with the entities that the server answered for their author."""

    items: Sequence[OutboxItem]
    rows: Sequence[tuple[Row, Change]] = ()
    author_id: str = ""

    @property
    def changes(self) -> list[Change]:
        return [change for _, change in self.rows]


class Sender:
    """`tell(news)` shows what became of items: one call per command, so that an accepted one
    and its result appear together. `absent`: authors who must sign in again first."""

    def __init__(
        self,
        api: Api,
        tokens: Tokens,
        outbox: "Outbox",
        clock: Clock,
        blob: Callable[[str], Path],
        tell: Callable[[News], None],
    ) -> None:
        self.absent: set[str] = set()
        self._api = api
        self._tokens = tokens
        self._outbox = outbox
        self._clock = clock
        self._blob = blob
        self._tell = tell
        self._stopped = threading.Event()

    def stop(self) -> None:
        """A file on its way is given up; it goes again, under the same key, with the next start."""
        self._stopped.set()

    def send(self, item: OutboxItem, lane: Lane) -> None:
        """Blocks until the server has answered or the line was silent for too long."""
        try:
            author = item.command.author_id
            answer = self._tokens.asked(author, lambda token: self._ask(token, item))
        except ConflictError as error:
            self._clashed(item, error)
        except (DeniedError, InvalidError) as error:
            code, params = _refusal(error)
            event = "EXPIRE" if code == "EXPIRED" else "REFUSED"
            self.move(item.id, event, last_error=code, error_params=params)
        except SignedOutError as error:
            self.absent.add(item.command.author_id)
            log.info("an author must sign in again: %s", error.code)
            self.move(item.id, "LOST", last_error="AUTHOR_SIGNED_OUT", attempts=item.attempts - 1)
        except ApiError as error:
            self._lost(item, error, lane)
        else:
            lane.line_answered()
            self._accepted(item, answer)

    def move(self, key: str, event: str, **values: Any) -> OutboxItem | None:
        """Let an event happen to an item and show it; None if it does not fit its state."""
        item = self._outbox.move(key, event, **values)
        if item is not None:
            self._tell(News(items=[item]))
        return item

    def _ask(self, token: str, item: OutboxItem) -> Accepted:
        """Raises ApiError."""
        command = item.command
        sha256, media_type = command.file
        if sha256 and (path := self._blob(sha256)).exists():
            self._api.put_file(token, sha256, path, media_type, self._stopped.is_set)
        return self._api.send(token, command)

    def _lost(self, item: OutboxItem, error: ApiError, lane: Lane) -> None:
        next_at = self._clock.now() + timedelta(seconds=backoff_s(item.attempts))
        self.move(item.id, "LOST", last_error=error.code, next_at=next_at)
        if isinstance(error, OfflineError):
            lane.line_silent()

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
