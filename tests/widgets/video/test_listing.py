"""A listing changes by stretches of rows and keeps what it shows in step with its signals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from widgets.shared.camera_drag import camera_of
from widgets.shared.row_model import Index
from widgets.video.listing import Listing


class Letters(Listing):
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self.value(index.row()) if role == Qt.ItemDataRole.DisplayRole else None


class Mirror:
    """A view's idea of the rows, kept by the signals alone."""

    def __init__(self, model: Listing) -> None:
        self.model = model
        self.rows: list[str] = []
        self.changed: list[int] = []
        self.resets = 0
        self.moves = 0
        model.rowsInserted.connect(self._on_inserted)
        model.rowsRemoved.connect(self._on_removed)
        model.dataChanged.connect(self._on_changed)
        model.modelReset.connect(self._on_reset)

    def _on_inserted(self, _: QModelIndex, first: int, last: int) -> None:
        self.rows[first:first] = [self.model.id_at(row) for row in range(first, last + 1)]
        self.moves += 1

    def _on_removed(self, _: QModelIndex, first: int, last: int) -> None:
        del self.rows[first : last + 1]
        self.moves += 1

    def _on_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self.changed += range(first.row(), last.row() + 1)

    def _on_reset(self) -> None:
        self.resets += 1


@pytest.fixture
def model(qtbot: QtBot) -> Iterator[Listing]:
    made = Letters()
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield made
    del tester


def show(model: Listing, text: str, values: str = "") -> None:
    """Rows named by letters; `values` give each its value, else its own letter."""
    model.show(list(text), dict(zip(text, values or text, strict=True)))


rows = st.permutations("abcdefghij").flatmap(
    lambda letters: st.integers(0, 10).map(lambda n: "".join(letters[:n]))
)


@given(before=rows, after=rows)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_signals_lead_from_any_rows_to_any_others(before: str, after: str) -> None:
    model = Letters()
    mirror = Mirror(model)
    show(model, before)
    show(model, after)
    assert "".join(mirror.rows) == after == "".join(model.ids())
    assert [model.row_of(letter) for letter in after] == list(range(len(after)))
    assert mirror.resets == 0


def test_one_row_that_comes_is_one_insertion(model: Listing) -> None:
    show(model, "abde")
    mirror = Mirror(model)
    mirror.rows = list("abde")
    show(model, "abcde")
    assert (mirror.moves, mirror.changed) == (1, [])


def test_row_that_moves_leaves_the_others_alone(model: Listing) -> None:
    show(model, "abcdef")
    mirror = Mirror(model)
    mirror.rows = list("abcdef")
    show(model, "bcdeaf")
    assert mirror.moves == 2
    assert mirror.rows == list("bcdeaf")


def test_only_changed_values_are_told(model: Listing) -> None:
    show(model, "abcd", "1111")
    mirror = Mirror(model)
    show(model, "abcd", "1221")
    assert mirror.changed == [1, 2]
    show(model, "abcd", "1221")
    assert mirror.changed == [1, 2]


def test_row_carries_its_camera(model: Listing) -> None:
    show(model, "ab")
    assert camera_of(model.mimeData([model.index(1, 0)])) == "b"
