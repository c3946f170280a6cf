"""Facts and places as short text: the same words on screen, in print and in the timeline."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.incident import Casualties, Hazmat, Incident, Place
from app.domain.rules import Rules
from app.domain.stakes import format_stake

SHANGHAI = ZoneInfo("Asia/Shanghai")
_CODED = {
    "type": "incident_type", "subtype": "incident_subtype", "severity": "severity",
    "verify_method": "verify_method", "source": "incident_source", "state": "incident_state",
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
            text = _goods(value, language)
        case tuple():
            text = "、".join(value)
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


def _goods(goods: Hazmat, language: str) -> str:
    words = {"leak": ("泄漏", "leak"), "fire": ("起火", "fire")}
    no = ("未", "no ")
    side = 1 if language.startswith("en") else 0
    parts = [f"UN{goods.un}" if goods.un else "", f"{goods.amount_t:g} t" if goods.amount_t else ""]
    for name, word in words.items():
        flag = getattr(goods, name)
        if flag is not None:
            parts.append(word[side] if flag else no[side] + word[side])
    return " ".join(part for part in parts if part) or "—"
