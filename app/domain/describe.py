"""Facts and places as short text: the same words on screen, in print and in the timeline."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.incident import Casualties, Hazmat, Incident, Place
from app.domain.rules import Label, Rules
from app.domain.stakes import format_stake

SHANGHAI = ZoneInfo("Asia/Shanghai")
_CODED = {
    "type": "incident_type", "subtype": "incident_subtype", "severity": "severity",
    "verify_method": "verify_method", "source": "incident_source", "state": "incident_state",
}  # fmt: skip
_RECORDED = {
    **_CODED, "place": "direction", "lanes": "lane", "casualties": "field", "hazmat": "hazmat",
}  # fmt: skip


def local_time(time: datetime | None, form: str = "%m-%d %H:%M") -> str:
    """A UTC time as Asia/Shanghai text; an unknown one as a dash."""
    return time.astimezone(SHANGHAI).strftime(form) if time else "—"


def number_text(incident: Incident, language: str = "zh") -> str:
    """The case's number; until a server gives one a provisional one made from its id."""
    if incident.number:
        return incident.number
    mark = "TMP" if language.startswith("en") else "临"
    return f"{mark}-{incident.id.replace('-', '')[:4].upper()}"


def place_text(place: Place, rules: Rules, language: str = "zh") -> str:
    """`S11 K23+300 下行`, or the road, or the words, or the point."""
    if place.route_code and place.stake_m is not None:
        parts = [place.route_code, format_stake(place.stake_m)]
        if place.direction:
            parts.append(rules.label("direction", place.direction, language))
        return " ".join(parts)
    if place.text or place.road:
        return place.text or place.road or ""
    if place.lon is not None and place.lat is not None:
        return f"{place.lon:.6f}, {place.lat:.6f}"
    return rules.label("place", None, language)


def made_title(kind: str, subtype: str | None, rules: Rules, language: str = "zh") -> str:
    """The title of a case that nobody gave one: `交通事故 追尾`."""
    words = rules.label("incident_type", kind, language)
    if not subtype:
        return words
    joint = ": " if language.startswith("en") else " "
    return f"{words}{joint}{rules.label('incident_subtype', subtype, language)}"


def kind_words(code: str, rules: Rules) -> str:
    """All that a type or sub-kind may be called: its code and its words in both languages."""
    groups = (rules.codes[f"incident_{name}"] for name in ("type", "subtype", "also"))
    labels = (group[code] for group in groups if code in group)
    return " ".join([code, *(f"{label.zh} {label.en}" for label in labels)])


def title_text(incident: Incident, rules: Rules, language: str = "zh") -> str:
    """The title in one line; a made one is told in `language`. Else type or source of the call."""
    given = " ".join(incident.title.split())
    if incident.type is None:
        return given or rules.label("incident_source", incident.source or None, language)
    for subtype in (incident.subtype, None):
        if given in ("", made_title(incident.type, subtype, rules)):
            return made_title(incident.type, subtype if given else None, rules, language)
    return given


def recorded_text(name: str, text: str, rules: Rules, language: str = "zh") -> str:
    """A fact as the timeline has recorded it, in Chinese; its coded words told in `language`."""
    return _told(text, rules.codes.get(_RECORDED.get(name, ""), {}).values(), language)


def statements_text(text: str, rules: Rules, language: str = "zh") -> str:
    """The signed statements of a timeline row."""
    return _told(text, rules.codes["field"].values(), language)


def sent_report_text(text: str, rules: Rules, language: str = "zh") -> str:
    """Report and recipient of a timeline row."""
    recipients = (duty.recipient for duty in rules.obligations)
    return _told(text, (*rules.codes["report"].values(), *recipients), language)


def _told(text: str, labels: Iterable[Label], language: str) -> str:
    """What people wrote themselves stays as it is."""
    known = {label.zh: label.text(language) for label in labels} | {"、": _joint(language)}
    return known.get(text) or "".join(
        known.get(part, part) for part in re.split(r"( · | |、|, )", text)
    )


def _joint(language: str) -> str:
    return ", " if language.startswith("en") else "、"


def fact_text(name: str, value: Any, rules: Rules, language: str = "zh") -> str:
    """A fact's value for a person; unknown is a dash, never zero."""
    if value is None or value == "" or value == ():
        return "—"
    if name in _CODED:
        return rules.label(_CODED[name], value, language)
    match value:
        case datetime():
            text = local_time(value)
        case Place():
            text = place_text(value, rules, language)
        case Casualties():
            text = _counts(value, rules, language)
        case Hazmat():
            text = _goods(value, rules, language)
        case tuple():
            lanes = rules.codes["lane"] if name == "lanes" else {}
            words = (lanes[one].text(language) if one in lanes else str(one) for one in value)
            text = _joint(language).join(words)
        case float():
            text = f"{value:,.10g}"
        case _:
            text = str(value)
    return text


def _counts(counts: Casualties, rules: Rules, language: str) -> str:
    names = ("dead", "serious", "light", "missing", "trapped")
    known: Iterable[str] = (
        f"{rules.label('field', name, language)} {getattr(counts, name)}"
        for name in names
        if getattr(counts, name) is not None
    )
    return " · ".join(known) or "—"


def _goods(goods: Hazmat, rules: Rules, language: str) -> str:
    parts = [f"UN{goods.un}" if goods.un else "", f"{goods.amount_t:g} t" if goods.amount_t else ""]
    for name in ("leak", "fire"):
        flag = getattr(goods, name)
        if flag is not None:
            parts.append(rules.label("hazmat", name if flag else f"no_{name}", language))
    return " ".join(part for part in parts if part) or "—"
