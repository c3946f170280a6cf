from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.fields import read_field
from app.domain.incident import Casualties, Hazmat, Place
from app.domain.machine import MACHINES, Field
from app.domain.route import Route
from app.services import Services
from tests.support.fake_services import NOW, demo_entities, fake_services, incident, put
from widgets.shared.choices import ChoiceEditor
from widgets.shared.clock_bar import span_text
from widgets.shared.editor import NoteEditor, NumberEditor
from widgets.shared.fields import editor_for
from widgets.shared.moment import TimeEditor, read_time
from widgets.shared.place import PlaceEditor


@pytest.fixture
def services(qapp: QApplication) -> Iterator[Services]:
    made = fake_services()
    made.store.apply(put(incident(1), *demo_entities(Route, "routes")))
    yield made
    made.tasks.shutdown()


OWN_FORMS = {"facts", "attachment"}
VALUES: dict[str, Any] = {
    "text": "京A12345 追尾",
    "note": "第一行\n<b>第二行</b> 😀",
    "choice": "HAZ",
    "time": datetime(2026, 11, 22, 4, 6, 30, tzinfo=UTC),
    "number": 2100.0,
    "statement": True,
    "user": "user-dispatcher",
    "incident": "case-1",
    "severity": "III",
    "place": Place(text="G2 K110+300 北京方向", route_id="x", route_code="G2", stake_m=110300.0,
                   direction="up", lon=117.0, lat=39.5),
    "casualties": Casualties(dead=0, serious=12, light=9),
    "hazmat": Hazmat(un="1203", amount_t=28.0, leak=False),
    "lanes": ("第2车道", "应急车道", "港池道口"),
}  # fmt: skip


def field(kind: str) -> Field:
    return Field("type" if kind == "choice" else kind, kind, "incident_type")


def test_every_type_of_the_machine_tables_has_an_editor() -> None:
    types = {f.type for rows in MACHINES.values() for row in rows for f in row.fields}
    assert types - OWN_FORMS <= VALUES.keys()


@pytest.mark.parametrize("kind", VALUES)
def test_an_editor_gives_back_what_it_was_given(
    kind: str, services: Services, qtbot: QtBot
) -> None:
    editor = editor_for(field(kind), services)
    qtbot.addWidget(editor)
    assert editor.value() is None
    editor.set_value(VALUES[kind])
    assert read_field(field(kind), editor.value(), services.rules) == VALUES[kind]
    editor.set_value(None)
    assert editor.value() is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12:06", "2026-11-22T04:06:00+00:00"),
        ("１２：０６", "2026-11-22T04:06:00+00:00"),
        ("1206", "2026-11-22T04:06:00+00:00"),
        ("23:58", "2026-11-22T15:58:00+00:00"),
        ("11-21 23:58", "2026-11-21T15:58:00+00:00"),
        ("2025-01-02 03:04:05", "2025-01-01T19:04:05+00:00"),
    ],
)
def test_a_time_is_read_as_shanghai_and_kept_as_utc(text: str, expected: str) -> None:
    assert read_time(text, NOW).isoformat() == expected


def test_a_time_without_a_day_is_the_nearest_one() -> None:
    after_midnight = datetime(2026, 11, 21, 16, 5, tzinfo=UTC)  # 00:05 on the 22nd
    assert read_time("23:58", after_midnight).isoformat() == "2026-11-21T15:58:00+00:00"


@pytest.mark.parametrize("text", ["25:00", "12:60", "明天", "13-01 10:00", ""])
def test_a_text_that_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_time(text, NOW)


def test_now_fills_in_the_seat_s_time(services: Services, qtbot: QtBot) -> None:
    editor = TimeEditor(services.clock)
    qtbot.addWidget(editor)
    with qtbot.waitSignal(editor.changed):
        editor._now.click()
    assert editor.value() == NOW.isoformat()
    assert editor.edit.text() == "2026-11-22 12:34"


def test_a_number_in_words_is_a_problem_and_no_value(qtbot: QtBot) -> None:
    editor = NumberEditor()
    qtbot.addWidget(editor)
    with qtbot.waitSignal(editor.problem) as told:
        QTest.keyClicks(editor.edit, "two")
    assert told.args == ["请填数字"]
    assert editor.value() is None
    editor.edit.clear()
    QTest.keyClicks(editor.edit, "2,100")
    assert (editor.value(), editor.what_is_wrong()) == (2100.0, "")


def test_a_note_beyond_the_limit_says_by_how_much(qtbot: QtBot) -> None:
    editor = NoteEditor(limit=5)
    qtbot.addWidget(editor)
    with qtbot.waitSignal(editor.problem) as told:
        editor.edit.setPlainText("一二三四五六七")
    assert told.args == ["超出 2 字"]


def test_a_choice_is_made_by_words_or_code_and_nothing_else(
    services: Services, qtbot: QtBot
) -> None:
    editor = editor_for(field("choice"), services)
    qtbot.addWidget(editor)
    assert isinstance(editor, ChoiceEditor)
    for text, code in (("危险货物事件", "HAZ"), ("haz", "HAZ"), ("飞碟", None)):
        editor.box.setEditText(text)
        assert editor.value() == code


def test_a_code_of_a_newer_server_survives_the_form(services: Services, qtbot: QtBot) -> None:
    editor = editor_for(field("choice"), services)
    qtbot.addWidget(editor)
    editor.set_value("UFO")
    assert editor.value() == "UFO"


@pytest.fixture
def place(services: Services, qtbot: QtBot) -> PlaceEditor:
    editor = PlaceEditor(services)
    qtbot.addWidget(editor)
    editor.show()
    return editor


def test_a_stake_with_its_direction_is_resolved(place: PlaceEditor, qtbot: QtBot) -> None:
    QTest.keyClicks(place.edit, "G2 K110+300 ")
    place.edit.setText("G2 K110+300 上行")
    place._on_text_edited("G2 K110+300 上行")
    qtbot.waitUntil(lambda: place.place().resolved)
    assert place.value()["route_code"] == "G2"  # type: ignore[index]  # resolved
    assert place.place().direction == "up"


def test_words_that_are_no_place_are_kept_as_words(place: PlaceEditor, qtbot: QtBot) -> None:
    place._on_text_edited("化工厂后门")
    qtbot.waitUntil(lambda: "没有找到" in place._status.text())
    assert place.place() == Place(text="化工厂后门")
    assert place.what_is_wrong() == ""


def test_an_impossible_stake_says_why(place: PlaceEditor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(place.problem) as told:
        place._on_text_edited("G2 K900+000")
    assert told.args == ["G2 的桩号在 K40+686 至 K148+587 之间"]
    assert place.value() is not None


def test_a_click_on_the_map_gives_point_stake_and_words(
    place: PlaceEditor, services: Services, qtbot: QtBot
) -> None:
    route = next(r for r in services.store.all("route").values() if r.code == "G2")
    lon, lat = route.carriages[0].line[50]
    with qtbot.waitSignal(services.selection.point_asked) as asked:
        place._pick.click()
    assert asked.args is not None
    asked.args[0](lon, lat)
    qtbot.waitUntil(lambda: place.place().route_code is not None)
    assert place.place().lon == pytest.approx(lon, abs=1e-5)


def test_an_answer_to_an_older_text_changes_nothing(place: PlaceEditor, services: Services) -> None:
    place._on_text_edited("G2 K110")
    routes = tuple(services.store.all("route").values())
    found = services.places._find("G2 K110 上行", 8, (routes, ()))
    place._on_text_edited("G2 K1105")
    place._on_found("G2 K110", found)
    assert place.place() == Place(text="G2 K1105")
    place._pause.stop()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (134, "2:14"), (-82, "1:22"), (11112, "3:05:12"), (187_200, "2天4时")],
)
def test_spans_are_short(seconds: float, text: str) -> None:
    assert span_text(seconds) == text


def test_arrow_and_enter_take_one_of_several_meanings(place: PlaceEditor, qtbot: QtBot) -> None:
    place.activateWindow()
    place.edit.setFocus()
    qtbot.waitUntil(place.edit.hasFocus)
    place.edit.setText("G2 K110+300")
    place._on_text_edited("G2 K110+300")
    popup = place._completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert place.place().direction == "up"
    assert place.edit.text() == "G2 K110+300 北京方向"
