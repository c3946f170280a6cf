"""The filter in words: what can be chosen, and what is chosen besides the chips."""

from collections.abc import Iterator, Mapping

from app.domain.rules import Rules
from app.text import translate
from widgets.queue.filter import Filter
from widgets.queue.filter_popup import Choice
from widgets.queue.index import QueueIndex

type AreaNames = Mapping[str, str]
"""Of the imported districts, by adcode."""


def choices(
    cases: QueueIndex, rules: Rules, areas: AreaNames, language: str
) -> dict[str, list[Choice]]:
    """What the filter menu offers, by the filter's field name."""
    return {
        "types": list(_codes(cases, rules, language, "type")),
        "states": list(_codes(cases, rules, language, "state")),
        "areas": [(code, _area(code, areas)) for code in cases.words("area")],
        "routes": [(code, _route(code)) for code in cases.words("route")],
    }


def narrowed_words(wanted: Filter, rules: Rules, areas: AreaNames, language: str) -> str:
    """The conditions that no chip shows."""

    def labels(group: str, codes: frozenset[str]) -> Iterator[str]:
        return (rules.label(group, code, language) for code in sorted(codes))

    parts = [
        *labels("incident_type", wanted.types),
        *labels("incident_state", wanted.states),
        *(_area(code, areas) for code in sorted(wanted.areas)),
        *map(_route, sorted(wanted.routes)),
    ]
    if wanted.level not in ("", "III"):
        parts.append(rules.label("severity", wanted.level, language))
    if wanted.closed:
        parts.append(translate("Queue", "含已结案件"))
    return " · ".join(parts)


def _codes(cases: QueueIndex, rules: Rules, language: str, column: str) -> Iterator[Choice]:
    """All codes of a list, and those of a newer server that some case has."""
    group = f"incident_{column}"
    for code in dict.fromkeys((*rules.codes[group], *cases.words(column))):
        if code:
            yield code, rules.label(group, code, language)


def _area(code: str, names: AreaNames) -> str:
    """A code that nobody has imported stays a code."""
    return names.get(code, code) or translate("Queue", "区划未知")


def _route(code: str) -> str:
    return code or translate("Queue", "路线外")
