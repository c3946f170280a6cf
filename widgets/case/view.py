"""What the case page shows, read from the store in one piece."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.domain.entry import Entry
from app.domain.incident import MAIN_PATH, Incident, IncidentState
from app.domain.obligation import Obligation, ObligationState
from app.domain.outbox import ENDED, OutboxItem, OutboxState
from app.store import Store
from widgets.shared.people import user_name


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """`entries` the newest first, `duties` the open ones first by their end, `items` what of
    this case still is on its way, clashed or was refused."""

    incident: Incident
    entries: tuple[Entry, ...] = ()
    duties: tuple[Obligation, ...] = ()
    items: tuple[OutboxItem, ...] = ()

    @property
    def waiting(self) -> int:
        return sum(item.state not in (*ENDED, OutboxState.CONFLICT) for item in self.items)

    @property
    def clashed(self) -> int:
        return sum(item.state == OutboxState.CONFLICT for item in self.items)

    @property
    def refused(self) -> int:
        return sum(item.state == OutboxState.FAILED for item in self.items)


def case_view(store: Store, incident_id: str) -> CaseView | None:
    """The case as it stands now, None if the seat does not have it."""
    incident = store.get("incident", incident_id)
    if not isinstance(incident, Incident):
        return None
    entries = store.of_incident("entry", incident_id)
    return CaseView(
        incident=incident,
        entries=tuple(sorted(entries, key=_entry_order, reverse=True)),
        duties=tuple(sorted(store.of_incident("obligation", incident_id), key=_duty_order)),
        items=tuple(_items(store, incident_id)),
    )


def name_of(store: Store, user_id: str | None) -> str:
    """A user's name; an unknown one by the id, nobody as a dash."""
    return user_name(store, user_id) or user_id or "—"


def _entry_order(entry: Entry) -> tuple[datetime, int, str]:
    """By time; what happened within one moment by how far it brought the case."""
    reached = (
        MAIN_PATH.index(IncidentState(entry.to_state))
        if entry.to_state in MAIN_PATH
        else len(MAIN_PATH)
    )
    return entry.at, reached, entry.id


def _duty_order(duty: Obligation) -> tuple[bool, str, str]:
    return duty.state != ObligationState.OPEN, duty.due_at.isoformat(), duty.id


def _items(store: Store, incident_id: str) -> Iterator[OutboxItem]:
    for item in store.all("outbox").values():
        shown = item.state == OutboxState.FAILED or item.state not in ENDED
        if shown and case_of(store, item) == incident_id:
            yield item


def case_of(store: Store, item: OutboxItem) -> str:
    """The case that a command is about, directly or through its entry or duty."""
    command = item.command
    if command.kind == "incident":
        return command.entity_id
    named = command.fields.get("incident_id")
    if isinstance(named, str):
        return named
    entity = store.get(command.kind, command.entity_id)
    return str(getattr(entity, "incident_id", ""))
