"""A half-typed report as a JSON object, and how it is called in the list of drafts."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.domain.describe import local_time
from app.domain.rules import Rules
from app.text import translate

type Values = dict[str, Any]

OF_EVERY_CALL = frozenset({"known_at"})
"""Fields that the form fills itself: alone they are no draft."""


def is_blank(values: Mapping[str, Any]) -> bool:
    """True if the user has not typed anything yet."""
    return all(value is None for name, value in values.items() if name not in OF_EVERY_CALL)


def draft_name(values: Mapping[str, Any], rules: Rules, language: str) -> str:
    """`12:34 交通事故 S11 K23+300`: enough to know which call it was."""
    place = values.get("place") or {}
    kind = values.get("type")
    what = rules.label("incident_type", kind, language) if kind else ""
    where = place.get("text") or place.get("road") or ""
    said = " ".join((values.get("text") or "").split())
    words = " ".join(filter(None, (what, where, said)))[:24]
    caller = values.get("caller") or values.get("caller_number") or ""
    nothing = translate("Report", "未写内容")
    return f"{_time(values)} {words or caller or nothing}"


def _time(values: Mapping[str, Any]) -> str:
    try:
        return local_time(datetime.fromisoformat(str(values["known_at"])).astimezone(UTC), "%H:%M")
    except (KeyError, ValueError):
        return "—"


def call_text(values: Mapping[str, Any], rules: Rules, language: str) -> str:
    """What a second call adds to a case that exists: its words, else its facts in short."""
    if values.get("text"):
        return str(values["text"])
    kind = values.get("type")
    place = values.get("place") or {}
    parts = [rules.label("incident_type", kind, language) if kind else "", place.get("text") or ""]
    return " ".join(filter(None, parts)) or translate("Report", "来电反映同一事件")
