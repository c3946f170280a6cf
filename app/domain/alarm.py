"""An alarm 告警: something rang and wants a person. A timer never judges, it only rings."""

from dataclasses import dataclass
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
