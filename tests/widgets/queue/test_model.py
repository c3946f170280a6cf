"""The queue's model tells row by row what changed, and tells the truth."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from app.domain.clocks import clocks
from app.domain.incident import Incident, Place
from app.domain.rules import load_rules
from tests.support.fake_services import NOW, incident
from widgets.queue.card import Card
from widgets.queue.filter import Filter, Sort
from widgets.queue.index import QueueIndex
from widgets.queue.model import BULK, ID_ROLE, QueueModel

RULES = load_rules()


def nothing(incident_id: str) -> Card | None:
    return None


def model_of(cases: Iterable[Incident] = (), wanted: Filter | None = None) -> QueueModel:
    model = QueueModel(QueueIndex(str, str), nothing)
    model.cases.me = "u1"
    feed(model, cases)
    model.ask(wanted or Filter(), Sort.DUE)
    return model


def feed(model: QueueModel, cases: Iterable[Incident], drops: Iterable[str] = ()) -> None:
    model.apply([(case, next(iter(clocks(case, (), (), RULES)), None)) for case in cases], drops)


class Spies:
    """Counts every structural signal of a model."""

    def __init__(self, model: QueueModel) -> None:
        signals: dict[str, Any] = {
            "inserted": model.rowsInserted, "removed": model.rowsRemoved,
            "moved": model.rowsMoved, "changed": model.dataChanged, "reset": model.modelReset,
        }  # fmt: skip
        self._spies = {name: QSignalSpy(signal) for name, signal in signals.items()}

    def counts(self) -> dict[str, int]:
        return {name: n for name, spy in self._spies.items() if (n := spy.count())}


@pytest.fixture(autouse=True)
def _application(qapp: QObject) -> None:
    pass


def test_a_new_case_is_one_inserted_row_in_its_place() -> None:
    model = model_of([incident(1, state="CONFIRMED"), incident(2, state="CLOSED")])
    spies = Spies(model)
    feed(model, [incident(3, state="NEW")])
    assert spies.counts() == {"inserted": 1}
    assert model.ids() == ["case-3", "case-1"]
    assert model.data(model.index(0), ID_ROLE) == "case-3"


def test_a_changed_case_that_keeps_its_place_is_one_changed_row() -> None:
    model = model_of([incident(n, known_at=NOW - timedelta(hours=n)) for n in range(5)])
    spies = Spies(model)
    feed(model, [incident(2, title="货车追尾", known_at=NOW - timedelta(hours=2))])
    assert spies.counts() == {"changed": 1}


def test_an_accepted_case_moves_down() -> None:
    model = model_of([incident(1, state="NEW"), incident(2, state="VERIFYING")])
    spies = Spies(model)
    feed(model, [incident(1, state="CONFIRMED")])
    assert spies.counts() == {"moved": 1, "changed": 1}
    assert model.ids() == ["case-2", "case-1"]


def test_a_closed_case_is_one_removed_row() -> None:
    model = model_of([incident(1), incident(2)])
    spies = Spies(model)
    feed(model, [incident(1, state="CLOSED")])
    assert spies.counts() == {"removed": 1}
    feed(model, [], ["case-2", "unknown"])
    assert spies.counts() == {"removed": 2}
    assert model.ids() == []


def test_a_case_that_the_filter_hides_changes_nothing_on_screen() -> None:
    model = model_of([incident(1, state="CLOSED")])
    spies = Spies(model)
    feed(model, [incident(1, state="CLOSED", title="又改了")])
    assert spies.counts() == {}


def test_two_hundred_changes_never_reset_the_model() -> None:
    cases = [incident(n, known_at=NOW - timedelta(seconds=n)) for n in range(1000)]
    model = model_of(cases, Filter(closed=True))
    spies = Spies(model)
    states = ["NEW", "VERIFYING", "CONFIRMED", "CLOSED"]
    feed(model, [incident(n, state=states[n % 4], version=2) for n in range(200)])
    counts = spies.counts()
    assert "reset" not in counts
    assert sum(counts.get(name, 0) for name in ("changed", "inserted", "removed")) == 200


def test_a_first_load_is_laid_out_at_once() -> None:
    model = model_of()
    spies = Spies(model)
    feed(model, [incident(n) for n in range(BULK + 1)])
    assert spies.counts() == {"reset": 1}
    assert model.rowCount() == BULK + 1


def test_a_new_filter_resets_once() -> None:
    model = model_of([incident(1), incident(2, type="FIR")])
    spies = Spies(model)
    model.ask(Filter(types=frozenset({"FIR"})), Sort.TIME)
    assert spies.counts() == {"reset": 1}
    assert model.ids() == ["case-2"]


def test_a_mark_on_a_row_follows_its_case_and_not_the_slot() -> None:
    model = model_of([incident(1, state="NEW"), incident(2, state="CONFIRMED")])
    mark = QPersistentModelIndex(model.index(0))
    feed(model, [incident(1, state="CONFIRMED", known_at=NOW - timedelta(days=9))])
    assert mark.data(ID_ROLE) == "case-1"
    feed(model, [incident(3, state="NEW")], ["case-1"])
    assert not mark.isValid()


def test_touched_rows_are_described_anew() -> None:
    asked: list[str] = []

    def describe(incident_id: str) -> Card | None:
        asked.append(incident_id)
        return None

    model = QueueModel(QueueIndex(str, str), describe)
    feed(model, [incident(1), incident(2)])
    for _ in range(2):
        model.data(model.index(0), Qt.ItemDataRole.DisplayRole)
    model.touch([model.id_at(0), "unknown"])
    model.data(model.index(0), Qt.ItemDataRole.DisplayRole)
    assert len(asked) == 2
    spies = Spies(model)
    model.touch()
    assert spies.counts() == {"changed": 1}


CASES = st.builds(
    incident,
    st.integers(0, 7),
    state=st.sampled_from(["NEW", "VERIFYING", "CONFIRMED", "RESPONDING", "CLOSED", "MERGED"]),
    severity=st.sampled_from([None, "I", "III", "IV", "Z"]),
    type=st.sampled_from([None, "ACC", "FIR"]),
    title=st.sampled_from(["三车追尾", "抛洒物", "Fire", ""]),
    owner_id=st.sampled_from([None, "u1", "u2"]),
    place=st.sampled_from([Place(), Place(route_code="S11", adcode="120116")]),
    known_at=st.integers(0, 3).map(lambda hours: NOW - timedelta(hours=hours)),
    state_since=st.integers(0, 9).map(lambda minutes: NOW - timedelta(minutes=minutes)),
)
BATCHES = st.lists(
    st.tuples(
        st.lists(CASES, max_size=6, unique_by=lambda case: case.id),
        st.lists(st.integers(0, 7).map("case-{}".format), max_size=2),
    ),
    max_size=8,
)
WANTED = st.builds(
    Filter,
    closed=st.booleans(),
    mine=st.booleans(),
    unaccepted=st.booleans(),
    level=st.sampled_from(["", "III"]),
    types=st.sampled_from([frozenset(), frozenset({"FIR", ""})]),
    routes=st.sampled_from([frozenset(), frozenset({"S11"})]),
    text=st.sampled_from(["", "追尾", "fire", "0003"]),
)


@settings(max_examples=150)
@given(BATCHES, WANTED, st.sampled_from(Sort))
def test_rows_kept_one_by_one_equal_rows_computed_anew(
    batches: list[tuple[list[Incident], list[str]]], wanted: Filter, sort: Sort
) -> None:
    model = model_of()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.ask(wanted, sort)
    known: dict[str, Incident] = {}
    for cases, drops in batches:
        for incident_id in drops:
            known.pop(incident_id, None)
        known.update({case.id: case for case in cases})
        feed(model, cases, drops)
        anew = model_of(known.values(), wanted)
        anew.ask(wanted, sort)
        assert model.ids() == anew.ids()
        assert [model.row_of(incident_id) for incident_id in model.ids()] == [
            *range(model.rowCount())
        ]
    del tester


def test_a_batch_of_all_cases_in_another_order_is_told_apart() -> None:
    model = model_of([incident(1), incident(2)])
    feed(model, [incident(2, state="CLOSED"), incident(1)])
    assert model.ids() == ["case-1"]
