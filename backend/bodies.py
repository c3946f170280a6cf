"""What comes in and goes out as JSON, with the limits that are checked on the way in."""

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from app.domain.case import Refusal
from app.domain.command import Command

Id = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+$")]
Name = Annotated[str, Meta(max_length=200)]
Version = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Time = Annotated[datetime, Meta(tz=True)]


class SignInBody(Struct, frozen=True, kw_only=True):
    username: Annotated[str, Meta(min_length=1, max_length=200)]
    password: Annotated[str, Meta(min_length=1, max_length=1000)]
    seat: Name


class RefreshBody(Struct, frozen=True, kw_only=True):
    refresh_token: Annotated[str, Meta(min_length=1, max_length=200)]


class CommandBody(Struct, frozen=True, kw_only=True):
    key: Id
    kind: Annotated[str, Meta(min_length=1, max_length=16)]
    entity_id: Id
    event: Annotated[str, Meta(min_length=1, max_length=64)]
    fields: dict[str, Any]
    base_version: Version
    issued_at: Time
    author_id: Id
    seat: Name
    expires_at: Time | None = None
    depends_on: Id | None = None

    def command(self) -> Command:
        return Command(**{name: getattr(self, name) for name in self.__struct_fields__})


class StoredEntity(Struct, frozen=True, kw_only=True):
    kind: str
    entity: dict[str, Any]


class CommandAnswer(Struct, frozen=True, kw_only=True):
    key: str
    rev: int
    entities: list[StoredEntity]


class ChangeRow(Struct, frozen=True, kw_only=True):
    rev: int
    op: str
    kind: str
    id: str
    entity: dict[str, Any] | None


class ChangesPage(Struct, frozen=True, kw_only=True):
    epoch: str
    head: int
    next: int
    more: bool
    changes: list[ChangeRow]


class ProblemBody(Struct, frozen=True, kw_only=True):
    """Some codes add fields: LOCKED `until`, CONFLICT `kind` and `entity`, EPOCH `epoch`,
    API `min` and `max`, a refused command `refusals`."""

    code: str
    message_zh: str
    message_en: str
    refusals: list[Refusal] = []


class PresenceBody(Struct, frozen=True, kw_only=True):
    incident_ids: Annotated[list[Id], Meta(max_length=50)]


class UserPatch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    areas: Annotated[list[Id], Meta(max_length=200)] | None = None
    role: Annotated[str, Meta(max_length=32)] | None = None
    active: bool | None = None


class Health(Struct, frozen=True, kw_only=True):
    status: str
    version: str
    api_min: int
    api_max: int
    database: str
    head: int
    demo: bool
    server_time: datetime
