"""The facts of a case in the order in which the page, the copied text and the print show them."""

from dataclasses import dataclass

from app.domain.describe import fact_text
from app.domain.incident import Incident
from app.domain.rules import Rules
from widgets.shared.severity import level_words

SHOWN = (
    "severity", "type", "lanes", "casualties", "hazmat", "queue_m", "weather",
    "expected_clear_at", "occurred_at", "known_at", "verify_method", "caller",
)  # fmt: skip
"""Always there, known or not."""

WHEN_KNOWN = ("lanes_open_at", "loss_cny", "cause")
"""Facts of the end of a case."""

UNKNOWN = "—"


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    label: str
    text: str

    @property
    def known(self) -> bool:
        return self.text != UNKNOWN


def facts(incident: Incident, rules: Rules, language: str) -> list[Fact]:
    listed = [_fact(name, incident, rules, language) for name in SHOWN]
    ending = (_fact(name, incident, rules, language) for name in WHEN_KNOWN)
    return [*listed, *(fact for fact in ending if fact.known)]


def _fact(name: str, incident: Incident, rules: Rules, language: str) -> Fact:
    return Fact(name, rules.label("field", name, language), _text(name, incident, rules, language))


def _text(name: str, incident: Incident, rules: Rules, language: str) -> str:
    detail = incident.detail
    if name == "severity":
        return level_words(rules, incident.severity, language)
    if name == "type":
        return _type(incident, rules, language)
    if name == "caller":
        parts = (detail.caller, detail.caller_number) if detail else ()
        return " ".join(part for part in parts if part) or UNKNOWN
    holder = incident if hasattr(incident, name) else detail
    return fact_text(name, getattr(holder, name, None), rules, language)


def _type(incident: Incident, rules: Rules, language: str) -> str:
    kind = rules.label("incident_type", incident.type, language)
    if not incident.subtype:
        return kind
    return f"{kind} / {rules.label('incident_subtype', incident.subtype, language)}"
