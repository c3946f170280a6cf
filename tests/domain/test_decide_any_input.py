"""Whatever a client sends: a decision never raises, and what it accepts can be stored."""

from dataclasses import fields as dataclass_fields
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.camera import Camera, Preset, PtzLock
from app.domain.entry import Attachment
from app.domain.incident import Casualties, Hazmat, Place
from app.domain.kinds import KIND_OF, KINDS
from app.domain.machine import FACT_FIELDS, MACHINES, Field, Transition
from app.domain.obligation import Obligation
from tests.domain.desk import KNOWN_AT, POINT, RULES, USERS, Desk, case_in
from tests.domain.test_handbook_conditions import FILE
from tests.domain.test_handbook_incident import HANDBOOK, REPORT
from tests.domain.test_handbook_reports import rung

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
TIMES = st.sampled_from(
    [
        KNOWN_AT.isoformat(),
        "2026-07-15T06:12:00Z",
        "2026-07-15",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "2026-07-15T06:12:00.123456789+08:00",
    ]
)


def near(cls: type, good: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Objects that look like the record, with some values that do not."""
    names = [item.name for item in dataclass_fields(cls)]
    values = SCALARS | st.sampled_from(["up", "down", "a" * 64, 117.4, 39.1, 3])
    wrong = st.dictionaries(st.sampled_from([*names, "newer"]), values, max_size=2)
    return wrong.map(lambda some: {**good, **some}) | wrong


def value_of(field: Field) -> st.SearchStrategy[Any]:
    likely: dict[str, st.SearchStrategy[Any]] = {
        "time": TIMES,
        "place": near(Place, POINT),
        "casualties": near(Casualties, {"dead": 0}),
        "hazmat": near(Hazmat, {"un": "1203"}),
        "attachment": near(Attachment, FILE),
        "statement": st.just(True),
        "user": st.sampled_from(["dispatcher", "patrol", "nobody"]),
        "incident": st.sampled_from(["i1", "i2", "nobody"]),
        "severity": st.sampled_from(["I", "II", "III", "IV", "V"]),
        "lanes": st.lists(st.text(max_size=5), max_size=3),
    }
    if field.type == "choice":
        return st.sampled_from(sorted(RULES.codes[field.choices])) | ANYTHING
    if field.type == "facts":
        return facts() | ANYTHING
    return likely.get(field.type, st.text(max_size=30)) | ANYTHING


def facts() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={f.name: value_of(f) for f in FACT_FIELDS})


ROWS = [(kind, row) for kind, rows in MACHINES.items() for row in rows]


def desk_at(row: Transition) -> Desk:
    desk = Desk()
    state = min(row.sources, default="NEW")
    desk.put(case_in("NEW", id="i2"))
    if row.event != "REPORT":
        desk.put(case_in(state if state in RULES.codes["incident_state"] else "CONFIRMED"))
    desk.put(
        Obligation(
            id="d1", incident_id="i1", rule_id="PHONE_30", level="IV", recipient="", report="PHONE",
            clock_from=KNOWN_AT, due_at=KNOWN_AT,
        )
    )  # fmt: skip
    desk.put(rung(21))
    desk.put(camera_at(state))
    return desk


def camera_at(state: str) -> Camera:
    lock = PtzLock(user_id="shift_chief", rank=3, until=KNOWN_AT + timedelta(seconds=60))
    presets = (Preset(number=3, name="收费站"),)
    health = state if state in RULES.codes["camera_health"] else "ONLINE"
    return Camera(id="c1", ptz="GATEWAY", presets=presets, lock=lock, health=health)


GOOD: dict[str, dict[str, Any]] = {
    **{row.event: row.said for row in HANDBOOK},
    "REPORT": REPORT,
    "ADD_NOTE": {"incident_id": "i1", "text": "x"},
    "ADD_REPORT": {"incident_id": "i1", "source": "122", "at": KNOWN_AT.isoformat(), "text": "x"},
    "ADD_ATTACHMENT": {"incident_id": "i1", "attachment": FILE},
    "SEND": {"sent_at": KNOWN_AT.isoformat()},
    "WAIVE": {"reason": "x"},
    "MARK_FAULT": {"fault": "BLACK"},
    "SET_MAINT": {"until": "2026-07-16T00:00:00Z"},
    "SET_PRESET": {"number": 4, "name": "匝道"},
    "REMOVE_PRESET": {"number": 3},
}
IDS = {
    "incident": "i1",
    "entry": "e1",
    "obligation": "d1",
    "alarm": "REPORT_AMBER-21",
    "camera": "c1",
}


@pytest.mark.parametrize(("kind", "row"), ROWS, ids=[row.event for _, row in ROWS])
def test_a_decision_never_raises_and_never_accepts_what_cannot_be_stored(
    kind: str, row: Transition
) -> None:
    actor = USERS["SHIFT_CHIEF" if "SHIFT_CHIEF" in row.roles else min(row.roles)]
    wrong = st.fixed_dictionaries({}, optional={f.name: value_of(f) for f in row.fields})
    said = wrong.map(lambda fields: {**GOOD.get(row.event, {}), **fields})

    @settings(max_examples=60)
    @given(said)
    def decide(fields: dict[str, Any]) -> None:
        outcome = desk_at(row).try_(actor, row.event, IDS[kind], kind, **fields)
        for entity in outcome.entities:
            body = msgspec.json.encode(entity)
            assert msgspec.json.decode(body, type=KINDS[KIND_OF[type(entity)]]) == entity

    decide()
