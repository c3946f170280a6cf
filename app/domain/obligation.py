"""The duty to report 信息报送: to whom, what kind, until when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ObligationState(StrEnum):
    OPEN = "OPEN"
    SENT = "SENT"
    WAIVED = "WAIVED"


class ReportKind(StrEnum):
    PHONE = "PHONE"  # 初报(电话)
    WRITTEN = "WRITTEN"  # 初报(书面)
    FOLLOW_UP = "FOLLOW_UP"  # 续报
    FINAL = "FINAL"  # 终报


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """Made when a case is classified; its clock runs from `clock_from` to `due_at`."""

    id: str
    version: int = 0
    incident_id: str
    rule_id: str
    level: str
    recipient: str
    report: str
    sequence: int = 1
    clock_from: datetime
    due_at: datetime
    state: str = ObligationState.OPEN
    sent_at: datetime | None = None
    sent_by: str | None = None
    late_reason: str = ""
    text: str = ""
    org_id: str = ""
    demo: bool = False
