"""Which acts stand on the page, in which order: read from the machine table."""

from __future__ import annotations

import pytest

from app.domain.decide import Refusal
from app.domain.incident import IncidentState
from app.domain.machine import INCIDENT
from tests.support.fake_services import incident
from widgets.case.plan import IN_PLACE, next_acts, other_acts


def free(event: str) -> tuple[Refusal, ...]:
    return ()


@pytest.mark.parametrize(
    ("state", "severity", "first"),
    [
        ("NEW", None, "ACCEPT"),
        ("VERIFYING", None, "CONFIRM"),
        ("CONFIRMED", None, "CLASSIFY"),
        ("RESPONDING", "IV", "CONTROL"),
        ("CONTROLLED", "IV", "CLEAR"),
        ("CLEARED", "IV", "CLOSE"),
    ],
)
def test_the_next_step_of_the_path_is_the_primary_act(
    state: str, severity: str | None, first: str
) -> None:
    acts = next_acts(incident(state=state, severity=severity), free)
    assert (acts[0].row.event, acts[0].primary) == (first, True)
    assert [act.primary for act in acts[1:]] == [False] * (len(acts) - 1)


def test_what_may_not_be_stands_last_and_is_never_primary() -> None:
    def only_reject(event: str) -> tuple[Refusal, ...]:
        return () if event == "REJECT" else (Refusal("READ_ONLY_ROLE"),)

    acts = next_acts(incident(state="VERIFYING"), only_reject)
    assert acts[0].row.event == "REJECT"
    assert not any(act.primary for act in acts)


@pytest.mark.parametrize("state", [*IncidentState, "ESCALATED"])
def test_every_act_of_the_table_stands_in_one_of_the_two_lists(state: str) -> None:
    case = incident(state=state, severity="IV")
    listed = {act.row.event for act in (*next_acts(case, free), *other_acts(case, free))}
    here = {row.event for row in INCIDENT if state in row.sources}
    elsewhere = here & (IN_PLACE | {"CLASSIFY"})  # the level is set: it can only be changed
    assert listed | elsewhere == {row.event for row in INCIDENT if row.sources}


def test_a_state_of_a_newer_server_has_no_acts() -> None:
    assert next_acts(incident(state="ESCALATED"), free) == []
