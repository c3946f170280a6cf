"""A command being decided: what the deciding functions look at, and what they answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import NAMESPACE_URL, uuid5

from app.domain.command import Command
from app.domain.incident import Incident
from app.domain.machine import Transition
from app.domain.people import User
from app.domain.rules import Rules


class Lookup(Protocol):
    """What a decision may look at."""

    def get(self, kind: str, entity_id: str) -> Any | None: ...

    def of_incident(self, kind: str, incident_id: str) -> Sequence[Any]: ...


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not: a code of the refusal list, with what fills its sentence."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that the deciding functions look at, gathered once per command."""

    command: Command
    row: Transition
    entity: Any
    incident: Incident | None
    values: Mapping[str, Any]
    lookup: Lookup
    actor: User
    rules: Rules
    now: datetime

    @property
    def at(self) -> datetime:
        """When the author did it; a seat's clock that runs ahead does not make the future."""
        return min(self.command.issued_at, self.now)

    @property
    def signature(self) -> dict[str, Any]:
        """What a row of the timeline says of its author: who, when, from which seat."""
        return {
            "at": self.at,
            "author_id": self.actor.id,
            "author_name": self.actor.name,
            "seat": self.command.seat,
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """Either refusals, or every entity that the command makes or changes.

    Versions are those before the command: only a server counts them up.
    """

    entities: tuple[Any, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def derived_id(*parts: str) -> str:
    """The same id on client and server for what one command makes."""
    return str(uuid5(NAMESPACE_URL, "tocc:" + ":".join(parts)))


def known_value(entity: Any, name: str) -> Any:
    """The value that a case already has under a field's name, None if it has none."""
    for holder in (entity, getattr(entity, "detail", None)):
        value = getattr(holder, name, None)
        if value not in (None, "", ()):
            return value
    return None
