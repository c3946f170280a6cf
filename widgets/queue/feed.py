"""Carries changes of the store to the queue's model, a slice at a time."""

from collections.abc import Iterable
from itertools import islice
from time import perf_counter
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.alarm import Alarm
from app.domain.changes import Changes
from app.domain.clocks import Clock, clocks
from app.domain.entry import Entry
from app.domain.incident import Incident
from app.domain.obligation import Obligation
from app.domain.rules import Rules
from app.store import Store
from widgets.queue.model import QueueModel

SLICE_S: Final = 0.008
FEW, MANY = 100, 1000
"""Rows fed at a time: one by one on the screen, or in bulk when thousands wait."""


class QueueFeed(QObject):
    """Collects what changed while the panel is hidden; feeds it while the panel is shown.

    A long backlog (the first load) is fed in slices of a few milliseconds, open cases first.
    `alarmed` are the cases with an alarm that nobody has acknowledged.

    Signals: feeding(): a slice begins; fed(): it has ended.
    """

    feeding = Signal()
    fed = Signal()

    def __init__(self, store: Store, rules: Rules, model: QueueModel, parent: QObject) -> None:
        super().__init__(parent)
        self._store, self._rules, self._model = store, rules, model
        self.alarmed: set[str] = set()
        self._backlog: dict[str, None] = {}
        self._duty_case: dict[str, str] = {}
        self._alarm_case: dict[str, str] = {}
        self._active = False
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._on_next)
        self._begin()
        store.changed.connect(self._on_changed)

    @property
    def waiting(self) -> int:
        """Cases that are still to be fed."""
        return len(self._backlog)

    def set_active(self, active: bool) -> None:
        self._active = active
        if active and self._backlog:
            self._on_next()

    def _begin(self) -> None:
        incidents = self._store.all("incident")
        opened = [id_ for id_, incident in incidents.items() if incident.is_open]
        self._backlog = dict.fromkeys(opened)
        self._backlog.update(dict.fromkeys(incidents))
        self._note_duties(self._store.all("obligation"))
        self._note_alarms(self._store.all("alarm"))

    def _on_changed(self, changes: Changes) -> None:
        touched = dict.fromkeys(changes.of("incident").touched)
        touched.update(dict.fromkeys(self._note_duties(changes.of("obligation").touched)))
        touched.update(dict.fromkeys(self._spoken_of(changes.of("entry").touched)))
        self._backlog.update(touched)
        rung = self._note_alarms(changes.of("alarm").touched)
        if changes.of("user").touched:
            self._model.touch()
        elif rung - touched.keys():
            self._model.touch(rung - touched.keys())
        if self._active and (touched or rung):
            self._on_next()

    def _note_duties(self, ids: Iterable[str]) -> set[str]:
        """The cases that these duties to report belong to, also when a duty is gone."""
        for duty_id in ids:
            duty: object = self._store.get("obligation", duty_id)
            if isinstance(duty, Obligation):
                self._duty_case[duty_id] = duty.incident_id
        return {self._duty_case[duty_id] for duty_id in ids if duty_id in self._duty_case}

    def _spoken_of(self, entry_ids: Iterable[str]) -> set[str]:
        """The cases that these rows of a timeline belong to."""
        entries = (self._store.get("entry", entry_id) for entry_id in entry_ids)
        return {entry.incident_id for entry in entries if isinstance(entry, Entry)}

    def _note_alarms(self, ids: Iterable[str]) -> set[str]:
        touched = set()
        for alarm_id in ids:
            alarm: object = self._store.get("alarm", alarm_id)
            if isinstance(alarm, Alarm) and alarm.acknowledged_by is None:
                self._alarm_case[alarm_id] = alarm.incident_id
                touched.add(alarm.incident_id)
            elif alarm_id in self._alarm_case:
                touched.add(self._alarm_case.pop(alarm_id))
        if touched:
            self.alarmed = set(self._alarm_case.values())
        return touched

    def _on_next(self) -> None:
        """Feed until the slice is used up, then let the event loop breathe."""
        ends = perf_counter() + SLICE_S
        self.feeding.emit()
        while self._backlog and self._active:
            self._feed_some()
            if perf_counter() > ends:
                break
        if self._backlog and self._active:
            self._next.start()
        elif not self._backlog:
            self._backlog = {}  # a dict that was long keeps its memory
        self.fed.emit()

    def _feed_some(self) -> None:
        ids = list(islice(self._backlog, MANY if len(self._backlog) > MANY else FEW))
        puts: list[tuple[Incident, Clock | None]] = []
        drops: list[str] = []
        for incident_id in ids:
            del self._backlog[incident_id]
            incident = self._store.get("incident", incident_id)
            if isinstance(incident, Incident):
                puts.append((incident, self._clock(incident)))
            else:
                drops.append(incident_id)
        self._model.apply(puts, drops)

    def _clock(self, incident: Incident) -> Clock | None:
        if not incident.is_open:
            return None
        duties = self._store.of_incident("obligation", incident.id)
        entries = self._store.of_incident("entry", incident.id)
        return next(iter(clocks(incident, duties, entries, self._rules)), None)
