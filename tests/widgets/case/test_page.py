"""Duties, surroundings, facts, files, presence, and when the page draws at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import cast

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.cases import Viewer
from app.domain.camera import Camera
from app.domain.district import District
from app.domain.incident import IncidentDetail, Place
from app.domain.obligation import Obligation
from app.domain.roles import Role
from app.messages import Message
from app.selection import Ref
from app.services import Services
from tests.support.fake_services import NOW, USERS, FakeCases, FakeClock, incident, put
from tests.support.typing_hands import compose, send
from tests.widgets.case.conftest import Open
from widgets.case.panel import CasePanel


def button(panel: CasePanel, text: str) -> QPushButton:
    return next(b for b in panel.findChildren(QPushButton) if b.text() == text and b.isVisible())


def said(panel: CasePanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def duty(minutes: float) -> Obligation:
    return Obligation(
        id="duty",
        version=1,
        incident_id="case-1",
        rule_id="PHONE_30",
        level="IV",
        recipient="市委市政府总值班室",
        report="PHONE",
        clock_from=NOW - timedelta(minutes=30 - minutes),
        due_at=NOW + timedelta(minutes=minutes),
    )


def test_the_next_duty_stands_as_a_banner_with_what_is_left(
    services: Services, open_case: Open
) -> None:
    services.store.apply(put(incident(1, state="CONFIRMED", severity="IV"), duty(5)))
    panel = open_case("case-1")
    assert "电话初报 应在 12:39 前报市委市政府总值班室" in said(panel)
    assert "剩 5:00" in said(panel)
    cast(FakeClock, services.clock).advance(minutes=6)
    panel.page.tick()
    assert "超时 1:00" in said(panel)


def test_a_late_report_asks_for_its_reason_at_the_field(
    services: Services, open_case: Open
) -> None:
    services.store.apply(put(incident(1, state="CONFIRMED", severity="IV"), duty(-3)))
    panel = open_case("case-1")
    button(panel, "登记已报").click()
    send()
    form = panel.page.forms.form
    assert form is not None and form.problem("late_reason") == "已超时,须写超时原因"
    compose("电话占线")
    send()
    assert services.store.of_incident("obligation", "case-1")[0].state == "SENT"
    assert panel.page.forms.form is None


def test_the_own_carriageway_comes_first(services: Services, open_case: Open, qtbot: QtBot) -> None:
    def camera(name: str, stake: float, direction: str) -> Camera:
        place = Place(route_id="r", route_code="G25", stake_m=stake, direction=direction)
        return Camera(id=name, name=name, place=place)

    place = Place(route_id="r", route_code="G25", stake_m=1_102_300, direction="down")
    services.store.apply(
        put(
            incident(1, place=place),
            camera("CAM-G25-1101", 1_101_800, "up"),
            camera("CAM-G25-1103", 1_103_050, "down"),
        )
    )
    panel = open_case("case-1")
    panel.page.show_tab("nearby")
    qtbot.waitUntil(lambda: "CAM-G25-1103" in said(panel))
    shown = [text for text in said(panel) if text.startswith(("CAM", "750 m", "500 m"))]
    assert shown == ["750 m", "CAM-G25-1103", "500 m", "CAM-G25-1101"]
    watch = next(b for b in panel.findChildren(QPushButton) if b.text() == "调看附近摄像机")
    with qtbot.waitSignal(services.selection.watch_asked):
        watch.click()
    assert services.selection.take_watched() == Ref("incident", "case-1")
    one = next(b for b in panel.findChildren(QPushButton) if "CAM-G25-1103" in b.accessibleName())
    one.click()
    assert services.selection.take_watched() == Ref("camera", "CAM-G25-1103")


def test_the_head_names_the_district_that_somebody_imported(
    services: Services, open_case: Open
) -> None:
    place = Place(text="海滨大道", lon=117.7, lat=39.0, adcode="120116")
    services.store.apply(put(incident(1, place=place)))
    panel = open_case("case-1")
    assert "海滨大道" in said(panel)
    services.store.apply(
        put(District(id="120116", version=1, name="滨海新区"), incident(1, version=2, place=place))
    )
    assert "海滨大道 · 滨海新区" in said(panel)


def test_facts_are_amended_one_by_one_with_a_reason(services: Services, open_case: Open) -> None:
    case = incident(1, state="RESPONDING", severity="IV", owner_id="user-shift_chief")
    services.store.apply(put(case))
    panel = open_case("case-1")
    button(panel, "修改要素").click()
    form = panel.page.forms.form
    assert form is not None
    form.editor("weather").setFocus()
    compose("大雾")
    send()
    assert form.problem("reason") == "缺少原因"
    form.editor("reason").setFocus()
    compose("气象站")
    send()
    amended = services.store.get("incident", "case-1")
    assert amended is not None and amended.detail.weather == "大雾"
    assert amended.detail.text == "三车追尾"


def test_amending_says_whose_it_is(services: Services, open_case: Open) -> None:
    services.session.user = USERS[Role.DISPATCHER]
    services.store.apply(put(incident(1, state="RESPONDING", severity="IV")))
    panel = open_case("case-1")
    assert not button(panel, "修改要素 · 仅责任人或值班长可改").isEnabled()


def test_who_else_has_it_open(services: Services, open_case: Open) -> None:
    services.store.apply(put(incident(1)))
    panel = open_case("case-1")
    viewer = Viewer(incident_id="case-1", user_id="x", name="王芳", seat="A-04", until=NOW)
    cast(FakeCases, services.cases).viewers["case-1"] = [viewer]
    services.cases.presence_changed.emit("case-1")
    assert "王芳(A-04) 也打开了此事件" in said(panel)


def test_a_dropped_file_is_attached_and_an_empty_one_is_told(
    services: Services, open_case: Open, tmp_path: Path
) -> None:
    services.store.apply(put(incident(1)))
    panel = open_case("case-1")
    told: list[Message] = []
    services.messages.posted.connect(told.append)
    good, empty = tmp_path / "现场.png", tmp_path / "空.png"
    good.write_bytes(b"picture")
    empty.touch()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (good, empty)])
    action = Qt.DropAction.CopyAction
    button_, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    panel.page.dropEvent(QDropEvent(QPointF(5, 5), action, data, button_, none))
    files = [e.attachment.name for e in services.store.of_incident("entry", "case-1")]
    assert files == ["现场.png"]
    assert [message.text for message in told] == ["附件 空.png 没有加入:文件是空的"]


def test_a_pasted_picture_becomes_an_attachment(
    services: Services, open_case: Open, qtbot: QtBot
) -> None:
    services.store.apply(put(incident(1)))
    panel = open_case("case-1")
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0)
    QGuiApplication.clipboard().setImage(image)
    panel.page.composer.focus_note()
    panel.page.composer.paste()
    qtbot.waitUntil(lambda: bool(services.store.of_incident("entry", "case-1")))
    entry = services.store.of_incident("entry", "case-1")[0]
    assert entry.attachment.name == "粘贴图片 20261122-123456.png"


def test_a_note_is_written_with_ctrl_enter(services: Services, open_case: Open) -> None:
    services.store.apply(put(incident(1)))
    panel = open_case("case-1")
    panel.page.composer.focus_note()
    compose("拖车已出发")
    send()
    assert services.store.of_incident("entry", "case-1")[0].text == "拖车已出发"


def test_a_half_written_note_stays_with_its_case(services: Services, open_case: Open) -> None:
    services.store.apply(put(incident(1), incident(2)))
    panel = open_case("case-1")
    panel.page.composer.focus_note()
    compose("拖车")
    panel.show_incident("case-2")
    assert panel.page.composer.text() == ""
    panel.show_incident("case-1")
    assert panel.page.composer.text() == "拖车"


def test_nothing_half_typed_passes_to_the_next_user(services: Services, open_case: Open) -> None:
    services.store.apply(put(incident(1, state="VERIFYING")))
    panel = open_case("case-1")
    panel.page.composer.focus_note()
    compose("拖车")
    button(panel, "误报").click()
    compose("查无此事")
    services.session.signed_out.emit()
    services.session.signed_in.emit(USERS[Role.DISPATCHER])
    panel.show_incident("case-1")
    assert panel.page.composer.text() == ""
    button(panel, "误报").click()
    form = panel.page.forms.form
    assert form is not None and form.values() == {"reason": None}


def test_a_read_only_role_sees_why_it_cannot_write(services: Services, open_case: Open) -> None:
    services.session.user = USERS[Role.AUDITOR]
    services.store.apply(put(incident(1)))
    panel = open_case("case-1")
    assert "您的角色只读" in said(panel)
    assert not button(panel, "受理 · 您的角色只读").isEnabled()


def test_a_masked_number_is_shown_to_the_owner_on_request(
    services: Services, open_case: Open
) -> None:
    detail = IncidentDetail(caller="张*", caller_number="138****1234")
    services.store.apply(put(incident(1, detail=detail)))
    panel = open_case("case-1")
    assert "张* 138****1234" in said(panel)
    button(panel, "显示来电号码").click()
    assert "张先生 13800001234" in said(panel)


def test_a_hidden_panel_catches_up_when_it_is_shown(services: Services, open_case: Open) -> None:
    case = incident(1)
    services.store.apply(put(case))
    panel = open_case("case-1")
    panel.hide()
    services.store.apply(put(replace(case, version=2, title="改过的标题")))
    assert "改过的标题" not in [label.text() for label in panel.findChildren(QLabel)]
    panel.show()
    assert "改过的标题" in said(panel)


def test_unknown_codes_of_a_newer_server_are_shown_as_unknown(
    services: Services, open_case: Open
) -> None:
    services.store.apply(put(incident(1, type="DRONE", state="ESCALATED", severity="V")))
    panel = open_case("case-1")
    assert "DRONE(未知)" in said(panel)
    assert "此状态来自更新的服务器,本版本没有可用的操作。请升级客户端。" in said(panel)


def test_nothing_open_says_what_to_do(services: Services, qtbot: QtBot) -> None:
    panel = CasePanel(services)
    qtbot.addWidget(panel)
    panel.show()
    assert "没有打开的事件" in said(panel)
