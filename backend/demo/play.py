"""Plays commands at past times through the domain's own decisions.

So the timeline, the duties and the alarms of a demo case are those that the same acts on
a real desk would have left.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from app.domain.clocks import ringing
from app.domain.command import Command
from app.domain.decide import decide
from app.domain.describe import local_time
from app.domain.incident import Incident
from app.domain.kinds import KIND_OF, OF_INCIDENT
from app.domain.obligation import Obligation
from app.domain.people import User
from app.domain.rules import Rules
from backend.demo.ids import demo_id

SEAT = "演示席位"
HEARING = timedelta(minutes=1)


class PlayError(ValueError):
    """A scripted act that the domain refuses: the script is wrong."""


@dataclass(slots=True)
class Desk:
    """The cases played so far. It answers the domain's look-ups and numbers versions."""

    rules: Rules
    users: Mapping[str, User]
    _rows: dict[tuple[str, str], Any] = field(default_factory=dict)
    _of: dict[tuple[str, str], dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    _numbers: Counter[str] = field(default_factory=Counter)
    _acts: int = 0

    def __post_init__(self) -> None:
        self._rows.update({("user", user.id): user for user in self.users.values()})

    def get(self, kind: str, entity_id: str) -> Any | None:
        return self._rows.get((kind, entity_id))

    def of_incident(self, kind: str, incident_id: str) -> Sequence[Any]:
        return tuple(self._of[kind, incident_id].values())

    def act(
        self,
        who: str,
        at: datetime,
        event: str,
        entity_id: str,
        kind: str = "incident",
        **said: Any,
    ) -> None:
        """Let a user do something at a time (UTC); raises PlayError when it is refused."""
        user = self.users[who]
        self._acts += 1
        command = Command(
            key=demo_id("command", str(self._acts)),
            kind=kind,
            entity_id=entity_id,
            event=event,
            fields=said,
            base_version=0,
            issued_at=at,
            author_id=user.id,
            seat=SEAT,
        )
        outcome = decide(command, self, user, self.rules, at)
        if outcome.refusals:
            raise PlayError(f"{who} {event}: {outcome.refusals}")
        for entity in outcome.entities:
            self.put(entity)

    def put(self, entity: Any) -> None:
        """Store an entity as its next version."""
        kind = KIND_OF[type(entity)]
        known = self._rows.get((kind, entity.id))
        entity = replace(entity, version=known.version + 1 if known else 1)
        self._rows[kind, entity.id] = entity
        if kind in OF_INCIDENT:
            self._of[kind, entity.incident_id][entity.id] = entity

    def share(self, incident_id: str, codes: Sequence[str]) -> None:
        """Let other organisations see a case from its report on."""
        incident: Incident = self._rows["incident", incident_id]
        orgs = tuple(demo_id("org", code) for code in codes)
        self._rows["incident", incident_id] = replace(incident, shared_with=orgs)

    def number(self, incident_id: str) -> None:
        """Give a case the next number of its day."""
        incident: Incident = self._rows["incident", incident_id]
        day = local_time(incident.known_at, "%Y%m%d")
        self._numbers[day] += 1
        number = f"INC-{day}-{self._numbers[day]:04d}"
        self._rows["incident", incident_id] = replace(incident, number=number)

    def ring(self, incident_id: str, at: datetime, by: str, patience: timedelta) -> None:
        """Raise the alarms that ring at a time; those older than patience `by` has heard."""
        incident: Incident = self._rows["incident", incident_id]
        duties, entries = self.duties(incident_id), self.of_incident("entry", incident_id)
        for alarm in ringing(incident, duties, entries, self.rules, at):
            if ("alarm", alarm.id) in self._rows:
                continue
            if alarm.raised_at + patience <= at:
                heard_at = min(at, alarm.raised_at + HEARING)
                alarm = replace(alarm, acknowledged_by=self.users[by].id, acknowledged_at=heard_at)
            self.put(alarm)

    def duties(self, incident_id: str) -> tuple[Obligation, ...]:
        return tuple(self._of["obligation", incident_id].values())

    def entities(self) -> Iterator[Any]:
        """Everything that was played, cases first."""
        rows = (row for (kind, _), row in self._rows.items() if kind != "user")
        return iter(sorted(rows, key=lambda row: not isinstance(row, Incident)))
