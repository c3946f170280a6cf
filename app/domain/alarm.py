"""An alarm 告警: something rang and wants a person. A timer never judges, it only rings."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """`rule` names the timer or threshold; the same rule on the same case is one alarm.

    `count` and `last_at` merge its repeats. Unacknowledged while `acknowledged_by` is None.
    """

    id: str
    version: int = 0
    rule: str
    incident_id: str
    raised_at: datetime
    last_at: datetime
    count: int = 1
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    org_id: str = ""
    demo: bool = False


def merge(known: Iterable[Alarm], rung: Iterable[Alarm]) -> list[Alarm]:
    """What one case's `rung` alarms change among its `known` ones: new ones, counted ones.

    A rule that rings again joins its unacknowledged alarm; once that was acknowledged, it is
    a new one. What rang no later than a known alarm of its rule is no news.
    """
    latest = {alarm.id: alarm for alarm in known}
    changed: dict[str, Alarm] = {}
    for alarm in sorted(rung, key=lambda alarm: alarm.last_at):
        same = [other for other in latest.values() if other.rule == alarm.rule]
        if any(other.last_at >= alarm.last_at for other in same):
            continue
        waiting = next((other for other in same if other.acknowledged_by is None), None)
        if waiting is not None:
            alarm = replace(waiting, count=waiting.count + 1, last_at=alarm.last_at)
        latest[alarm.id] = changed[alarm.id] = alarm
    return list(changed.values())
