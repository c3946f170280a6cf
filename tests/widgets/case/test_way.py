"""The way of a case from the first call to its end, with both hands on the keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from app.domain.incident import Casualties, Incident, IncidentDetail
from app.domain.roles import Role
from app.services import Services
from tests.support.fake_services import USERS, incident, put
from tests.support.typing_hands import compose, focus, key, keys, send, tab
from tests.widgets.case.conftest import Open
from widgets.case.panel import CasePanel


def the_case(services: Services) -> Incident:
    case = services.store.get("incident", "case-1")
    assert isinstance(case, Incident)
    return case


def act(panel: CasePanel, event: str) -> QPushButton:
    button = panel.findChild(QPushButton, f"act-{event}")
    assert button is not None, event
    return button


def press(panel: CasePanel, event: str) -> None:
    """Press an act's button with the space bar."""
    button = act(panel, event)
    assert button.isEnabled(), button.text()
    button.setFocus()
    key(Qt.Key.Key_Space)


def walk_to(panel: CasePanel, field: str) -> None:
    """Tab to a field of the open form."""
    form = panel.page.forms.form
    assert form is not None
    for _ in range(30):
        if form.editor(field).isAncestorOf(focus()):
            return
        tab()
    pytest.fail(f"no way by Tab to {field}")


def sign(panel: CasePanel, field: str) -> None:
    """Walk to a statement and tick it."""
    walk_to(panel, field)
    key(Qt.Key.Key_Space)


def test_a_case_goes_from_report_to_close_by_keyboard(services: Services, open_case: Open) -> None:
    services.store.apply(put(incident(1)))
    panel = open_case("case-1")

    def state() -> str:
        return str(the_case(services).state)

    press(panel, "ACCEPT")
    assert state() == "VERIFYING"

    press(panel, "CONFIRM")
    keys("VIDEO")
    send()
    assert state() == "CONFIRMED"

    press(panel, "CLASSIFY")
    keys("IV")
    walk_to(panel, "basis")
    compose("轻伤 1 人")
    send()
    assert the_case(services).severity == "IV"

    press(panel, "START_RESPONSE")
    sign(panel, "on_scene_statement")
    send()
    assert state() == "RESPONDING"

    press(panel, "CONTROL")
    compose("车辆已移至应急车道")
    sign(panel, "no_growth_statement")
    send()
    assert state() == "CONTROLLED"

    press(panel, "CLEAR")
    sign(panel, "signs_statement")
    send()
    assert state() == "CLEARED"

    for duty in services.store.of_incident("obligation", "case-1"):
        if duty.state == "OPEN":
            fields = {"sent_at": services.clock.now().isoformat()}
            assert services.commands.fire("obligation", duty.id, "SEND", fields) == ()

    press(panel, "CLOSE")
    keys("0")
    walk_to(panel, "cause")
    compose("车距过近")
    sign(panel, "no_open_work_statement")
    send()
    assert state() == "CLOSED"
    assert act(panel, "REOPEN").isEnabled()


def test_the_timeline_tells_every_step_of_the_way(services: Services, open_case: Open) -> None:
    services.store.apply(put(incident(1)))
    panel = open_case("case-1")
    services.commands.fire("incident", "case-1", "ACCEPT", {})
    heads = [row.entry.event for row in panel.page.timeline.rows()]
    assert heads == ["ACCEPT"]


def test_grey_acts_say_what_is_missing(services: Services, open_case: Open) -> None:
    case = incident(1, state="CLEARED", severity="II")
    services.store.apply(put(case))
    panel = open_case("case-1")
    close = act(panel, "CLOSE")
    assert not close.isEnabled()
    assert close.text() == "结案 · 需带班领导"


def test_the_response_waits_for_the_level(services: Services, open_case: Open) -> None:
    services.store.apply(put(incident(1, state="CONFIRMED")))
    panel = open_case("case-1")
    start = act(panel, "START_RESPONSE")
    assert (start.isEnabled(), start.text()) == (False, "开始处置 · 尚未定级")
    assert panel.findChild(QPushButton, "act-RECLASSIFY") is None


def test_required_fields_are_asked_for_at_the_field(services: Services, open_case: Open) -> None:
    services.store.apply(put(incident(1, state="RESPONDING", severity="IV")))
    panel = open_case("case-1")
    press(panel, "CONTROL")
    send()
    form = panel.page.forms.form
    assert form is not None
    assert form.problem("scene_statement") == "缺少现场情况"
    assert form.problem("no_growth_statement") == "请勾选确认"
    assert the_case(services).state == "RESPONDING"


def test_escape_puts_the_form_away_and_keeps_what_was_typed(
    services: Services, open_case: Open
) -> None:
    services.store.apply(put(incident(1, state="VERIFYING")))
    panel = open_case("case-1")
    press(panel, "REJECT")
    compose("查无此事")
    key(Qt.Key.Key_Escape)
    assert panel.page.forms.form is None
    press(panel, "REJECT")
    form = panel.page.forms.form
    assert form is not None and form.values() == {"reason": "查无此事"}


def test_what_was_typed_stays_with_its_case_while_another_is_shown(
    services: Services, open_case: Open
) -> None:
    services.store.apply(put(incident(1, state="VERIFYING"), incident(2, state="VERIFYING")))
    panel = open_case("case-1")
    press(panel, "REJECT")
    compose("查无此事")
    panel.show_incident("case-2")
    press(panel, "REJECT")
    form = panel.page.forms.form
    assert form is not None and form.values() == {"reason": None}
    panel.show_incident("case-1")
    press(panel, "REJECT")
    form = panel.page.forms.form
    assert form is not None and form.values() == {"reason": "查无此事"}


def test_a_change_by_another_seat_is_told_in_the_open_form(
    services: Services, open_case: Open
) -> None:
    case = incident(1, state="VERIFYING")
    services.store.apply(put(case))
    panel = open_case("case-1")
    press(panel, "CONFIRM")
    keys("VIDEO")
    assert case.detail is not None
    other = replace(case.detail, updated_by=USERS[Role.DISPATCHER].id)
    services.store.apply(put(replace(case, version=2, detail=other)))
    form = panel.page.forms.form
    assert form is not None
    assert "王芳" in form.news() and "第 1 → 2 版" in form.news()
    assert form.values()["verify_method"] == "VIDEO"


def test_an_act_that_another_seat_made_impossible_says_why(
    services: Services, open_case: Open
) -> None:
    case = incident(1, state="VERIFYING")
    services.store.apply(put(case))
    panel = open_case("case-1")
    press(panel, "REJECT")
    compose("查无此事")
    services.store.apply(put(replace(case, version=2, state="RESPONDING")))
    form = panel.page.forms.form
    assert form is not None
    assert "当前状态不可误报" in form.news()
    assert form.values()["reason"] == "查无此事"


def test_a_level_is_proposed_from_the_casualties(services: Services, open_case: Open) -> None:
    detail = IncidentDetail(casualties=Casualties(dead=0, serious=12))
    services.store.apply(put(incident(1, state="CONFIRMED", detail=detail)))
    services.session.user = USERS[Role.DUTY_LEADER]
    panel = open_case("case-1")
    press(panel, "CLASSIFY")
    adopt = next(b for b in panel.findChildren(QPushButton) if b.text() == "采用")
    adopt.click()
    form = panel.page.forms.form
    assert form is not None
    assert form.values() == {"severity": "III", "basis": "死亡 0 · 重伤 12"}


def test_a_duplicate_is_merged_and_leads_to_its_target(services: Services, open_case: Open) -> None:
    services.store.apply(put(incident(1, state="VERIFYING"), incident(2, title="先报的事件")))
    panel = open_case("case-1")
    press(panel, "MERGE_INTO")
    choose = next(b for b in panel.findChildren(QPushButton) if b.text() == "选此")
    choose.click()
    send()
    assert the_case(services).state == "MERGED"
    labels = [label.text() for label in panel.findChildren(QLabel)]
    assert "此事件已并入 INC-20261122-0002 先报的事件" in labels
    next(b for b in panel.findChildren(QPushButton) if b.text() == "打开目标事件").click()
    assert panel.incident_id == "case-2"
    merged = services.store.of_incident("entry", "case-2")
    assert [entry.event for entry in merged] == ["MERGE_INTO"]


def test_nobodys_case_is_taken_at_once_and_a_colleagues_with_a_reason(
    services: Services, open_case: Open
) -> None:
    services.store.apply(
        put(
            incident(1, state="VERIFYING"),
            incident(2, state="VERIFYING", owner_id="user-dispatcher"),
        )
    )
    panel = open_case("case-1")
    take = next(b for b in panel.findChildren(QPushButton) if b.text() == "接管")
    take.click()
    assert the_case(services).owner_id == "user-shift_chief"
    panel.show_incident("case-2")
    take.click()
    send()
    form = panel.page.forms.form
    assert form is not None and form.problem("reason") == "接管他人事件须写原因"
