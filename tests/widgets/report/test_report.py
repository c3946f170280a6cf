"""A report from the first ring to the case, by keyboard alone."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.incident import Incident, Place
from app.domain.roles import Role
from app.domain.route import Route
from app.link import Link, LinkState
from app.messages import Message
from app.selection import Ref
from app.services import Services
from tests.support.fake_commands import FakeCommands
from tests.support.fake_services import (
    NOW,
    USERS,
    FakeClock,
    FakeDrafts,
    demo_entities,
    incident,
    put,
)
from tests.support.typing_hands import compose, focus, key, keys, send, tab
from tests.widgets.report.conftest import Begin
from widgets.report.panel import ReportPanel
from widgets.shared.place import PlaceEditor


def only_case(services: Services) -> Incident:
    cases = list(services.store.all("incident").values())
    assert len(cases) == 1
    return cast(Incident, cases[0])


def walk_to(panel: ReportPanel, field: str) -> None:
    editor = panel.form.editor(field)
    for _ in range(30):
        if editor is focus() or editor.isAncestorOf(focus()):
            return
        tab()
    pytest.fail(f"no way by Tab to {field}")


def test_a_whole_call_is_reported_by_keyboard(
    services: Services, begin: Begin, qtbot: QtBot
) -> None:
    services.store.apply(put(*demo_entities(Route, "routes")))
    opened: list[Ref] = []
    services.selection.opened.connect(opened.append)
    panel = begin()
    keys("121")
    tab()
    compose("张先生")
    tab()
    keys("13800001234")
    tab()
    keys("HA")
    tab()
    keys("4")
    tab()
    compose("S11 K40+300 下行")
    walk_to(panel, "lanes")
    key(Qt.Key.Key_Space)
    walk_to(panel, "casualties")
    keys("0")
    tab()
    keys("1")
    walk_to(panel, "text")
    compose("罐车侧翻,未见泄漏")
    send()
    qtbot.waitUntil(lambda: bool(opened))
    case = only_case(services)
    assert opened == [Ref("incident", case.id)]
    assert (case.source, case.type, case.subtype) == ("12122", "HAZ", "HAZ.侧翻未漏")
    assert (case.place.route_code, case.place.stake_m, case.place.direction) == (
        "S11", 40300.0, "down",
    )  # fmt: skip
    assert case.known_at == NOW
    detail = case.detail
    assert detail is not None
    assert (detail.caller, detail.caller_number) == ("张先生", "13800001234")
    assert detail.lanes == ("第1车道",)
    assert (detail.casualties.dead, detail.casualties.serious) == (0, 1)
    assert detail.casualties.light is None


def test_the_keys_of_a_hotline_are_its_number(services: Services, begin: Begin) -> None:
    panel = begin()
    source = panel.form.editor("source")
    for typed, code in (("122", "122"), ("1234", "12345"), ("V", "VIDEO"), ("11", "110")):
        key(Qt.Key.Key_Backspace)
        keys(typed)
        assert source.value() == code


def test_the_clock_of_the_case_starts_when_the_call_comes_in(
    services: Services, begin: Begin, qtbot: QtBot
) -> None:
    panel = begin()
    cast(FakeClock, services.clock).advance(minutes=2)
    keys("110")
    walk_to(panel, "text")
    compose("路面积水")
    send()
    qtbot.waitUntil(lambda: bool(services.store.all("incident")))
    assert only_case(services).known_at == NOW


def test_what_is_missing_is_said_at_its_field(services: Services, begin: Begin) -> None:
    panel = begin()
    send()
    labels = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert "缺少来源" in labels
    assert not services.store.all("incident")


def test_a_place_that_is_not_found_is_kept_as_words(
    services: Services, begin: Begin, qtbot: QtBot
) -> None:
    panel = begin()
    keys("110")
    walk_to(panel, "type")
    keys("B")
    walk_to(panel, "place")
    compose("老码头旁的小路")
    send()
    qtbot.waitUntil(lambda: bool(services.store.all("incident")))
    place = only_case(services).place
    assert (place.text, place.resolved) == ("老码头旁的小路", False)


def test_offline_the_number_is_said_to_be_provisional(
    services: Services, begin: Begin, qtbot: QtBot
) -> None:
    cast(FakeCommands, services.commands).online = False
    services.link.now = Link(state=LinkState.OFFLINE, since=NOW)
    told: list[Message] = []
    services.messages.posted.connect(told.append)
    panel = begin()
    keys("110")
    walk_to(panel, "text")
    compose("路面积水")
    send()
    qtbot.waitUntil(lambda: bool(told))
    number = f"临-{only_case(services).id[:4].upper()}"
    assert told[-1].text == f"已存本机,临时号 {number};联网后由服务器编正式号"


def test_a_crash_loses_nothing_that_was_typed(
    services: Services, begin: Begin, qtbot: QtBot
) -> None:
    panel = begin()
    keys("121")
    walk_to(panel, "text")
    compose("罐车侧翻<b>")
    drafts = cast(FakeDrafts, services.drafts)
    qtbot.waitUntil(lambda: bool(drafts.kept))
    again = begin()  # another process would build the panel on the same drafts
    values = again.form.values()
    assert (values["source"], values["text"]) == ("12122", "罐车侧翻<b>")
    assert values["known_at"] == panel.form.values()["known_at"]


def test_escape_keeps_the_draft_and_sending_drops_it(
    services: Services, begin: Begin, qtbot: QtBot
) -> None:
    panel = begin()
    left: list[str] = []
    services.selection.left.connect(left.append)
    keys("110")
    key(Qt.Key.Key_Escape)
    assert left == ["report"]
    assert len(services.drafts.ids()) == 1
    panel.begin()
    assert panel.form.values()["source"] == "110"
    walk_to(panel, "text")
    compose("路面积水")
    send()
    qtbot.waitUntil(lambda: bool(services.store.all("incident")))
    assert services.drafts.ids() == []


def test_a_second_call_leaves_the_first_as_a_draft(services: Services, begin: Begin) -> None:
    panel = begin()
    keys("110")
    panel.begin_another()
    assert panel.form.values()["source"] is None
    keys("119")
    panel.put_away()
    assert len(services.drafts.ids()) == 2
    first = next(
        chip for chip in panel.findChildren(QPushButton) if chip.text() == "12:34 未写内容"
    )
    first.click()
    assert panel.form.values()["source"] in ("110", "119")


def test_a_blank_form_is_no_draft(services: Services, begin: Begin) -> None:
    panel = begin()
    panel.put_away()
    assert services.drafts.ids() == []


def test_the_same_place_hints_at_the_case_that_is_there(
    services: Services, begin: Begin, qtbot: QtBot
) -> None:
    place = Place(text="S11 K40+300", route_id="S11", route_code="S11", stake_m=40300.0,
                  direction="down")  # fmt: skip
    old = incident(1, place=place, known_at=NOW - timedelta(minutes=5))
    far = incident(2, place=Place(lon=110.0, lat=30.0))
    services.store.apply(put(old, far))
    panel = begin()
    keys("110")
    panel.form.editor("place").set_value(place)
    panel.form.changed.emit()
    qtbot.waitUntil(lambda: [case.id for case in panel.duplicates.found] == ["case-1"])
    walk_to(panel, "text")
    compose("又有一车追尾")
    join = next(b for b in panel.findChildren(QPushButton) if b.text() == "并入已有事件")
    join.click()
    entry = services.store.of_incident("entry", "case-1")[0]
    assert (entry.event, entry.source, entry.text) == ("ADD_REPORT", "110", "又有一车追尾")
    assert len(services.store.all("incident")) == 2
    assert services.drafts.ids() == []


def test_a_role_without_the_right_sees_why(services: Services, begin: Begin) -> None:
    services.session.user = USERS[Role.AUDITOR]
    panel = begin()
    grey = next(b for b in panel.findChildren(QPushButton) if b.text().startswith("接报 · "))
    assert not grey.isEnabled()
    assert "值班员" in grey.text()


def test_a_place_that_resolves_while_it_is_sent_does_not_stop_the_report(
    services: Services, begin: Begin, qtbot: QtBot
) -> None:
    services.store.apply(put(*demo_entities(Route, "routes")))
    panel = begin()
    keys("121")
    walk_to(panel, "place")
    compose("S11 K40+300 下行")
    walk_to(panel, "text")
    compose("路面积水")
    place = cast(PlaceEditor, panel.form.editor("place"))
    place.edit.returnPressed.emit()  # the editor asks first, so it also hears first
    send()
    qtbot.waitUntil(lambda: bool(services.store.all("incident")))
    assert only_case(services).place.stake_m == 40300.0
