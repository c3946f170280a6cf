"""The desk's own actions; panels add theirs."""

from functools import partial
from typing import TYPE_CHECKING

from app.actions import Action
from app.panels import Panel
from app.services import Services
from app.text import QT_TRANSLATE_NOOP, translate

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


FIND = QT_TRANSLATE_NOOP("Action", "查找")
VIEW = QT_TRANSLATE_NOOP("Action", "布局")
SEAT = QT_TRANSLATE_NOOP("Action", "席位")
HELP = QT_TRANSLATE_NOOP("Action", "帮助")

ACTIONS: tuple[Action, ...] = (
    Action(
        id="palette.open",
        text=QT_TRANSLATE_NOOP("Action", "搜索与命令"),
        tip=QT_TRANSLATE_NOOP("Action", "道路、桩号、路口、坐标、摄像机、事件、命令"),
        shortcut="Ctrl+K",
        group=FIND,
        run=lambda services, window: window.open_palette(),
    ),
    Action(
        id="window.back",
        text=QT_TRANSLATE_NOOP("Action", "返回"),
        tip=QT_TRANSLATE_NOOP("Action", "关闭打开的表单,取消选中"),
        shortcut="Esc",
        group=FIND,
        run=lambda services, window: window.go_back(),
    ),
    Action(
        id="layout.situation",
        text=QT_TRANSLATE_NOOP("Action", "态势布局"),
        shortcut="Ctrl+1",
        group=VIEW,
        run=partial(_layout, "situation"),
    ),
    Action(
        id="layout.incidents",
        text=QT_TRANSLATE_NOOP("Action", "事件布局"),
        shortcut="Ctrl+2",
        group=VIEW,
        run=partial(_layout, "incidents"),
    ),
    Action(
        id="layout.video",
        text=QT_TRANSLATE_NOOP("Action", "视频布局"),
        shortcut="Ctrl+3",
        group=VIEW,
        run=partial(_layout, "video"),
    ),
    Action(
        id="layout.arrange",
        text=QT_TRANSLATE_NOOP("Action", "调整面板位置"),
        tip=QT_TRANSLATE_NOOP("Action", "显示每个面板的页签,可拖动、合并、浮动到其他屏幕"),
        shortcut="Ctrl+Shift+L",
        group=VIEW,
        run=lambda services, window: window.toggle_arranging(),
    ),
    Action(
        id="layout.save_as",
        text=QT_TRANSLATE_NOOP("Action", "布局另存为"),
        group=VIEW,
        run=lambda services, window: window.save_layout_as(),
    ),
    Action(
        id="layout.reset",
        text=QT_TRANSLATE_NOOP("Action", "恢复默认布局"),
        group=VIEW,
        run=lambda services, window: window.reset_layout(),
    ),
    Action(
        id="window.full_screen",
        text=QT_TRANSLATE_NOOP("Action", "全屏"),
        shortcut="F11",
        group=VIEW,
        run=_full_screen,
    ),
    Action(
        id="theme.toggle", text=QT_TRANSLATE_NOOP("Action", "切换深浅界面"), group=VIEW, run=_theme
    ),
    Action(
        id="seat.lock",
        text=QT_TRANSLATE_NOOP("Action", "锁定席位"),
        tip=QT_TRANSLATE_NOOP("Action", "遮住内容,接收与发送继续"),
        shortcut="Ctrl+L",
        group=SEAT,
        run=lambda services, window: services.session.lock(),
    ),
    Action(
        id="seat.change_user",
        text=QT_TRANSLATE_NOOP("Action", "更换用户"),
        shortcut="Ctrl+Shift+U",
        group=SEAT,
        run=lambda services, window: services.session.sign_out(),
    ),
    Action(
        id="sound.mute",
        text=QT_TRANSLATE_NOOP("Action", "静音或开启告警声"),
        shortcut="Ctrl+M",
        group=SEAT,
        run=_mute,
    ),
    Action(
        id="preferences.open",
        text=QT_TRANSLATE_NOOP("Action", "偏好设置"),
        shortcut="Ctrl+,",
        group=SEAT,
        run=lambda services, window: window.open_preferences(),
    ),
    Action(
        id="sheet.open",
        text=QT_TRANSLATE_NOOP("Action", "快捷键"),
        shortcut="F1",
        group=HELP,
        run=lambda services, window: window.open_sheet(),
    ),
    Action(
        id="diagnostics.export",
        text=QT_TRANSLATE_NOOP("Action", "导出诊断包"),
        tip=QT_TRANSLATE_NOOP("Action", "日志、设置、版本与计数,不含密码"),
        group=HELP,
        run=_diagnostics,
    ),
    Action(
        id="about.open",
        text=QT_TRANSLATE_NOOP("Action", "关于"),
        group=HELP,
        run=lambda services, window: window.open_about(),
    ),
    Action(
        id="window.quit",
        text=QT_TRANSLATE_NOOP("Action", "退出"),
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
