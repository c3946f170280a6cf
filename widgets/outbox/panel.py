"""The outbox: what waits, why, and what a person can do about it."""

from datetime import timedelta
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.outbox import ENDED, OutboxItem, OutboxState
from app.selection import Ref
from app.services import Services
from widgets.outbox.acts import why_not_cancel, why_not_decide, why_not_retry
from widgets.outbox.conflict_dialog import ConflictDialog
from widgets.outbox.delegate import ROW_HEIGHT, OutboxDelegate
from widgets.outbox.edit_dialog import EditDialog
from widgets.outbox.row import TROUBLED, OutboxRow, outbox_row, sort_key
from widgets.outbox.words import case_of
from widgets.shared.arrange import list_panel
from widgets.shared.buttons import Chip, button, primary_button
from widgets.shared.clock_bar import span_text
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import EmptyState, SectionHeader, text_label
from widgets.shared.row_model import Key, RowModel
from widgets.shared.row_view import RowView

KEPT: Final = timedelta(hours=24)
"""Ended items are listed that long."""


class OutboxPanel(QWidget):
    """Draws the store's outbox; works only while it is on the screen."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = RowModel()
        self.view = RowView(self.model, OutboxDelegate(services.clock.now, self), ROW_HEIGHT, self)
        self.view.setAccessibleName(self.tr("待发箱"))
        self.empty = EmptyState()
        self.dialog: QDialog | None = None
        self._title = SectionHeader("")
        self.age = text_label(font=sans(SMALL), tone="warn")
        self.history = Chip(self.tr("近 24 小时"))
        self.retry = button(self.tr("立即重试"))
        self.decide = primary_button(self.tr("处理"))
        self.cancel = button(self.tr("撤销"), "danger")
        self.jump = button(self.tr("查看事件"), tip=self.tr("打开所属事件 (Enter)"))
        self.reason = QLineEdit(maxLength=200)
        self.reason.setPlaceholderText(self.tr("撤销原因(必填),Enter 确定,Esc 放弃"))
        self._second = QTimer(self, interval=1000)
        self._dirty = True
        self._build()
        self._connect()

    def _build(self) -> None:
        self._title.add(self.age)
        self._title.add(self.history)
        self.history.setToolTip(self.tr("也列出已送达、已过期和已撤销的"))
        self.reason.hide()
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for act in (self.decide, self.retry, self.cancel, self.jump):
            acts.addWidget(act, 1 if act is self.decide else 0)
        foot = QVBoxLayout()
        foot.addWidget(self.reason)
        foot.addLayout(acts)
        self._stack = list_panel(self, self._title, self.view, self.empty, foot)

    def _connect(self) -> None:
        services = self._services
        services.store.changed.connect(self._on_changed)
        services.session.signed_in.connect(self._show_acts)
        self.view.picked.connect(self._on_picked)
        self.view.opened.connect(self._on_opened)
        self.history.clicked.connect(self._refresh)
        self.retry.clicked.connect(self._on_retry)
        self.decide.clicked.connect(self._on_decide)
        self.cancel.clicked.connect(self._on_cancel)
        self.reason.returnPressed.connect(self._on_reason)
        self.jump.clicked.connect(self._on_jump)
        self._second.timeout.connect(self._on_second)

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
        touched = changes.of("outbox").touched
        named = changes.of("incident").touched or changes.of("user").touched
        if not self.isVisible():
            self._dirty = self._dirty or bool(touched)
        elif touched:
            self._show_rows(set(touched))
        elif named and self.model.rowCount():
            self._show_rows(set(self.model.ids()))

    def _refresh(self) -> None:
        self._dirty = False
        self._show_rows({*self._services.store.all("outbox"), *self.model.ids()})

    def _show_rows(self, ids: set[str]) -> None:
        puts: dict[str, tuple[Key, OutboxRow]] = {}
        for key in ids:
            item = self._services.store.get("outbox", key)
            if isinstance(item, OutboxItem) and self._wanted(item):
                puts[key] = (sort_key(item), outbox_row(item, self._services))
        self.model.apply(puts, ids - puts.keys())
        self._show_age()
        count = len(self._waiting())
        self._title.set_title(self.tr("未完成 {count} 项").format(count=f"{count:,}"))
        self._show_empty()
        self._show_acts()

    def _wanted(self, item: OutboxItem) -> bool:
        if item.state not in ENDED or item.state in TROUBLED:
            return True
        recent = self._services.clock.now() - item.created_at < KEPT
        return recent and (self.history.isChecked() or item.state == OutboxState.EXPIRED)

    def _waiting(self) -> list[OutboxRow]:
        rows = [self.model.value(row) for row in range(self.model.rowCount())]
        return [row for row in rows if row.state not in ENDED or row.troubled]

    def _show_age(self) -> None:
        oldest = min((row.created_at for row in self._waiting()), default=None)
        if oldest is None:
            self.age.setText("")
        else:
            age = span_text((self._services.clock.now() - oldest).total_seconds())
            self.age.setText(self.tr("最早 {age} 前").format(age=age))

    def _show_empty(self) -> None:
        rows = self.model.rowCount()
        self._stack.setCurrentWidget(self.view if rows else self.empty)
        self.empty.say(
            self.tr("没有待发的操作"),
            self.tr("您的操作都已送达服务器。断网时做的操作会在这里排队,联网后自动发送。"),
        )

    def _on_second(self) -> None:
        self._show_age()
        self.view.repaint_rows()

    # acts

    def item(self) -> OutboxItem | None:
        """The item in hand."""
        at = self.view.currentIndex()
        found = (
            self._services.store.get("outbox", self.model.id_at(at.row())) if at.isValid() else None
        )
        return found if isinstance(found, OutboxItem) else None

    def _on_picked(self) -> None:
        self.reason.hide()
        self._show_acts()

    def _show_acts(self) -> None:
        """Grey buttons say why."""
        item, user = self.item(), self._services.session.user
        self.jump.setEnabled(item is not None)
        failed = item is not None and item.state == OutboxState.FAILED
        self.decide.setText(self.tr("修改后重发") if failed else self.tr("处理冲突"))
        offers = (
            (self.decide, why_not_decide(item), self.tr("比对、修改后重新提交")),
            (self.retry, why_not_retry(item), self.tr("不等下次,现在就发")),
            (
                self.cancel,
                why_not_cancel(item, user),
                self.tr("不再发送,须写原因"),
            ),
        )
        for act, why, tip in offers:
            act.setEnabled(not why)
            act.setToolTip(why or tip)

    def _on_retry(self) -> None:
        item = self.item()
        if item is not None:
            self._services.commands.retry(item.id)

    def _on_decide(self) -> None:
        item = self.item()
        if item is None or why_not_decide(item):
            return
        kind = ConflictDialog if item.state == OutboxState.CONFLICT else EditDialog
        self.dialog = kind(item, self._services, self.window())
        self.dialog.finished.connect(self._on_decided)
        self.dialog.open()

    def _on_decided(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    def _on_cancel(self) -> None:
        self.reason.clear()
        self.reason.show()
        self.reason.setFocus()

    def _on_reason(self) -> None:
        item, reason = self.item(), self.reason.text().strip()
        if item is not None and reason:
            self._services.commands.cancel(item.id, reason)
            self.reason.hide()
            self.view.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.reason.isVisible():
            self.reason.hide()
            self.view.setFocus()
        else:
            super().keyPressEvent(event)

    def _on_opened(self) -> None:
        """Enter decides what needs a decision, else shows the case."""
        item = self.item()
        if item is not None and item.state in TROUBLED and self.decide.isEnabled():
            self._on_decide()
        else:
            self._on_jump()

    def _on_jump(self) -> None:
        item = self.item()
        incident_id = case_of(item.command, self._services.store) if item else ""
        if incident_id:
            self._services.selection.open(Ref("incident", incident_id))
