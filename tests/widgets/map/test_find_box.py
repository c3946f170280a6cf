"""Finding places on the map by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.route import Route
from app.services import Services
from tests.support.fake_services import demo_entities, put
from widgets.map.find_box import FindBox


@pytest.fixture
def box(qtbot: QtBot, services: Services) -> Iterator[FindBox]:
    services.store.apply(put(*demo_entities(Route, "routes")))
    window = QWidget()
    made = FindBox(services.places, window)
    qtbot.addWidget(window)
    window.show()
    yield made


def typed(qtbot: QtBot, box: FindBox, words: str) -> None:
    QTest.keyClicks(box.edit, words)
    qtbot.waitUntil(lambda: bool(box.sentence) or box.list.count() > 0, timeout=15_000)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("G2 K900+300", "G2 的桩号在"),
        ("G9999 K1+000", "没有路线 G9999"),
        ("G2 K110+1300", "桩号的米数应小于 1000"),
        ("qqqqqq", "没有找到“qqqqqq”"),
    ],
)
def test_what_is_no_place_is_told_in_words(
    qtbot: QtBot, box: FindBox, words: str, sentence: str
) -> None:
    typed(qtbot, box, words)
    assert box.sentence.startswith(sentence)
    assert box.list.count() == 0


def test_a_stake_is_offered_for_both_ways_and_chosen_by_key(qtbot: QtBot, box: FindBox) -> None:
    typed(qtbot, box, "G2 K110+300")
    assert box.list.count() == 2
    QTest.keyClick(box.edit, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.chosen) as chosen:
        QTest.keyClick(box.edit, Qt.Key.Key_Return)
    place = chosen.args[0].place
    assert (place.route_code, place.stake_m, place.direction) == ("G2", 110300.0, "down")
    assert place.has_point


def test_enter_before_the_answer_takes_the_first(qtbot: QtBot, box: FindBox) -> None:
    QTest.keyClicks(box.edit, "117.7023, 38.9784 GCJ-02")
    with qtbot.waitSignal(box.chosen, timeout=15_000) as chosen:
        QTest.keyClick(box.edit, Qt.Key.Key_Return)
    assert chosen.args[0].label.endswith("WGS-84 ← GCJ-02")
    assert chosen.args[0].place.lon < 117.70


def test_escape_gives_the_keyboard_back(qtbot: QtBot, box: FindBox) -> None:
    with qtbot.waitSignal(box.left):
        QTest.keyClick(box.edit, Qt.Key.Key_Escape)
