"""A shift in about a minute: sign in, take a call, work the case, lose the network, merge."""

from typing import Any

from PySide6.QtCore import QPoint

from app.domain.incident import Incident
from app.link import LinkState
from app.selection import Ref
from widgets.outbox.conflict_dialog import ConflictDialog
from widgets.outbox.panel import OutboxPanel
from widgets.report.panel import ReportPanel
from widgets.tour.driver import Desk
from widgets.tour.hands import (
    WORDS,
    act,
    case_panel,
    duties,
    fill,
    has_number,
    note,
    open_form,
    our_case,
    our_state,
    outbox_states,
    send_report,
    sit_down,
    stake,
    tick,
    waiting,
)
from widgets.tour.map_story import open_the_layers, three_scales, two_maps, with_traffic
from widgets.tour.other_seat import act_elsewhere
from widgets.tour.player import Chapter, Picture, Story, Until
from widgets.tour.video_story import video

CALL = "S11 K40+300 下行"


def sign_in(desk: Desk) -> Story:
    yield from sit_down(desk, "dispatcher", Picture("01-login"))
    yield Until("队列有 12 起未结事件", lambda: desk.open_cases() == 12)
    yield from with_traffic(desk)
    yield Picture("02-situation")


def look_at_a_case(desk: Desk) -> Story:
    case = desk.entity("incident", lambda c: c.is_open and c.severity == "III")
    assert isinstance(case, Incident)
    desk.services.selection.open(Ref("incident", case.id))
    panel = case_panel(desk)
    yield Until("事件页显示所选事件", lambda: panel.incident_id == case.id)
    yield Until("时间线已载入", lambda: len(panel.page.timeline.rows()) > 3)
    yield from with_traffic(desk)
    yield Picture("03-case")


def take_a_call(desk: Desk) -> Story:
    desk.press("F2")
    yield Until("接报单打开", lambda: desk.find(ReportPanel) is not None)
    panel = desk.find(ReportPanel)
    assert panel is not None
    desk.walk_to(panel.form.editor("source"))
    desk.keys("12122")
    for name, words in (("caller", "张先生"), ("caller_number", "13800001234")):
        desk.walk_to(panel.form.editor(name))
        desk.type(words)
    desk.walk_to(panel.form.editor("type"))
    desk.keys("HA")
    desk.walk_to(panel.form.editor("place"))
    desk.type(CALL)
    desk.walk_to(panel.form.editor("text"))
    desk.type(WORDS)
    yield Until("桩号已定位", lambda: stake(panel.form.values().get("place")) == 40300.0)
    yield Picture("04-report")
    desk.press("Ctrl+Return")
    yield Until("事件已受服务器编号", lambda: has_number(desk))


def confirm_it(desk: Desk) -> Story:
    panel = case_panel(desk)
    yield Until("事件页显示新事件", lambda: panel.incident_id == our_case(desk).id)
    yield from act(desk, "ACCEPT")
    yield Until("核实中", lambda: our_state(desk) == ("VERIFYING", 2))
    yield from act(desk, "CONFIRM")
    form = panel.page.forms.form
    assert form is not None
    desk.walk_to(form.editor("verify_method"))
    desk.keys("VIDEO")
    desk.press("Tab")  # the code becomes its words
    yield Picture("05-confirm")
    desk.press("Ctrl+Return")
    yield Until("已确认", lambda: our_state(desk) == ("CONFIRMED", 3))


def set_the_level(desk: Desk) -> Story:
    case_id = our_case(desk).id
    desk.window.fire("seat.change_user")
    yield from sit_down(desk, "shift_chief")
    desk.services.selection.open(Ref("incident", case_id))
    panel = case_panel(desk)
    yield Until("值班长打开同一事件", lambda: panel.incident_id == case_id)
    yield from act(desk, "CLASSIFY")
    form = panel.page.forms.form
    assert form is not None
    desk.walk_to(form.editor("severity"))
    desk.keys("IV")
    desk.walk_to(form.editor("basis"))
    desk.type("无人员伤亡,预计影响不足 2 小时")
    desk.press("Ctrl+Return")
    yield Until("两项报送计时", lambda: len(duties(desk)) == 2)
    yield Until("待发为空", lambda: waiting(desk) == 0)
    yield Picture("06-obligations")


def lose_the_network(desk: Desk) -> Story:
    case_id = our_case(desk).id
    desk.cable.pull()
    yield Until("断网有提示", lambda: desk.services.link.now.state == LinkState.OFFLINE, 10)
    yield from act(desk, "START_RESPONSE")
    panel = case_panel(desk)
    form = panel.page.forms.form
    assert form is not None
    desk.walk_to(form.editor("on_scene_statement"))
    desk.keys(" ")
    desk.press("Ctrl+Return")
    note(desk, "断网期间:路政已到场,开始引流")
    yield Until("两项操作待发", lambda: waiting(desk) == 2)
    desk.window.show_panel("outbox")
    yield Picture("07-offline")
    fields = {"facts": {"queue_m": 1800.0}, "reason": "摄像机所见"}
    url = f"http://127.0.0.1:{desk.cable.target}"
    done = act_elsewhere(desk.services, url, "dispatcher", case_id, "AMEND", fields)
    yield Until("另一席位的修改已落库", done.is_set)
    desk.cable.plug()
    yield Until("链路恢复", lambda: desk.services.link.now.state == LinkState.LIVE, 20)
    yield Until("备注已送达,处置冲突待合并", lambda: outbox_states(desk) == {"CONFLICT"})
    yield Picture("08-outbox")


def merge(desk: Desk) -> Story:
    panel = desk.find(OutboxPanel)
    assert panel is not None
    desk.click(panel.view.viewport(), QPoint(80, panel.view.row_height // 2))
    yield Until("可以处理冲突", panel.decide.isEnabled)
    desk.click(panel.decide)
    yield Until("并排显示两个版本", lambda: isinstance(panel.dialog, ConflictDialog))
    yield Picture("09-merge")
    dialog = panel.dialog
    assert isinstance(dialog, ConflictDialog)
    desk.click(dialog.submit)
    yield Until("合并后已送达", lambda: waiting(desk) == 0)
    yield Until("处置中", lambda: our_state(desk)[0] == "RESPONDING")
    desk.window.activateWindow()
    yield Until("窗口重新在前", desk.window.isActiveWindow)


def close_the_case(desk: Desk) -> Story:
    desk.window.show_panel("case")
    yield from act(desk, "CONTROL")
    fill(desk, "scene_statement", "罐体已扶正,未见泄漏")
    tick(desk, "no_growth_statement")
    desk.press("Ctrl+Return")
    yield from act(desk, "CLEAR")
    tick(desk, "signs_statement")
    yield Picture("10-clear")
    desk.press("Ctrl+Return")
    yield from send_report(desk, 1)
    yield from send_report(desk, 0)
    yield from act(desk, "CLOSE")
    desk.walk_to(open_form(desk).editor("loss_cny"))
    desk.keys("0")
    fill(desk, "cause", "车速过快")
    tick(desk, "no_open_work_statement")
    desk.press("Ctrl+Return")
    yield Until("已结案", lambda: our_state(desk)[0] == "CLOSED")
    yield Until("待发为空", lambda: waiting(desk) == 0)
    yield Picture("11-closed")


def look_closer(desk: Desk) -> Story:
    desk.window.show_panel("case")
    yield from three_scales(desk, "dark")
    yield from open_the_layers(desk, "dark")
    yield from two_maps(desk)


def search(desk: Desk) -> Story:
    yield from with_traffic(desk)
    desk.press("Ctrl+K")
    yield Until("命令框打开", lambda: desk.find_named("paletteEdit") is not None)
    desk.focus(desk.widget("paletteEdit"))
    desk.type("G2 K110+300")
    palette: Any = desk.window.palette_box
    yield Until("找到桩号", lambda: bool(palette.rows()))
    yield Picture("12-palette")
    desk.press("Escape")
    desk.window.fire("sheet.open")
    yield Picture("13-shortcuts")
    desk.close_dialogs()


def other_looks(desk: Desk) -> Story:
    desk.window.show_panel("alarms")
    yield Picture("14-alarms")
    desk.services.preferences.set("theme", "light")
    yield Until("浅色地图", desk.map_is_crisp)
    desk.window.show_panel("queue")
    yield Picture("15-light")
    yield from three_scales(desk, "light")
    yield from open_the_layers(desk, "light")
    desk.services.preferences.set("theme", "dark")
    yield Until("深色地图", desk.map_is_crisp)


def lock_the_seat(desk: Desk) -> Story:
    desk.window.fire("seat.lock")
    yield Until("席位已锁", lambda: desk.services.session.is_locked)
    yield Picture("16-locked")


CHAPTERS: tuple[Chapter, ...] = (
    ("登录 Sign in", sign_in),
    ("查看事件 Look at a case", look_at_a_case),
    ("接报 Take a call", take_a_call),
    ("受理与确认 Accept and confirm", confirm_it),
    ("定级与报送 Level and reports", set_the_level),
    ("断网与冲突 Offline and conflict", lose_the_network),
    ("合并 Merge", merge),
    ("控制到结案 Control to close", close_the_case),
    ("地图 Map", look_closer),
    ("视频 Video", video),
    ("搜索 Search", search),
    ("告警与浅色 Alarms, light theme", other_looks),
    ("锁定 Lock", lock_the_seat),
)
