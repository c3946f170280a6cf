"""Conditions beyond state, role and fields, one function per event (handbook 5.1, 5.5)."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from app.domain import camera_events
from app.domain.case import Case, Refusal, known_value
from app.domain.entry import EntryKind
from app.domain.incident import ENDED_STATES, SEVERITY_RANK, Casualties, Incident, Place, Severity
from app.domain.machine import CLASSIFIERS, SERIOUS_CLOSERS
from app.domain.obligation import ObligationState
from app.domain.people import User
from app.domain.roles import Role, covers, may_read

Guard = Callable[[Case], Iterator[Refusal]]


def after_fields(case: Case) -> tuple[Refusal, ...]:
    """Checks that any event shares once its fields are read."""
    if case.values.get("incident_id") and case.incident is None:
        return (Refusal("NO_SUCH_INCIDENT"),)
    place = case.values.get("place")
    if isinstance(place, Place) and not covers(case.actor.areas, place):
        return (Refusal("NOT_YOUR_AREA"),)
    owner_id = case.values.get("owner_id")
    if owner_id and not _may_own(case, owner_id):
        return (Refusal("NO_SUCH_USER"),)
    return ()


def _may_own(case: Case, user_id: str) -> bool:
    user = case.lookup.get("user", user_id)
    return isinstance(user, User) and user.active


def _report(case: Case) -> Iterator[Refusal]:
    values = case.values
    if not (values["type"] or values["text"] or values["title"]):
        yield Refusal("MISSING_FIELD", {"field": "type"})
    place = values["place"]
    if not values["text"] and not (place and (place.text or place.resolved)):
        yield Refusal("MISSING_FIELD", {"field": "place"})


def _confirm(case: Case) -> Iterator[Refusal]:
    if not case.values["place"].resolved:
        yield Refusal("PLACE_UNRESOLVED")


def _reject(case: Case) -> Iterator[Refusal]:
    if case.entity.source != "DETECTOR":
        return
    entries = case.lookup.of_incident("entry", case.entity.id)
    if not any(entry.type == EntryKind.ATTACHMENT for entry in entries):
        yield Refusal("NO_CLIP")


def _merge(case: Case) -> Iterator[Refusal]:
    target = case.lookup.get("incident", case.values["target_id"])
    if case.values["target_id"] == case.entity.id:
        yield Refusal("TARGET_IS_SELF")
    elif not isinstance(target, Incident) or not may_read(case.actor, target):
        yield Refusal("NO_SUCH_TARGET")
    elif target.state in ENDED_STATES:
        yield Refusal("TARGET_ENDED")


def _classify(case: Case) -> Iterator[Refusal]:
    if case.entity.severity is not None:
        yield Refusal("ALREADY_CLASSIFIED")
    yield from _may_classify(case, case.values["severity"])


def _reclassify(case: Case) -> Iterator[Refusal]:
    old, new = case.entity.severity, case.values["severity"]
    if old is None:
        yield Refusal("NOT_CLASSIFIED")
    elif old == new:
        yield Refusal("NO_CHANGE")
    else:
        yield from _may_classify(case, min(old, new, key=lambda s: SEVERITY_RANK.get(s, 9)))


def _may_classify(case: Case, severity: str) -> Iterator[Refusal]:
    roles = CLASSIFIERS[severity]
    if case.actor.role not in roles:
        yield Refusal("NOT_YOUR_ROLE", {"roles": sorted(roles)})


def _already_classified(case: Case) -> Iterator[Refusal]:
    if case.entity.severity is not None:
        yield Refusal("ALREADY_CLASSIFIED")


def _not_classified(case: Case) -> Iterator[Refusal]:
    if case.entity.severity is None:
        yield Refusal("NOT_CLASSIFIED")


def _close(case: Case) -> Iterator[Refusal]:
    serious = SEVERITY_RANK.get(case.entity.severity, 4) <= SEVERITY_RANK[Severity.III]
    if serious and case.actor.role not in SERIOUS_CLOSERS:
        yield Refusal("NOT_YOUR_ROLE", {"roles": sorted(SERIOUS_CLOSERS)})
    duties = case.lookup.of_incident("obligation", case.entity.id)
    due = [duty for duty in duties if duty.state == ObligationState.OPEN]
    if due:
        yield Refusal("REPORT_DUE", {"count": len(due)})


def _reopen(case: Case) -> Iterator[Refusal]:
    closed_at, hours = case.entity.closed_at, case.rules.reopen_hours
    if closed_at is not None and case.now - closed_at > timedelta(hours=hours):
        yield Refusal("TOO_LATE_TO_REOPEN", {"hours": hours})


def _assign(case: Case) -> Iterator[Refusal]:
    old, new = case.entity.owner_id, case.values["owner_id"]
    if old == new:
        yield Refusal("SAME_OWNER")
    handing_over = old == case.actor.id
    if case.actor.role == Role.DISPATCHER and new != case.actor.id and not handing_over:
        yield Refusal("TO_SELF_ONLY")
    if old not in (None, case.actor.id) and not case.values["reason"]:
        yield Refusal("REASON_FOR_TAKEOVER")


def _amend(case: Case) -> Iterator[Refusal]:
    yield from _not_owner(case)
    facts = case.values["facts"]
    if all(_same(known_value(case.entity, name), value) for name, value in facts.items()):
        yield Refusal("NO_CHANGE")
    for name in ("type", "occurred_at"):
        if name in facts and facts[name] is None:
            yield Refusal("MISSING_FIELD", {"field": name})
    if "place" in facts:
        yield from _new_place(case, facts["place"])


def _same(known: object, value: object) -> bool:
    return known == value or (value is None and known in (Casualties(), Place()))


def _new_place(case: Case, place: Place | None) -> Iterator[Refusal]:
    """A confirmed case keeps a place that can be found."""
    if place is None or not place.resolved:
        yield Refusal("PLACE_UNRESOLVED")
    elif not covers(case.actor.areas, place):
        yield Refusal("NOT_YOUR_AREA")


def _not_owner(case: Case) -> Iterator[Refusal]:
    if case.actor.role != Role.SHIFT_CHIEF and case.entity.owner_id != case.actor.id:
        yield Refusal("NOT_THE_OWNER")


def _another_call(case: Case) -> Iterator[Refusal]:
    incident = case.incident
    if incident is not None and not incident.is_open:
        yield Refusal("WRONG_STATE", {"event": case.command.event, "state": incident.state})


def _send(case: Case) -> Iterator[Refusal]:
    yield from _not_a_sender(case)
    if case.values["sent_at"] > case.entity.due_at and not case.values["late_reason"]:
        yield Refusal("LATE_NEEDS_REASON")


def _not_a_sender(case: Case) -> Iterator[Refusal]:
    rule = case.rules.obligation(case.entity.rule_id)
    if rule and case.actor.role not in rule.senders:
        yield Refusal("NOT_YOUR_ROLE", {"roles": sorted(rule.senders)})


GUARDS: dict[str, Guard] = {
    "REPORT": _report,
    "CONFIRM": _confirm,
    "REJECT": _reject,
    "MERGE_INTO": _merge,
    "CLASSIFY": _classify,
    "START_RESPONSE": _not_classified,
    "RECLASSIFY": _reclassify,
    "CLOSE": _close,
    "REOPEN": _reopen,
    "ASSIGN": _assign,
    "AMEND": _amend,
    "SEND": _send,
    "ADD_REPORT": _another_call,
    "TAKE_PTZ": camera_events.take,
    "RELEASE_PTZ": camera_events.not_mine,
    "MARK_FAULT": camera_events.outside,
    "FIXED": camera_events.outside,
    "SET_MAINT": camera_events.maintain,
    "SET_PRESET": camera_events.set_preset,
    "REMOVE_PRESET": camera_events.remove_preset,
}

STANDING: dict[str, Guard] = {
    "REJECT": _reject,
    "CLASSIFY": _already_classified,
    "RECLASSIFY": _not_classified,
    "START_RESPONSE": _not_classified,
    "CLOSE": _close,
    "REOPEN": _reopen,
    "AMEND": _not_owner,
    "SEND": _not_a_sender,
    "TAKE_PTZ": camera_events.held,
    "RELEASE_PTZ": camera_events.not_mine,
    "MARK_FAULT": camera_events.outside,
    "FIXED": camera_events.outside,
    "SET_MAINT": camera_events.outside,
    "SET_PRESET": camera_events.not_mine,
    "REMOVE_PRESET": camera_events.not_mine,
}
"""Those conditions that hold before any field is filled in."""
