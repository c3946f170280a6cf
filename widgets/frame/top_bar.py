"""The bar above: centre, layouts as tabs, one search box, alarms, clock, user."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy

from app.domain.describe import local_time
from widgets.shared.buttons import button
from widgets.shared.fonts import ROW, SMALL, TITLE, mono, sans
from widgets.shared.labels import Badge, ElidedLabel, text_label

HEIGHT = 46
TAB_PADDING = 17
"""Beside a layout's title, whose chosen tab is bold."""


class SearchBox(QFrame):
    """Looks like a field, opens the palette. Signals: asked()."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("searchBox")
        self.setFixedHeight(30)
        self.setMinimumWidth(180)
        self.setMaximumWidth(430)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 6, 0)
        hint = ElidedLabel(self.tr("搜索 道路、桩号、路口、摄像机、事件、命令…"))
        hint.setProperty("tone", "3")
        keys = text_label("Ctrl K", font=mono(SMALL), tone="2")
        keys.setObjectName("keyCap")
        keys.setFixedHeight(20)
        row.addWidget(hint, 1)
        row.addWidget(keys)

    def sizeHint(self) -> QSize:
        return QSize(430, 30)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.asked.emit()


class TopBar(QFrame):
    """Signals: layout_chosen(str id), search_asked(), alarms_asked(), mute_asked()."""

    layout_chosen = Signal(str)
    search_asked = Signal()
    alarms_asked = Signal()
    mute_asked = Signal()

    def __init__(self, layout_menu: QMenu, user_menu: QMenu) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self.setProperty("surface", "bar")
        self.setFixedHeight(HEIGHT)
        self._name = text_label("TOCC Desk", font=sans(ROW, bold=True))
        self._centre = ElidedLabel()
        self._centre.setProperty("tone", "2")
        self._tabs = QHBoxLayout()
        self._group = QButtonGroup(self)
        self._layouts = button("▾", "icon", self.tr("面板与布局"))
        self._layouts.setMenu(layout_menu)
        self._layouts.setFixedSize(28, 28)
        self._layouts.setObjectName("layoutMenu")
        self.search = SearchBox()
        self._alarms = button(self.tr("告警"), "flat", self.tr("打开告警列表"))
        self._badge = Badge()
        self._mute = button("", "flat", self.tr("开关告警声"))
        self._clock = text_label(font=mono(TITLE, bold=True))
        self._clock.setToolTip(self.tr("北京时间(Asia/Shanghai)"))
        self._user = self._menu_button("", self.tr("用户"), user_menu)
        self._user.setObjectName("userMenu")
        self._build()
        self._connect()

    def _menu_button(self, text: str, tip: str, menu: QMenu) -> QPushButton:
        made = button(text, "flat", tip)
        made.setMenu(menu)
        return made

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(8)
        self._tabs.setSpacing(0)
        row.addWidget(self._name)
        row.addWidget(self._centre)
        row.addSpacing(8)
        row.addLayout(self._tabs)
        row.addWidget(self._layouts)
        row.addStretch(1)
        row.addWidget(self.search, 20)
        row.addSpacing(8)
        alarms = QHBoxLayout()
        alarms.setSpacing(0)
        alarms.addWidget(self._alarms)
        alarms.addWidget(self._badge)
        row.addLayout(alarms)
        row.addWidget(self._mute)
        row.addSpacing(4)
        row.addWidget(self._clock)
        row.addSpacing(4)
        row.addWidget(self._user)

    def _connect(self) -> None:
        self.search.asked.connect(self.search_asked)
        self._alarms.clicked.connect(self.alarms_asked)
        self._mute.clicked.connect(self.mute_asked)

    def show_layouts(self, layouts: Iterable[tuple[str, str]], current: str) -> None:
        """One tab per layout (id, title)."""
        for old in self._group.buttons():
            self._group.removeButton(old)
            self._tabs.removeWidget(old)
            old.deleteLater()
        for layout_id, title in layouts:
            tab = QPushButton(title)
            tab.setCheckable(True)
            tab.setChecked(layout_id == current)
            tab.setObjectName(f"layout-{layout_id}")
            tab.setProperty("tab", "true")
            tab.setFixedHeight(HEIGHT)
            tab.setFont(sans(ROW))
            chosen = QFontMetrics(sans(ROW, bold=True)).horizontalAdvance(title)
            tab.setMinimumWidth(chosen + 2 * TAB_PADDING)
            tab.clicked.connect(partial(self._on_tab, layout_id))
            self._group.addButton(tab)
            self._tabs.addWidget(tab)

    def show_centre(self, name: str) -> None:
        self._centre.setText(name)

    def show_user(self, name: str, role: str) -> None:
        self._user.setText(f"{name} · {role}")

    def show_alarms(self, count: int) -> None:
        """How many nobody has acknowledged."""
        self._badge.set_count(count)
        words = self.tr("{count} 条告警未确认").format(count=count)
        self._alarms.setToolTip(words if count else self.tr("没有未确认的告警"))

    def show_muted(self, muted: bool) -> None:
        self._mute.setText(self.tr("已静音") if muted else self.tr("声音"))
        self._mute.setProperty("warned", muted)
        self._mute.style().unpolish(self._mute)
        self._mute.style().polish(self._mute)

    def show_time(self, now: datetime) -> None:
        self._clock.setText(local_time(now, "%H:%M:%S"))

    def _on_tab(self, layout_id: str) -> None:
        self.layout_chosen.emit(layout_id)
