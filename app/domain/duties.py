"""Report duties that commands make, lift and fulfil (handbook 1.5)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from app.domain.case import Case, derived_id
from app.domain.entry import Entry, EntryKind
from app.domain.incident import SEVERITY_RANK, Incident, IncidentState, Severity
from app.domain.obligation import Obligation, ObligationState, ReportKind
from app.domain.rules import ObligationRule


def duties_after(case: Case, after: Incident) -> Iterator[Obligation]:
    event = case.command.event
    if event in ("CLASSIFY", "RECLASSIFY"):
        yield from _made(case, after, "known_at", after.known_at)
        yield from _made(case, after, "classified", case.at)
        yield from _lifted(case, after)
    if event == "CLEAR":
        yield from _made(case, after, "cleared", case.at)
        yield from _superseded(case, after)


def _made(case: Case, incident: Incident, after: str, start: datetime) -> Iterator[Obligation]:
    """The duties that begin now: not those that were fulfilled, but again those that a lower
    level had lifted, and another final report after the case was opened again."""
    duties = case.lookup.of_incident("obligation", incident.id)
    for rule in case.rules.obligations:
        if rule.after != after or incident.severity not in rule.levels:
            continue
        known = [duty for duty in duties if duty.rule_id == rule.id]
        lifted = [duty for duty in known if _was_lifted(duty)]
        if any(duty.state == ObligationState.OPEN for duty in known):
            continue
        if lifted and after != "cleared":
            yield replace(
                obligation(rule, incident, start, lifted[-1].sequence), version=lifted[-1].version
            )
        elif not known or after == "cleared":
            yield obligation(rule, incident, start, len(known) + 1)


def _was_lifted(duty: Obligation) -> bool:
    """True if the level ended the duty, not a person."""
    return duty.state == ObligationState.WAIVED and duty.sent_by is None


def _lifted(case: Case, incident: Incident) -> Iterator[Obligation]:
    """A lower level ends the duties that only the higher one had."""
    for duty in case.lookup.of_incident("obligation", incident.id):
        rule = case.rules.obligation(duty.rule_id)
        if rule and duty.state == ObligationState.OPEN and incident.severity not in rule.levels:
            yield replace(duty, state=ObligationState.WAIVED, text=case.values.get("reason") or "")


def _superseded(case: Case, incident: Incident) -> Iterator[Obligation]:
    """Once the road is clear the final report takes the follow-ups' place."""
    words = case.rules.label("report", ReportKind.FINAL)
    for duty in case.lookup.of_incident("obligation", incident.id):
        if duty.state == ObligationState.OPEN and duty.report == ReportKind.FOLLOW_UP:
            yield replace(duty, state=ObligationState.WAIVED, text=words)


def obligation(
    rule: ObligationRule, incident: Incident, start: datetime, sequence: int
) -> Obligation:
    return Obligation(
        id=derived_id(incident.id, rule.id, str(sequence)),
        incident_id=incident.id,
        rule_id=rule.id,
        level=incident.severity or "",
        recipient=rule.recipient.zh,
        report=rule.report,
        sequence=sequence,
        clock_from=start,
        due_at=start + timedelta(minutes=rule.minutes),
        org_id=incident.org_id,
        demo=incident.demo,
    )


def obligation_effects(case: Case) -> Iterator[Any]:
    values = case.values
    duty: Obligation = replace(
        case.entity,
        state=case.row.target,
        sent_at=values.get("sent_at"),
        sent_by=case.actor.id,
        late_reason=values.get("late_reason") or "",
        text=values.get("text") or values.get("reason") or "",
    )
    yield duty
    yield Entry(
        id=derived_id(case.command.key, "entry"),
        incident_id=duty.incident_id,
        type=EntryKind.OBLIGATION,
        event=case.command.event,
        **case.signature,
        text=f"{case.rules.label('report', duty.report)} {duty.recipient}",
        reason=values.get("reason") or duty.late_reason or duty.text,
        org_id=duty.org_id,
        demo=duty.demo,
    )
    yield from _next_follow_up(case, duty)


def _next_follow_up(case: Case, duty: Obligation) -> Iterator[Obligation]:
    rule, incident = case.rules.obligation(duty.rule_id), case.incident
    if not (rule and rule.repeats and duty.sent_at and incident):
        return
    if not incident.is_open or incident.state == IncidentState.CLEARED:
        return
    level = SEVERITY_RANK.get(incident.severity or "", 9)  # type: ignore[call-overload]  # unknown
    if level <= SEVERITY_RANK[Severity.III]:
        yield obligation(rule, incident, duty.sent_at, duty.sequence + 1)
