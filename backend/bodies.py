"""What comes in and goes out as JSON, with the limits that are checked on the way in."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from msgspec import Meta, Struct

from app.domain.case import Refusal
from app.domain.command import Command
from app.domain.ptz import STILL, Move, PresetAct, PresetCommand
from backend.problems import Problem

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


class Quality(StrEnum):
    SUB = "sub"
    MAIN = "main"


class StreamBody(Struct, frozen=True, kw_only=True):
    quality: Quality = Quality.SUB


Speed = Annotated[float, Meta(ge=-1, le=1)]
PresetNumber = Annotated[int, Meta(ge=1, le=255)]


class MoveBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Velocities of -1 to 1: right, up and closer are positive."""

    pan: Speed = 0.0
    tilt: Speed = 0.0
    zoom: Speed = 0.0


class PtzBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`issued_at` and exactly one of the others."""

    issued_at: Time
    move: MoveBody | None = None
    stop: bool | None = None
    preset: PresetNumber | None = None
    set_preset: PresetNumber | None = None
    remove_preset: PresetNumber | None = None

    def command(self) -> Move | PresetCommand:
        """Raises Problem BAD_REQUEST."""
        presets = (
            (PresetAct.CALL, self.preset),
            (PresetAct.SET, self.set_preset),
            (PresetAct.DELETE, self.remove_preset),
        )
        said: list[Move | PresetCommand] = [
            PresetCommand(act, number) for act, number in presets if number is not None
        ]
        if self.move is not None:
            said.append(Move(self.move.pan, self.move.tilt, self.move.zoom))
        if self.stop:
            said.append(STILL)
        if len(said) != 1:
            raise Problem("BAD_REQUEST", detail="one of move, stop and the presets")
        return said[0]


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
