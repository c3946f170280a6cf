"""The desk's own actions; panels add theirs."""

from functools import partial
from typing import TYPE_CHECKING

from app.actions import Action
from app.panels import Panel
from app.services import Services
from app.text import translate

if TYPE_CHECKING:
    from widgets.window import MainWindow


def _layout(layout_id: str, services: Services, window: "MainWindow") -> None:
    window.show_layout(layout_id)


def _show(panel_id: str, services: Services, window: "MainWindow") -> None:
    window.show_panel(panel_id)


def _mute(services: Services, window: "MainWindow") -> None:
    services.preferences.set("mute", not services.preferences.get("mute", False))


def _theme(services: Services, window: "MainWindow") -> None:
    now = services.preferences.get("theme", services.settings.theme)
    services.preferences.set("theme", "light" if now == "dark" else "dark")


def _full_screen(services: Services, window: "MainWindow") -> None:
    window.showNormal() if window.isFullScreen() else window.showFullScreen()


def _diagnostics(services: Services, window: "MainWindow") -> None:
    from widgets.frame.diagnostics import export_diagnostics

    export_diagnostics(services, window)


FIND, VIEW, SEAT, HELP = "查找", "布局", "席位", "帮助"

ACTIONS: tuple[Action, ...] = (
    Action(
        id="palette.open",
        text="搜索与命令",
        tip="道路、桩号、路口、坐标、摄像机、事件、命令",
        shortcut="Ctrl+K",
        group=FIND,
        run=lambda services, window: window.open_palette(),
    ),
    Action(
        id="window.back",
        text="返回",
        tip="关闭打开的表单,取消选中",
        shortcut="Esc",
        group=FIND,
        run=lambda services, window: window.go_back(),
    ),
    Action(
        id="layout.situation",
        text="态势布局",
        shortcut="Ctrl+1",
        group=VIEW,
        run=partial(_layout, "situation"),
    ),
    Action(
        id="layout.incidents",
        text="事件布局",
        shortcut="Ctrl+2",
        group=VIEW,
        run=partial(_layout, "incidents"),
    ),
    Action(
        id="layout.arrange",
        text="调整面板位置",
        tip="显示每个面板的页签,可拖动、合并、浮动到其他屏幕",
        shortcut="Ctrl+Shift+L",
        group=VIEW,
        run=lambda services, window: window.toggle_arranging(),
    ),
    Action(
        id="layout.save_as",
        text="布局另存为",
        group=VIEW,
        run=lambda services, window: window.save_layout_as(),
    ),
    Action(
        id="layout.reset",
        text="恢复默认布局",
        group=VIEW,
        run=lambda services, window: window.reset_layout(),
    ),
    Action(id="window.full_screen", text="全屏", shortcut="F11", group=VIEW, run=_full_screen),
    Action(id="theme.toggle", text="切换深浅界面", group=VIEW, run=_theme),
    Action(
        id="seat.lock",
        text="锁定席位",
        tip="遮住内容,接收与发送继续",
        shortcut="Ctrl+L",
        group=SEAT,
        run=lambda services, window: services.session.lock(),
    ),
    Action(
        id="seat.change_user",
        text="更换用户",
        shortcut="Ctrl+Shift+U",
        group=SEAT,
        run=lambda services, window: services.session.sign_out(),
    ),
    Action(id="sound.mute", text="静音或开启告警声", shortcut="Ctrl+M", group=SEAT, run=_mute),
    Action(
        id="preferences.open",
        text="偏好设置",
        shortcut="Ctrl+,",
        group=SEAT,
        run=lambda services, window: window.open_preferences(),
    ),
    Action(
        id="sheet.open",
        text="快捷键",
        shortcut="F1",
        group=HELP,
        run=lambda services, window: window.open_sheet(),
    ),
    Action(
        id="diagnostics.export",
        text="导出诊断包",
        tip="日志、设置、版本与计数,不含密码",
        group=HELP,
        run=_diagnostics,
    ),
    Action(
        id="about.open",
        text="关于",
        group=HELP,
        run=lambda services, window: window.open_about(),
    ),
    Action(
        id="window.quit",
        text="退出",
        shortcut="Ctrl+Q",
        group=SEAT,
        run=lambda services, window: window.close(),
    ),
)


def panel_actions(panels: tuple[Panel, ...]) -> tuple[Action, ...]:
    """One action per panel: bring it to the front."""
    return tuple(
        Action(
            id=f"panel.{panel.id}",
            text=translate("Frame", "显示 {panel}").format(panel=translate("Panel", panel.title)),
            group=VIEW,
            run=partial(_show, panel.id),
        )
        for panel in panels
    )
