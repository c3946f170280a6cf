"""A desk without a database: cases played by the domain's own decisions."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from app.domain.case import Outcome
from app.domain.command import Command
from app.domain.decide import decide
from app.domain.incident import Incident
from app.domain.kinds import KIND_OF
from app.domain.people import User
from app.domain.roles import Role
from app.domain.rules import load_rules

RULES = load_rules()
KNOWN_AT = datetime(2026, 7, 14, 22, 12, tzinfo=UTC)
"""06:12 at Shanghai, the call of story S1."""

POINT: dict[str, Any] = {"text": "G25 K1102+300 下行", "lon": 117.4, "lat": 39.1793}


def user(role: str, name: str = "", **rights: Any) -> User:
    name = name or role.lower()
    rights = {"org_id": "TOCC", "all_orgs": True, **rights}
    return User(id=name, username=name, name=name, role=role, **rights)


USERS = {role.value: user(role) for role in Role}


@dataclass
class Desk:
    """`now` is the clock of the decisions; `act` stores what a command makes."""

    now: datetime = KNOWN_AT
    rows: dict[tuple[str, str], Any] = field(default_factory=dict)
    acts: int = 0

    def __post_init__(self) -> None:
        for one in USERS.values():
            self.put(one)

    def put(self, entity: Any) -> None:
        self.rows[KIND_OF[type(entity)], entity.id] = entity

    def get(self, kind: str, entity_id: str) -> Any | None:
        return self.rows.get((kind, entity_id))

    def of_incident(self, kind: str, incident_id: str) -> Sequence[Any]:
        return [
            entity
            for (row_kind, _), entity in self.rows.items()
            if row_kind == kind and entity.incident_id == incident_id
        ]

    def try_(
        self, actor: User, event: str, entity_id: str = "i1", kind: str = "incident", **said: Any
    ) -> Outcome:
        self.acts += 1
        command = Command(
            key=f"key-{self.acts}",
            kind=kind,
            entity_id=entity_id,
            event=event,
            fields=said,
            base_version=0,
            issued_at=self.now,
            author_id=actor.id,
            seat="席位1",
        )
        return decide(command, self, actor, RULES, self.now)

    def act(
        self, actor: User, event: str, entity_id: str = "i1", kind: str = "incident", **said: Any
    ) -> list[Any]:
        """Do it and return what it made. Fails the test when it is refused."""
        outcome = self.try_(actor, event, entity_id, kind, **said)
        assert not outcome.refusals, outcome.refusals
        for entity in outcome.entities:
            self.put(replace(entity, version=entity.version + 1))
        return list(outcome.entities)

    def codes(
        self, actor: User, event: str, entity_id: str = "i1", kind: str = "incident", **said: Any
    ) -> list[str]:
        """The refusals' codes."""
        return [r.code for r in self.try_(actor, event, entity_id, kind, **said).refusals]

    def incident(self, incident_id: str = "i1") -> Incident:
        found = self.get("incident", incident_id)
        assert isinstance(found, Incident)
        return found


def case_in(state: str, **facts: Any) -> Incident:
    """A case as it would stand in a state, confirmed facts included."""
    from app.domain.incident import IncidentDetail, Place

    known: dict[str, Any] = {
        "id": "i1",
        "version": 1,
        "number": "INC-20260715-0001",
        "state": state,
        "type": "HAZ",
        "title": "罐车侧翻",
        "place": Place(**POINT),
        "source": "12122",
        "owner_id": "dispatcher",
        "org_id": "TOCC",
        "known_at": KNOWN_AT,
        "occurred_at": KNOWN_AT,
        "state_since": KNOWN_AT,
        "updated_at": KNOWN_AT,
        "severity": None if state in ("NEW", "VERIFYING", "CONFIRMED") else "IV",
        "closed_at": KNOWN_AT if state == "CLOSED" else None,
        "detail": IncidentDetail(text="罐车侧翻", created_by="dispatcher", created_at=KNOWN_AT),
    }
    return Incident(**{**known, **facts})
