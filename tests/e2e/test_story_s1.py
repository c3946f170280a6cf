"""Story S1: a tanker on its side in fog, from the call at 06:12 to its level and its clocks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.domain.incident import Incident
from app.link import LinkState
from tests.e2e.hands import (
    OpenDesk,
    ServerAt,
    StartBackend,
    act,
    case_panel,
    fill,
    said,
    sign_in,
    wait_sent,
)
from tests.support.handbook import CHIEF, DISPATCHER, S1_CALL, fixture
from tests.support.line import Line
from tests.support.server import Server
from widgets.report.panel import ReportPanel
from widgets.tour.driver import Desk

CALL = "罐车侧翻,车牌冀B12345,未见泄漏,雾中能见度 180 米"


@pytest.mark.slow
def test_a_tanker_on_its_side_is_reported_confirmed_and_classified_by_keyboard(
    qtbot: QtBot,
    database_url: str,
    start_backend: StartBackend,
    server_at: ServerAt,
    line: Line,
    open_desk: OpenDesk,
) -> None:
    backend = start_backend(fixture(), S1_CALL + timedelta(minutes=3), database_url)
    line.lead_to(backend.url)
    desk = open_desk(line)
    sign_in(qtbot, desk, DISPATCHER)
    qtbot.waitUntil(lambda: bool(desk.services.store.all("route")))
    report(qtbot, desk)
    qtbot.waitUntil(lambda: our_case(desk).number == "INC-20260715-0001")
    confirm(qtbot, desk)
    cameras_stand_in_order(qtbot, desk)
    desk.press("Ctrl+Shift+U")
    sign_in(qtbot, desk, CHIEF)
    classify(qtbot, desk)
    wait_sent(qtbot, desk.services)
    clocks_end_at(qtbot, desk, "06:42", "07:12")
    the_server_has_it_all(server_at(backend.url), our_case(desk).id)


def report(qtbot: QtBot, desk: Desk) -> None:
    desk.press("F2")
    qtbot.waitUntil(lambda: desk.find(ReportPanel) is not None)
    panel = desk.find(ReportPanel)
    assert panel is not None
    form = panel.form
    desk.walk_to(form.editor("source"))
    desk.keys("12122")
    desk.walk_to(form.editor("caller"))
    desk.type("张先生")
    desk.walk_to(form.editor("caller_number"))
    desk.keys("13800001234")
    desk.walk_to(form.editor("type"))
    desk.keys("HA")
    desk.walk_to(form.editor("subtype"))
    desk.keys("4")
    desk.walk_to(form.editor("place"))
    desk.type("G25 K1102+300 下行")
    desk.walk_to(form.editor("casualties"))
    desk.keys("0")
    desk.press("Tab")
    desk.keys("1")
    desk.walk_to(form.editor("hazmat"))
    desk.keys("1203")
    desk.walk_to(form.editor("text"))
    desk.type(CALL)
    desk.walk_to(form.editor("known_at"))
    desk.press("Ctrl+A")
    desk.keys("0612")
    qtbot.waitUntil(lambda: (form.values()["place"] or {}).get("stake_m") == 1_102_300.0)
    desk.press("Ctrl+Return")
    qtbot.waitUntil(lambda: bool(desk.services.store.all("incident")))


def confirm(qtbot: QtBot, desk: Desk) -> None:
    panel = case_panel(desk)
    qtbot.waitUntil(lambda: panel.incident_id == our_case(desk).id)
    assert our_case(desk).state == "NEW"
    act(qtbot, desk, "ACCEPT")
    qtbot.waitUntil(lambda: our_case(desk).state == "VERIFYING")
    act(qtbot, desk, "CONFIRM")
    fill(desk, "verify_method", "VIDEO")
    form = panel.page.forms.form
    assert form is not None
    assert form.editor("subtype").value() == "HAZ.侧翻未漏"
    desk.press("Ctrl+Return")
    qtbot.waitUntil(lambda: (our_case(desk).state, our_case(desk).version) == ("CONFIRMED", 3))


def cameras_stand_in_order(qtbot: QtBot, desk: Desk) -> None:
    page = case_panel(desk).page
    page.show_tab("nearby")
    qtbot.waitUntil(lambda: "CAM-G25-1101" in said(page))
    shown = [text for text in said(page) if text.startswith("CAM-") or text.endswith(" m")]
    assert shown == ["750 m", "CAM-G25-1103", "500 m", "CAM-G25-1101"]


def classify(qtbot: QtBot, desk: Desk) -> None:
    """The level is the shift chief's: opened from the queue by search, number and Enter."""
    desk.press("Ctrl+K")
    qtbot.waitUntil(lambda: desk.find_named("paletteEdit") is not None)
    desk.focus(desk.widget("paletteEdit"))
    desk.keys("INC-20260715-0001")
    palette: Any = desk.window.palette_box
    qtbot.waitUntil(lambda: bool(palette.rows()))
    desk.press("Return")
    qtbot.waitUntil(lambda: case_panel(desk).incident_id == our_case(desk).id)
    act(qtbot, desk, "CLASSIFY")
    fill(desk, "severity", "IV")
    fill(desk, "basis", words="1 人重伤,无人员死亡,依据 493 号令")
    desk.press("Ctrl+Return")
    qtbot.waitUntil(lambda: our_case(desk).severity == "IV")


def clocks_end_at(qtbot: QtBot, desk: Desk, *times: str) -> None:
    page = case_panel(desk).page
    page.show_tab("duties")
    wanted = {f"时限 07-15 {time}" for time in times}
    qtbot.waitUntil(lambda: wanted <= set(said(page)))
    assert desk.services.link.now.state == LinkState.LIVE


def the_server_has_it_all(server: Server, incident_id: str) -> None:
    case = server.get("incident", incident_id)
    assert (case.state, case.severity, case.type, case.subtype, case.version) == (
        "CONFIRMED", "IV", "HAZ", "HAZ.侧翻未漏", 4,
    )  # fmt: skip
    assert case.known_at == S1_CALL
    assert (case.place.route_code, case.place.stake_m, case.place.direction) == (
        "G25", 1_102_300.0, "down",
    )  # fmt: skip
    assert (case.place.lon, case.place.lat) == pytest.approx((117.4, 39.1793), abs=1e-6)
    assert (case.detail.verify_method, case.detail.casualties.serious) == ("VIDEO", 1)
    assert (case.detail.hazmat.un, case.detail.text) == ("1203", CALL)
    due = {duty.report: duty.due_at - S1_CALL for duty in server.of_case("obligation", incident_id)}
    assert due == {"PHONE": timedelta(minutes=30), "WRITTEN": timedelta(hours=1)}
    told = sorted(server.of_case("entry", incident_id), key=lambda entry: entry.at)
    assert [(e.event, e.author_id, e.seat, e.to_state) for e in told] == [
        ("REPORT", DISPATCHER.id, "A-03", "NEW"),
        ("ACCEPT", DISPATCHER.id, "A-03", "VERIFYING"),
        ("CONFIRM", DISPATCHER.id, "A-03", "CONFIRMED"),
        ("CLASSIFY", CHIEF.id, "A-03", "CONFIRMED"),
    ]
    audited = server.audit(entity_id=incident_id)
    assert [row["event"] for row in audited] == [entry.event for entry in told]


def our_case(desk: Desk) -> Incident:
    case = desk.entity("incident", lambda case: True)
    assert isinstance(case, Incident)
    return case
