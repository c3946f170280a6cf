"""What rings at the seat: the server's alarms and the clocks that the seat itself counts."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from app.clock import Clock
from app.domain.alarm import Alarm
from app.domain.changes import PUT, Change, Changes
from app.domain.clocks import next_ring, ringing
from app.domain.incident import Incident
from app.domain.rules import Rules
from app.store import Store

TICK_MS = 1000
MOST_CASES, PAUSE_MS = 100, 30
"""After a large load the cases are looked at in portions, so that the screen goes on."""
FRESH = timedelta(minutes=10)
"""An alarm that rang longer ago (seat was off) is listed, but makes no sound."""


class AlarmDesk(QObject):
    """Watches the open cases' clocks each second; its alarms are entities in the store.

    An alarm that only this seat has counted has version 0 until the server says the same.

    Signals: rang(Alarm): wants a person now, not sent while muted (preference "mute").
    """

    rang = Signal(object)

    def __init__(self, store: Store, rules: Rules, clock: Clock, muted: Callable[[], bool]) -> None:
        super().__init__()
        self._store = store
        self._rules = rules
        self._clock = clock
        self._muted = muted
        self._due: dict[str, datetime] = {}
        self._rung: set[tuple[str, int]] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._connect()

    def _connect(self) -> None:
        self._store.changed.connect(self._on_store_changed)
        self._timer.timeout.connect(self._on_tick)

    def start(self) -> None:
        self._timer.start()

    def shutdown(self) -> None:
        self._timer.stop()
        self._store.changed.disconnect(self._on_store_changed)

    def _on_store_changed(self, changes: Changes) -> None:
        """Look anew at the cases whose clocks may have changed; ring what is new."""
        now = self._clock.now()
        cases = changes.of("incident")
        for incident_id in cases.removed:
            self._due.pop(incident_id, None)
        for incident_id in cases.added | cases.updated:
            self._look_at(incident_id, now)
        for kind in ("obligation", "entry"):
            for entity_id in changes.of(kind).touched:
                entity = self._store.get(kind, entity_id)
                if entity is not None:
                    self._look_at(entity.incident_id, now)
        for alarm_id in changes.of("alarm").added | changes.of("alarm").updated:
            self._ring(self._store.get("alarm", alarm_id), now)

    def _look_at(self, incident_id: str, now: datetime) -> None:
        incident = self._store.get("incident", incident_id)
        if isinstance(incident, Incident) and incident.is_open:
            self._due[incident_id] = now  # its clocks are read with the next tick
        else:
            self._due.pop(incident_id, None)

    def _on_tick(self) -> None:
        now = self._clock.now()
        late = [incident_id for incident_id, due in self._due.items() if due <= now]
        if len(late) > MOST_CASES:
            del late[MOST_CASES:]
            QTimer.singleShot(PAUSE_MS, self._on_tick)
        found = [alarm for incident_id in late for alarm in self._count(incident_id, now)]
        new = [alarm for alarm in found if self._store.server("alarm", alarm.id) is None]
        if new:
            self._store.apply(
                Change(rev=0, op=PUT, kind="alarm", id=alarm.id, entity=alarm) for alarm in new
            )

    def _count(self, incident_id: str, now: datetime) -> list[Alarm]:
        """The alarms of a case that ring now; remembers when the next one may."""
        incident = self._store.get("incident", incident_id)
        if not isinstance(incident, Incident):
            self._due.pop(incident_id, None)
            return []
        duties = self._store.of_incident("obligation", incident_id)
        entries = self._store.of_incident("entry", incident_id)
        due = next_ring(incident, duties, entries, self._rules, now)
        if due is not None:
            self._due[incident_id] = due
        else:
            self._due.pop(incident_id, None)
        return list(ringing(incident, duties, entries, self._rules, now))

    def _ring(self, alarm: Alarm | None, now: datetime) -> None:
        """Once per alarm and repeat; one that the server repeats after the seat is the same."""
        if alarm is None or alarm.acknowledged_by is not None:
            return
        key = (alarm.id, alarm.count)
        if key in self._rung:
            return
        self._rung.add(key)
        rule = self._rules.alarm(alarm.rule)
        audible = rule is None or rule.sound
        if audible and now - alarm.last_at < FRESH and not self._muted():
            self.rang.emit(alarm)
