"""The alarm list at work: order, acknowledging, jumping, sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from app.domain.alarm import Alarm
from app.domain.rules import load_rules
from app.messages import Message
from app.selection import Ref
from app.services import Services
from tests.support.fake_services import NOW, USERS, incident, put, running_services
from widgets.alarms.panel import AlarmsPanel
from widgets.alarms.row import AlarmRow, rule_text


def alarm(number: int, minutes: float = 5, **values: object) -> Alarm:
    at = NOW - timedelta(minutes=minutes)
    given = {
        "id": f"alarm-{number}", "version": 1, "rule": "UNACCEPTED", "incident_id": "case-1",
        "raised_at": at, "last_at": at,
    }  # fmt: skip
    return Alarm(**{**given, **values})  # type: ignore[arg-type]  # the caller's words


def acknowledged(number: int, minutes: float) -> Alarm:
    return alarm(number, minutes, acknowledged_by="user-dispatcher", acknowledged_at=NOW)


def panel_of(services: Services, qtbot: QtBot) -> AlarmsPanel:
    services.store.apply(put(incident(1, severity="III", title="三车追尾")))
    made = AlarmsPanel(services)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def services() -> Iterator[Services]:
    with running_services() as built:
        yield built


@pytest.fixture
def panel(services: Services, qtbot: QtBot) -> AlarmsPanel:
    return panel_of(services, qtbot)


def row(panel: AlarmsPanel, at: int = 0) -> AlarmRow:
    found = panel.model.value(at)
    assert isinstance(found, AlarmRow)
    return found


def test_unacknowledged_alarms_stand_on_top_the_newest_first(
    panel: AlarmsPanel, services: Services
) -> None:
    services.store.apply(
        put(alarm(1, 9), acknowledged(2, 1), alarm(3, 2), acknowledged(4, 60 * 30), alarm(5, 9999))
    )
    assert panel.model.ids() == ["alarm-3", "alarm-1", "alarm-5", "alarm-2"]


def test_a_row_says_what_rang_for_which_case_and_how_often(
    panel: AlarmsPanel, services: Services
) -> None:
    services.store.apply(put(alarm(1, 5, count=3, last_at=NOW)))
    shown = row(panel)
    assert shown.rule == "接报超过2分钟未受理"
    assert shown.case == "三车追尾 · S11 K23+300 下行"
    assert (shown.level, shown.sign, shown.count) == ("III", "事", 3)
    assert shown.rang == "12:29 – 12:34"


def test_the_rule_of_a_newer_server_is_shown_as_unknown() -> None:
    assert rule_text("TUNNEL_SMOKE", load_rules(), "zh") == "TUNNEL_SMOKE(未知)"


def test_acknowledging_tells_who_and_when_and_moves_the_row_down(
    panel: AlarmsPanel, services: Services
) -> None:
    services.store.apply(put(alarm(1, 1), alarm(2, 2)))
    reset = QSignalSpy(panel.model.modelReset)
    panel.view.step(1)
    QTest.keyClick(panel.view, Qt.Key.Key_Space)
    assert panel.model.ids() == ["alarm-2", "alarm-1"]
    assert row(panel, 1).acknowledged == "陈立 12:34 确认"
    assert panel.waiting_only.text() == "只看未确认 1"
    assert reset.count() == 0


def test_all_alarms_are_acknowledged_at_once(panel: AlarmsPanel, services: Services) -> None:
    services.store.apply(put(alarm(1), alarm(2), acknowledged(3, 1)))
    panel.acknowledge_all.click()
    assert all(row(panel, at).acknowledged for at in range(3))
    assert not panel.acknowledge_all.isEnabled()


def test_a_role_that_may_not_acknowledge_is_told_why(services: Services, qtbot: QtBot) -> None:
    services.session.sign_in(USERS["AUDITOR"].username, "secret-for-tests", lambda why: None)  # type: ignore[index]  # Role is a str
    panel = panel_of(services, qtbot)
    services.store.apply(put(alarm(1)))
    panel.view.step(1)
    assert not panel.acknowledge.isEnabled()
    assert panel.acknowledge.toolTip() == "您的角色只读"
    assert not panel.acknowledge_all.isEnabled()


def test_an_alarm_that_is_refused_meanwhile_is_reported(
    panel: AlarmsPanel, services: Services
) -> None:
    said: list[Message] = []
    services.messages.posted.connect(said.append)
    services.store.apply(put(alarm(1)))
    panel._acknowledge(["alarm-1", "alarm-1"])
    assert "1 条告警未能确认" in said[0].text


def test_enter_opens_the_case(panel: AlarmsPanel, services: Services) -> None:
    opened: list[Ref] = []
    services.selection.opened.connect(opened.append)
    services.store.apply(put(alarm(1)))
    QTest.keyClick(panel.view, Qt.Key.Key_J)
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    assert opened == [Ref("incident", "case-1")]


def test_a_new_title_of_the_case_changes_its_row_alone(
    panel: AlarmsPanel, services: Services
) -> None:
    services.store.apply(put(alarm(1), alarm(2, incident_id="case-2")))
    changed = QSignalSpy(panel.model.dataChanged)
    services.store.apply(put(incident(1, version=2, title="货车起火")))
    assert changed.count() == 1
    assert any(row(panel, at).case.startswith("货车起火") for at in range(2))


def test_only_what_waits_can_be_shown(panel: AlarmsPanel, services: Services) -> None:
    services.store.apply(put(alarm(1), acknowledged(2, 1)))
    panel.waiting_only.click()
    assert panel.model.ids() == ["alarm-1"]
    panel.waiting_only.click()
    assert panel.model.rowCount() == 2


def test_a_hidden_list_catches_up_when_shown(
    panel: AlarmsPanel, services: Services, qtbot: QtBot
) -> None:
    panel.hide()
    services.store.apply(put(alarm(1)))
    assert panel.model.rowCount() == 0
    with qtbot.waitExposed(panel):
        panel.show()
    assert panel.model.rowCount() == 1


def test_mute_is_a_preference_of_the_seat(panel: AlarmsPanel, services: Services) -> None:
    panel.sound.click()
    assert services.preferences.get("mute") is True
    assert panel.sound.text() == "已静音"
    services.preferences.set("mute", False)
    assert panel.sound.text() == "响铃"


def test_an_empty_list_says_what_will_come_here(panel: AlarmsPanel, services: Services) -> None:
    assert panel.empty.isVisible()
    services.store.apply(put(alarm(1)))
    assert panel.view.isVisible()
    services.store.apply(
        put(replace(alarm(1), version=2, acknowledged_by="x", acknowledged_at=NOW))
    )
    assert panel.model.rowCount() == 1
