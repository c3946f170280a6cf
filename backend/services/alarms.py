"""The timers of the handbook: once a second they raise alarms. They never change a state."""

import asyncio
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import batched

from sqlalchemy import Connection, exists, select

from app.domain.alarm import Alarm, merge
from app.domain.clocks import next_ring, ringing
from app.domain.command import Command
from app.domain.entry import Entry
from app.domain.incident import Incident
from app.domain.obligation import Obligation
from app.domain.people import SYSTEM
from backend.adapters.codec import decode
from backend.adapters.database import read_head
from backend.adapters.tables import entity as rows
from backend.adapters.unit import Unit
from backend.context import Context
from backend.services import auditing
from backend.services.sight import case_rows

log = logging.getLogger(__name__)
PERIOD_S = 1.0
_BATCH = 500
_CLOCKED = ("incident", "obligation", "entry")


@dataclass(slots=True)
class Watched:
    """One case with all that its clocks look at."""

    incident: Incident | None = None
    obligations: list[Obligation] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    alarms: list[Alarm] = field(default_factory=list)

    def news(self, context: Context, now: datetime) -> list[Alarm]:
        return merge(self.alarms, self.rung(context, now))

    def rung(self, context: Context, now: datetime) -> list[Alarm]:
        if self.incident is None:
            return []
        rules = context.rules
        return list(ringing(self.incident, self.obligations, self.entries, rules, now))

    def rings_next(self, context: Context, now: datetime) -> datetime | None:
        if self.incident is None:
            return None
        return next_ring(self.incident, self.obligations, self.entries, context.rules, now)


class Timers:
    """Follows the change log and knows for each open case when it rings next."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._rev = -1
        self._next: dict[str, datetime] = {}

    async def run(self) -> None:
        while True:
            try:
                await asyncio.to_thread(self.tick)
            except Exception:
                log.exception("the timers could not look at the cases")
            await asyncio.sleep(PERIOD_S)

    def tick(self) -> None:
        """Read what changed, then raise what rings."""
        now = self._context.now()
        self._follow(now)
        for incident_id in [case for case, at in self._next.items() if at <= now]:
            self._expect(incident_id, raise_alarms(self._context, incident_id, now))

    def _follow(self, now: datetime) -> None:
        with self._context.database.read() as connection:
            head = read_head(connection)
            if head == self._rev:
                return
            unit = Unit(connection)
            for ids in batched(_open_cases(connection, self._rev), _BATCH):
                for incident_id, case in watched(unit, ids).items():
                    news = case.news(self._context, now)
                    self._expect(incident_id, now if news else case.rings_next(self._context, now))
        self._rev = head

    def _expect(self, incident_id: str, at: datetime | None) -> None:
        if at is None:
            self._next.pop(incident_id, None)
        else:
            self._next[incident_id] = at


def _open_cases(connection: Connection, after: int) -> list[str]:
    """Open cases that changed after a revision; one that ended rings no more when it is due."""
    if after < 0:
        every = select(rows.c.id).where(rows.c.kind == "incident", rows.c.is_open)
        return list(connection.scalars(every))
    is_open = exists().where(
        case_rows.c.kind == "incident", case_rows.c.id == rows.c.incident_id, case_rows.c.is_open
    )
    # the kind is looked at here, so that the index of revisions is the one that is used
    changed = connection.execute(
        select(rows.c.kind, rows.c.incident_id).where(rows.c.rev > after, is_open)
    )
    return list({incident_id for kind, incident_id in changed if kind in _CLOCKED})


def watched(unit: Unit, incident_ids: Iterable[str]) -> dict[str, Watched]:
    query = select(rows.c.kind, rows.c.incident_id, rows.c.body).where(
        rows.c.incident_id.in_(list(incident_ids)),
        rows.c.kind.in_((*_CLOCKED, "alarm")),
    )
    cases: dict[str, Watched] = {}
    for kind, incident_id, body in unit.connection.execute(query):
        case = cases.setdefault(incident_id, Watched())
        match decode(kind, body):
            case Incident() as incident:
                case.incident = incident
            case Obligation() as duty:
                case.obligations.append(duty)
            case Entry() as entry:
                case.entries.append(entry)
            case Alarm() as alarm:
                case.alarms.append(alarm)
    return cases


def raise_alarms(context: Context, incident_id: str, now: datetime) -> datetime | None:
    """Store what rings at one case; returns when it rings next."""

    def work(unit: Unit) -> datetime | None:
        unit.lock_cases([incident_id])
        case = watched(unit, [incident_id]).get(incident_id, Watched())
        _put(unit, case.news(context, now), now)
        return case.rings_next(context, now)

    return context.change(work)


def _put(unit: Unit, alarms: Iterable[Alarm], now: datetime) -> None:
    for alarm in alarms:
        new = alarm.version == 0
        unit.put(alarm)
        if new:
            auditing.record(
                unit,
                at=now,
                user_id=SYSTEM.id,
                event="RAISE",
                kind="alarm",
                entity_id=alarm.id,
                reason=alarm.rule,
            )


def raised_for(context: Context, unit: Unit, command: Command, now: datetime) -> Command:
    """Raise the alarm that a seat heard before the server did, so that it can be acknowledged.

    When the server merged it into an earlier alarm of its rule, that one is meant.
    """
    if command.kind != "alarm" or unit.get("alarm", command.entity_id) is not None:
        return command
    for incident_id in _candidates(unit, command):
        case = watched(unit, [incident_id]).get(incident_id, Watched())
        rung = case.rung(context, now)
        heard = next((alarm for alarm in rung if alarm.id == command.entity_id), None)
        if heard is not None:
            unit.lock_cases([incident_id])
            fresh = watched(unit, [incident_id])[incident_id]
            _put(unit, fresh.news(context, now), now)
            return replace(command, entity_id=_home_of(unit, heard))
    return command


def _candidates(unit: Unit, command: Command) -> Iterator[str]:
    named = command.fields.get("incident_id")
    if isinstance(named, str):
        yield named
        return
    query = select(rows.c.id).where(rows.c.kind == "incident", rows.c.is_open)
    yield from unit.connection.scalars(query).all()


def _home_of(unit: Unit, heard: Alarm) -> str:
    if unit.get("alarm", heard.id) is not None:
        return heard.id
    known = [a for a in unit.of_incident("alarm", heard.incident_id) if a.rule == heard.rule]
    return max(known, key=lambda alarm: alarm.last_at).id if known else heard.id
