"""Which acts the case page offers, in which order: all from the machine table."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.decide import Refusal
from app.domain.incident import MAIN_PATH, Incident
from app.domain.machine import INCIDENT, Transition

IN_PLACE = frozenset({"AMEND", "ASSIGN"})
"""Acts that stand beside what they change: the facts, the owner."""

type WhyNot = Callable[[str], tuple[Refusal, ...]]


@dataclass(frozen=True, slots=True)
class Act:
    """`refusals` empty: it may be done now."""

    row: Transition
    refusals: tuple[Refusal, ...] = ()
    primary: bool = False


def next_acts(incident: Incident, why_not: WhyNot) -> list[Act]:
    """The acts of the present state: the next step first, what may not be last."""
    rows = [row for row in INCIDENT if incident.state in row.sources and row.event not in IN_PLACE]
    acts = [Act(row, why_not(row.event)) for row in rows]
    acts = [act for act in acts if _fits_level(act.row, incident)]
    acts.sort(key=lambda act: (bool(act.refusals), _rank(act.row, incident)))
    if acts and not acts[0].refusals and _rank(acts[0].row, incident) < len(MAIN_PATH):
        acts[0] = Act(acts[0].row, (), primary=True)
    return acts


def other_acts(incident: Incident, why_not: WhyNot) -> list[Act]:
    """The acts of other states, each with its reason: for the list of all acts."""
    return [
        Act(row, why_not(row.event))
        for row in INCIDENT
        if row.sources and incident.state not in row.sources
    ]


def _fits_level(row: Transition, incident: Incident) -> bool:
    """Setting and changing a level are one act to the user: only the fitting one shows."""
    other = "CLASSIFY" if incident.severity else "RECLASSIFY"
    return row.event != other


def _rank(row: Transition, incident: Incident) -> int:
    """Steps ahead on the main path; setting the first level comes before them."""
    if row.event == "CLASSIFY":
        return 0
    order = [str(state) for state in MAIN_PATH]
    if row.target in order and incident.state in order:
        steps = order.index(row.target) - order.index(incident.state)
        if steps > 0:
            return steps
    return len(order) + [r.event for r in INCIDENT].index(row.event)
