"""The visible rows as a table for a spreadsheet. Runs off the GUI thread."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from app.domain.describe import local_time, number_text, place_text, title_text
from app.domain.incident import Incident
from app.domain.rules import Rules
from widgets.shared.table_file import write_csv

_HEAD = {
    "zh": ("编号", "标题", "类型", "级别", "状态", "位置", "区划", "来源", "责任人",
           "接报时间", "发生时间", "更新时间", "结案时间"),
    "en": ("Number", "Title", "Type", "Level", "State", "Place", "District", "Source", "Owner",
           "Reported", "Occurred", "Updated", "Closed"),
}  # fmt: skip
_FORM = "%Y-%m-%d %H:%M:%S"


def write_cases(
    path: Path, incidents: Iterable[Incident], names: Mapping[str, str], rules: Rules, language: str
) -> int:
    """Write the rows. Returns their number.

    `names` holds the names of users by id. Times are Asia/Shanghai. Raises OSError.
    """
    rows = (_cells(incident, names, rules, language) for incident in incidents)
    return write_csv(path, _HEAD[language[:2]], rows)


def _cells(
    incident: Incident, names: Mapping[str, str], rules: Rules, language: str
) -> tuple[str, ...]:
    def word(group: str, code: str | None) -> str:
        return rules.label(group, code, language)

    return (
        number_text(incident, language),
        title_text(incident, rules, language),
        word("incident_type", incident.type),
        word("severity", incident.severity),
        word("incident_state", incident.state),
        place_text(incident.place, rules, language),
        incident.place.adcode or "",
        word("incident_source", incident.source or None),
        names.get(incident.owner_id or "", incident.owner_id or ""),
        local_time(incident.known_at, _FORM),
        local_time(incident.occurred_at, _FORM),
        local_time(incident.updated_at, _FORM),
        local_time(incident.closed_at, _FORM),
    )
