"""Clocks of a case and the alarms that they ring (handbook 5.1 timers, 1.5)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.alarm import Alarm
from app.domain.case import derived_id
from app.domain.entry import Entry
from app.domain.incident import Incident
from app.domain.obligation import Obligation, ObligationState
from app.domain.rules import Rules, Timer

CALM, AMBER, RED = "calm", "amber", "red"


@dataclass(frozen=True, slots=True)
class Clock:
    """Runs from `start` to `due`; `rule` is a timer or an obligation rule."""

    rule: str
    start: datetime
    due: datetime

    def share(self, now: datetime) -> float:
        """Part of the limit that is used up, 0 or more."""
        length = (self.due - self.start).total_seconds()
        return max(0.0, (now - self.start).total_seconds() / length) if length > 0 else 1.0

    def colour(self, now: datetime, amber_share: float) -> str:
        share = self.share(now)
        return RED if share >= 1 else AMBER if share >= amber_share else CALM


def clocks(
    incident: Incident, obligations: Iterable[Obligation], entries: Iterable[Entry], rules: Rules
) -> list[Clock]:
    """Every clock that runs on the case, the first to end in front.

    Takes the case's own duties to report and its own timeline.
    """
    if not incident.is_open:
        return []
    running = [*_timers(incident, entries, rules), *_reports(obligations)]
    return sorted(running, key=lambda clock: clock.due)


def _timers(incident: Incident, entries: Iterable[Entry], rules: Rules) -> Iterator[Clock]:
    for timer in rules.timers:
        start = _since(timer, incident, entries) if timer.state == incident.state else None
        if start is not None:
            yield Clock(timer.rule, start, start + timedelta(minutes=timer.minutes))
    expected = incident.detail.expected_clear_at if incident.detail else None
    if expected is not None and incident.state not in ("CLEARED", "CLOSED"):
        yield Clock("CLEAR_OVERDUE", incident.known_at, expected)


def _since(timer: Timer, incident: Incident, entries: Iterable[Entry]) -> datetime | None:
    """A note is an update too, although it leaves the case itself as it was."""
    start: datetime | None = getattr(incident, timer.since)
    if timer.since != "updated_at" or start is None:
        return start
    return max((start, *(entry.at for entry in entries)))


def _reports(obligations: Iterable[Obligation]) -> Iterator[Clock]:
    for duty in obligations:
        if duty.state == ObligationState.OPEN:
            yield Clock(duty.rule_id, duty.clock_from, duty.due_at)


def ringing(
    incident: Incident,
    obligations: Iterable[Obligation],
    entries: Iterable[Entry],
    rules: Rules,
    now: datetime,
) -> Iterator[Alarm]:
    """The alarms that ring now. The same clock gives the same id on every seat and server."""
    for clock in clocks(incident, obligations, entries, rules):
        rule = _alarm_rule(clock, rules, now)
        if rule is not None:
            yield Alarm(
                id=derived_id(incident.id, rule, clock.rule, clock.start.isoformat()),
                rule=rule,
                incident_id=incident.id,
                raised_at=_rang_at(clock, rule, rules),
                last_at=_rang_at(clock, rule, rules),
                org_id=incident.org_id,
                demo=incident.demo,
            )


def next_ring(
    incident: Incident,
    obligations: Iterable[Obligation],
    entries: Iterable[Entry],
    rules: Rules,
    after: datetime,
) -> datetime | None:
    """The first moment later than `after` at which something rings, if nothing changes."""
    moments = (
        moment
        for clock in clocks(incident, obligations, entries, rules)
        for moment in _moments(clock, rules)
        if moment > after
    )
    return min(moments, default=None)


def _moments(clock: Clock, rules: Rules) -> Iterator[datetime]:
    if not rules.alarm(clock.rule):
        yield _rang_at(clock, "REPORT_AMBER", rules)
    yield clock.due


def _alarm_rule(clock: Clock, rules: Rules, now: datetime) -> str | None:
    if rules.alarm(clock.rule):
        return clock.rule if clock.due <= now else None
    colour = clock.colour(now, rules.amber_share)
    return {AMBER: "REPORT_AMBER", RED: "REPORT_RED"}.get(colour)


def _rang_at(clock: Clock, rule: str, rules: Rules) -> datetime:
    if rule == "REPORT_AMBER":
        return clock.start + (clock.due - clock.start) * rules.amber_share
    return clock.due
