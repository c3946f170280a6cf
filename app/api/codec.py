"""JSON of the wire to the domain's dataclasses and back (msgspec).

Fields that this client does not know are ignored here and survive in the raw body that the
cache keeps; codes that it does not know survive because coded fields are plain texts.
"""

import logging
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from datetime import datetime
from functools import cache
from sys import intern
from typing import Any

import msgspec

from app.domain.changes import DROP, PUT, Change
from app.domain.kinds import KINDS
from app.domain.people import User

log = logging.getLogger(__name__)

dropped: Counter[str] = Counter()
"""Messages that could not be read, by kind; the diagnostics show them."""


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of a login. Both tokens are secrets."""

    access_token: str
    access_expires_at: datetime
    refresh_token: str
    refresh_expires_at: datetime
    user: User
    epoch: str
    server_time: datetime
    demo: bool = False


class Health(msgspec.Struct, frozen=True, kw_only=True):
    version: str = ""
    api_min: int = 1
    api_max: int = 1
    head: int = 0
    demo: bool = False
    server_time: datetime | None = None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One change with the entity's raw body."""

    rev: int
    op: str
    kind: str
    id: str
    entity: msgspec.Raw = msgspec.Raw(b"null")

    @property
    def body(self) -> bytes | None:
        raw = bytes(self.entity)
        return None if raw == b"null" else raw


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Rows are kept raw, so that one bad row costs only itself."""

    epoch: str
    head: int
    next: int
    more: bool = False
    changes: list[msgspec.Raw] = []


class Heartbeat(msgspec.Struct, frozen=True):
    server_time: datetime
    head: int = 0


class Put(msgspec.Struct, frozen=True):
    kind: str
    entity: msgspec.Raw


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of a command: the entities that it changed."""

    key: str
    rev: int = 0
    entities: list[Put] = []


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    incident_id: str
    user_id: str
    name: str = ""
    seat: str = ""
    until: datetime


class Others(msgspec.Struct, frozen=True):
    others: list[Seen] = []


class Unmasked(msgspec.Struct, frozen=True):
    caller: str | None = None
    caller_number: str | None = None


class StreamAddress(msgspec.Struct, frozen=True, kw_only=True):
    """Where a camera's stream can be had. `url` may hold a secret: never log or show it.

    `device_id` and `channel` are 20 digits; a `device_id` other than the camera's code, or the
    code of another camera in `channel`, is not the camera that was asked for.
    """

    url: str
    expires_at: datetime | None = None
    device_id: str
    channel: str = ""
    quality: str
    demo: bool = False

    def __repr__(self) -> str:
        return f"StreamAddress({self.device_id} {self.quality})"


class PtzAddress(msgspec.Struct, frozen=True, kw_only=True):
    """Where the head of an ONVIF camera is spoken to. Never log, keep or show it."""

    url: str
    username: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return "PtzAddress(…)"


class BadMessageError(ValueError):
    """A message that is not what the contract says."""


_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


@cache
def _decoder(message: Hashable) -> "msgspec.json.Decoder[Any]":
    return msgspec.json.Decoder(KINDS[message] if isinstance(message, str) else message)


def read[T](message: type[T], body: bytes) -> T:
    """Decode a whole answer. Raises BadMessageError."""
    try:
        found: T = _decoder(message).decode(body)  # type: ignore[arg-type]  # classes are hashable
    except _UNREADABLE as error:
        raise BadMessageError(str(error)) from error
    return found


def read_entity(kind: str, body: bytes | str) -> Any:
    """Decode one entity. Raises BadMessageError."""
    try:
        return _decoder(kind).decode(body)
    except _UNREADABLE as error:
        raise BadMessageError(str(error)) from error


def read_rows(raws: Sequence[msgspec.Raw], source: str) -> Iterator[tuple[Row, Change | None]]:
    """Decode rows one by one; a bad one is counted, logged with its source and left out.

    A row of a kind that this client does not know comes without a Change: it is kept on
    disk for a newer client and shown nowhere.
    """
    for raw in raws:
        try:
            row = _decoder(Row).decode(raw)
            yield row, _change(row)
        except (*_UNREADABLE, BadMessageError) as error:
            drop("row", source, error)


def _change(row: Row) -> Change | None:
    if row.kind not in KINDS:
        return None
    if row.op == DROP:
        return Change(rev=row.rev, op=DROP, kind=row.kind, id=row.id)
    body = row.body
    if row.op != PUT or body is None:
        raise BadMessageError(f"neither put nor drop: {row.op}")
    entity = read_entity(row.kind, body)
    # one text for all: a hundred thousand of them wait for the screen, the store keeps the ids
    entity_id = entity.id if entity.id == row.id else row.id
    return Change(rev=row.rev, op=PUT, kind=intern(row.kind), id=entity_id, entity=entity)


def drop(what: str, source: str, error: Exception) -> None:
    dropped[what] += 1
    log.warning("dropped message from %s: %s: %s", source, what, error)


def encode(value: object) -> bytes:
    return msgspec.json.encode(value)
