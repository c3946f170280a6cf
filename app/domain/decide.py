"""Deciding a command: may it be, and what is true afterwards. Pure; runs on both sides.

The backend decides with its database as `Lookup` and stores the outcome; the client runs
the same function over its store, to grey buttons and to show what is on its way.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain.alarm import Alarm
from app.domain.case import Case, Lookup, Outcome, Refusal, known_value
from app.domain.command import Command
from app.domain.effects import EFFECTS
from app.domain.entry import Entry
from app.domain.fields import FieldError, read_field
from app.domain.guards import GUARDS, STANDING, after_fields
from app.domain.incident import Incident
from app.domain.machine import Transition, state_of, transition
from app.domain.obligation import Obligation
from app.domain.people import User
from app.domain.roles import Role, may_read
from app.domain.rules import Rules

__all__ = ["Lookup", "Outcome", "Refusal", "decide", "why_not"]


def decide(command: Command, lookup: Lookup, actor: User, rules: Rules, now: datetime) -> Outcome:
    """Decide one command at the time `now` (UTC). Never raises for what a user can type."""
    row = transition(command.kind, command.event)
    if row is None:
        return Outcome(refusals=(Refusal("UNKNOWN_EVENT"),))
    if command.expires_at is not None and command.expires_at <= now:
        return Outcome(refusals=(Refusal("EXPIRED"),))
    entity = lookup.get(command.kind, command.entity_id)
    values, bad = read_values(command, row, entity, rules)
    incident = _incident_of(entity, values, lookup)
    case = Case(
        command=command,
        row=row,
        entity=entity,
        incident=incident,
        values=values,
        lookup=lookup,
        actor=actor,
        rules=rules,
        now=now,
    )
    refusals = before_fields(case) or bad or after_fields(case)
    guard = GUARDS.get(command.event)
    if not refusals and guard:
        refusals = tuple(guard(case))
    if refusals:
        return Outcome(refusals=refusals)
    return Outcome(entities=tuple(EFFECTS[command.kind](case)))


def why_not(
    event: str,
    entity: Any,
    lookup: Lookup,
    actor: User,
    rules: Rules,
    now: datetime,
    kind: str = "incident",
) -> tuple[Refusal, ...]:
    """What stands against the event whatever its fields will be: for grey buttons."""
    row = transition(kind, event)
    if row is None:
        return (Refusal("UNKNOWN_EVENT"),)
    command = Command(
        key="",
        kind=kind,
        entity_id=entity.id,
        event=event,
        fields={},
        base_version=0,
        issued_at=now,
        author_id=actor.id,
        seat="",
    )
    case = Case(
        command=command,
        row=row,
        entity=entity,
        incident=_incident_of(entity, {}, lookup),
        values={},
        lookup=lookup,
        actor=actor,
        rules=rules,
        now=now,
    )
    standing = STANDING.get(event)
    return before_fields(case) or (tuple(standing(case)) if standing else ())


def before_fields(case: Case) -> tuple[Refusal, ...]:
    """State, role, organisation and area."""
    state = state_of(case.entity)
    row, actor = case.row, case.actor
    if row.sources and case.entity is None:
        return (Refusal("NOT_FOUND"),)
    if not row.sources and case.entity is not None:
        return (Refusal("ALREADY_EXISTS"),)
    if actor.role in (Role.AUDITOR, Role.ANALYST):
        return (Refusal("READ_ONLY_ROLE"),)
    if actor.role not in row.roles:
        return (Refusal("NOT_YOUR_ROLE", {"roles": sorted(row.roles)}),)
    if row.sources and state not in row.sources:
        return (Refusal("WRONG_STATE", {"event": row.event, "state": state}),)
    if case.incident is not None and not may_read(actor, case.incident):
        return (Refusal("NOT_YOUR_AREA"),)
    return ()


def read_values(
    command: Command, row: Transition, entity: Any, rules: Rules
) -> tuple[dict[str, Any], tuple[Refusal, ...]]:
    """The typed fields, and what is missing or not valid among them."""
    values: dict[str, Any] = {}
    bad: list[Refusal] = []
    for item in row.fields:
        try:
            value = read_field(item, command.fields.get(item.name), rules)
        except FieldError as error:
            bad.append(Refusal(error.code, {"field": item.name, **error.params}))
            continue
        if value is None and item.kept:
            value = known_value(entity, item.name)
        if value is None and item.required:
            bad.append(Refusal("MISSING_FIELD", {"field": item.name}))
        values[item.name] = value
    return values, tuple(bad)


def _incident_of(entity: Any, values: Mapping[str, Any], lookup: Lookup) -> Incident | None:
    if isinstance(entity, Incident):
        return entity
    if isinstance(entity, Obligation | Alarm | Entry):
        found = lookup.get("incident", entity.incident_id)
    else:
        found = lookup.get("incident", values.get("incident_id") or "")
    return found if isinstance(found, Incident) else None
