"""One alarm in words: what rang, for which case, and who has taken note."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.alarm import Alarm
from app.domain.describe import local_time, place_text, title_text
from app.domain.incident import Incident
from app.domain.rules import Rules
from app.store import Store
from app.text import translate
from widgets.shared.people import user_name
from widgets.shared.severity import type_sign


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRow:
    """`acknowledged` says by whom and when; empty while nobody has."""

    id: str
    incident_id: str
    level: str | None
    sign: str
    rule: str
    case: str
    acknowledged: str
    rang: str
    count: int
    raised_at: datetime

    def __str__(self) -> str:
        return f"{self.rule}, {self.case}, {self.rang}, {self.acknowledged}"


def alarm_row(alarm: Alarm, store: Store, rules: Rules, language: str, now: datetime) -> AlarmRow:
    incident = store.get("incident", alarm.incident_id)
    known = incident if isinstance(incident, Incident) else None
    return AlarmRow(
        id=alarm.id,
        incident_id=alarm.incident_id,
        level=known.severity if known else None,
        sign=type_sign(rules, known.type if known else None, language),
        rule=rule_text(alarm.rule, rules, language),
        case=_case(known, rules, language),
        acknowledged=_acknowledged(alarm, store, now),
        rang=_rang(alarm, now),
        count=alarm.count,
        raised_at=alarm.raised_at,
    )


def rule_text(rule: str, rules: Rules, language: str) -> str:
    """What the rule says; the rule of a newer server is shown as itself."""
    timer = rules.alarm(rule)
    if timer is None:
        return rules.label("alarm_rule", rule, language)
    return timer.label.text(language).replace("{minutes}", f"{timer.minutes:g}")


def sort_key(alarm: Alarm) -> tuple[object, ...]:
    """What nobody has acknowledged on top, the newest first."""
    return (alarm.acknowledged_by is not None, -alarm.last_at.timestamp())


def _case(incident: Incident | None, rules: Rules, language: str) -> str:
    if incident is None:
        return translate("Alarms", "事件不存在或不可见")
    parts = [title_text(incident, rules, language)]
    if incident.place.text or incident.place.road or incident.place.resolved:
        parts.append(place_text(incident.place, rules, language))
    return " · ".join(parts)


def _acknowledged(alarm: Alarm, store: Store, now: datetime) -> str:
    if alarm.acknowledged_by is None:
        return ""
    name = user_name(store, alarm.acknowledged_by) or translate("Alarms", "未知人员")
    when = _time(alarm.acknowledged_at, now)
    return translate("Alarms", "{name} {time} 确认").format(name=name, time=when)


def _rang(alarm: Alarm, now: datetime) -> str:
    """When it rang first, and last if it came again."""
    first, last = _time(alarm.raised_at, now), _time(alarm.last_at, now)
    return first if first == last else f"{first} – {last}"


def _time(time: datetime | None, now: datetime) -> str:
    same_day = time is not None and local_time(time, "%Y%m%d") == local_time(now, "%Y%m%d")
    return local_time(time, "%H:%M" if same_day else "%m-%d %H:%M")
