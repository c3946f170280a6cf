"""The alarm list: acknowledge, jump to the case, mute."""

from datetime import timedelta
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.alarm import Alarm
from app.domain.changes import Changes
from app.messages import Level
from app.selection import Ref
from app.services import Services
from app.text import language, refusals_text
from widgets.alarms.delegate import ROW_HEIGHT, AlarmDelegate
from widgets.alarms.row import AlarmRow, alarm_row, sort_key
from widgets.shared.arrange import list_panel
from widgets.shared.buttons import Chip, button, primary_button
from widgets.shared.labels import EmptyState, SectionHeader
from widgets.shared.row_model import Key, RowModel
from widgets.shared.row_view import RowView

KEPT: Final = timedelta(hours=24)
"""Acknowledged alarms are listed that long."""
_MUTE: Final = "mute"


class AlarmsPanel(QWidget):
    """Draws the store's alarms; works only while it is on the screen."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._language = language()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = RowModel()
        self.view = RowView(self.model, AlarmDelegate(services.clock.now, self), ROW_HEIGHT, self)
        self.view.setAccessibleName(self.tr("告警"))
        self.empty = EmptyState()
        self._title = SectionHeader("")
        self.sound = button("", "flat")
        self.waiting_only = Chip(self.tr("只看未确认"))
        self.acknowledge = primary_button(self.tr("确认"))
        self.acknowledge_all = button(self.tr("全部确认"))
        self.jump = button(self.tr("查看事件"), tip=self.tr("打开告警所属的事件 (Enter)"))
        self._second = QTimer(self, interval=1000)
        self._dirty = True
        self._build()
        self._connect()
        self._on_preference(_MUTE)

    def _build(self) -> None:
        self._title.add(self.waiting_only)
        self._title.add(self.sound)
        self.sound.setCheckable(True)
        foot = QHBoxLayout()
        foot.addWidget(self.acknowledge, 1)
        foot.addWidget(self.acknowledge_all)
        foot.addWidget(self.jump)
        self._stack = list_panel(self, self._title, self.view, self.empty, foot)

    def _connect(self) -> None:
        services = self._services
        services.store.changed.connect(self._on_changed)
        services.preferences.changed.connect(self._on_preference)
        services.session.signed_in.connect(self._show_acts)
        self.view.picked.connect(self._show_acts)
        self.view.opened.connect(self._on_opened)
        self.sound.clicked.connect(self._on_sound)
        self.waiting_only.clicked.connect(self._refresh)
        self.acknowledge.clicked.connect(self._on_acknowledge)
        self.acknowledge_all.clicked.connect(self._on_acknowledge_all)
        self.jump.clicked.connect(self._on_jump)
        self._second.timeout.connect(self.view.repaint_rows)

    # facts

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._dirty:
            self._refresh()
        self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._second.stop()

    def _on_changed(self, changes: Changes) -> None:
        touched = set(changes.of("alarm").touched)
        for incident_id in changes.of("incident").touched:
            alarms = self._services.store.of_incident("alarm", incident_id)
            touched.update(alarm.id for alarm in alarms)
        if not self.isVisible():
            self._dirty = self._dirty or bool(touched)
        elif changes.of("user").touched:
            self._refresh()
        elif touched:
            self._show_rows(touched)

    def _refresh(self) -> None:
        self._dirty = False
        self._show_rows({*self._services.store.all("alarm"), *self.model.ids()})

    def _show_rows(self, ids: set[str]) -> None:
        services = self._services
        now = services.clock.now()
        puts: dict[str, tuple[Key, AlarmRow]] = {}
        for alarm_id in ids:
            alarm = services.store.get("alarm", alarm_id)
            if isinstance(alarm, Alarm) and self._wanted(alarm):
                row = alarm_row(alarm, services.store, services.rules, self._language, now)
                puts[alarm_id] = (sort_key(alarm), row)
        self.model.apply(puts, ids - puts.keys())
        self.waiting_only.set_count(len(self._waiting()))
        count = self.model.rowCount()
        self._title.set_title(self.tr("共 {count} 条").format(count=f"{count:,}"))
        self._show_empty()
        self._show_acts()

    def _wanted(self, alarm: Alarm) -> bool:
        if alarm.acknowledged_by is None:
            return True
        recent = self._services.clock.now() - alarm.last_at < KEPT
        return recent and not self.waiting_only.isChecked()

    def _show_empty(self) -> None:
        rows = self.model.rowCount()
        self._stack.setCurrentWidget(self.view if rows else self.empty)
        if self.waiting_only.isChecked():
            self.empty.say(self.tr("没有未确认的告警"))
        else:
            self.empty.say(
                self.tr("最近 24 小时没有告警"),
                self.tr("时限将到、超时或有新情况时,这里会列出并响铃。"),
            )

    # acts

    def _waiting(self) -> list[str]:
        rows = range(self.model.rowCount())
        return [self.model.id_at(row) for row in rows if not self.model.value(row).acknowledged]

    def _current(self) -> AlarmRow | None:
        at = self.view.currentIndex()
        row: AlarmRow | None = self.model.value(at.row()) if at.isValid() else None
        return row

    def _show_acts(self) -> None:
        """Grey buttons say why."""
        row, waiting = self._current(), self._waiting()
        self.jump.setEnabled(row is not None)
        why = self._why_not(row.id) if row else self.tr("先选中一条告警")
        if row and row.acknowledged:
            why = self.tr("已确认")
        self.acknowledge.setEnabled(not why)
        self.acknowledge.setToolTip(why or self.tr("确认选中的告警 (空格)"))
        why_all = self._why_not(waiting[0]) if waiting else self.tr("没有未确认的告警")
        self.acknowledge_all.setEnabled(not why_all)
        self.acknowledge_all.setToolTip(why_all or self.tr("确认列表中全部未确认的告警"))

    def _why_not(self, alarm_id: str) -> str:
        services = self._services
        if services.session.user is None:
            return self.tr("请先登录")
        alarm = services.store.get("alarm", alarm_id)
        refusals = services.commands.why_not("ACKNOWLEDGE", alarm, "alarm")
        return refusals_text(refusals, services.rules, self._language)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.acknowledge.isEnabled():
            self._on_acknowledge()
        else:
            super().keyPressEvent(event)

    def _on_acknowledge(self) -> None:
        row = self._current()
        if row is not None:
            self._acknowledge([row.id])

    def _on_acknowledge_all(self) -> None:
        self._acknowledge(self._waiting())

    def _acknowledge(self, ids: list[str]) -> None:
        services = self._services
        answers = [services.commands.fire("alarm", id_, "ACKNOWLEDGE", {}) for id_ in ids]
        refused = [refusals for refusals in answers if refusals]
        if refused:
            text = self.tr("{count} 条告警未能确认:{why}").format(
                count=len(refused), why=refusals_text(refused[0], services.rules, self._language)
            )
            services.messages.post(Level.WARN, text)

    def _on_jump(self) -> None:
        row = self._current()
        if row is not None:
            self._services.selection.open(Ref("incident", row.incident_id))

    def _on_opened(self) -> None:
        self._on_jump()

    # sound

    def _on_sound(self) -> None:
        self._services.preferences.set(_MUTE, self.sound.isChecked())

    def _on_preference(self, key: str) -> None:
        if key in ("", _MUTE):
            muted = bool(self._services.preferences.get(_MUTE, False))
            self.sound.setChecked(muted)
            self.sound.setText(self.tr("已静音") if muted else self.tr("响铃"))
            tip = self.tr("恢复响铃") if muted else self.tr("本席位静音;告警仍会列出")
            self.sound.setToolTip(tip)
