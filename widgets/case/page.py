"""The page of one case, from head to timeline. It draws what it is told and asks for acts."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.domain.machine import transition
from app.selection import Ref
from app.services import Services
from app.text import language, refusals_text
from widgets.case.acts import ActBar
from widgets.case.composer import Composer, local_files
from widgets.case.duties import DutyBanner, DutyList
from widgets.case.facts import FactsGrid
from widgets.case.forms import Forms
from widgets.case.header import CaseHeader
from widgets.case.nearby import Nearby
from widgets.case.notice import Notice
from widgets.case.owner import OwnerLine
from widgets.case.timeline.timeline import Timeline
from widgets.case.view import CaseView
from widgets.shared.buttons import button
from widgets.shared.fonts import BODY, sans
from widgets.shared.labels import text_label
from widgets.shared.tab_order import order_tabs


class CasePage(QWidget):
    """`show_view` takes every newer view of the case that is shown.

    Signals: copy_asked(), print_asked(): the case as text, as PDF.
    """

    copy_asked = Signal()
    print_asked = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._view: CaseView | None = None
        self.forms = Forms(services, self)
        self.header = CaseHeader(services)
        self.composer = Composer(services)
        self.notice = Notice(services)
        self._owner = OwnerLine(services)
        self._acts = ActBar(services)
        self._banner = DutyBanner(services)
        self._facts = FactsGrid(services)
        self._amend = button(self.tr("修改要素"), "flat")
        self._unmask = button(self.tr("显示来电号码"), "flat", self.tr("查看将被记录"))
        self._copy = button(self.tr("复制"), "flat", self.tr("复制为文本"))
        self._print = button(self.tr("打印"), "flat", self.tr("打印为 PDF"))
        self._tabs = QTabBar(drawBase=False, expanding=False, usesScrollButtons=False)
        self.timeline = Timeline(services)
        self._nearby = Nearby(services)
        self._duties = DutyList(services)
        self._bodies = (self.timeline, self._nearby, self._duties)
        self._owner_slot, self._act_slot = QVBoxLayout(), QVBoxLayout()
        self._duty_slot, self._fact_slot = QVBoxLayout(), QVBoxLayout()
        self._call_slot = QVBoxLayout()
        self._scroll = QScrollArea(widgetResizable=True)
        self.setAcceptDrops(True)
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.notice)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._body())
        self._scroll.setAccessibleName(self.tr("事件内容"))
        column.addWidget(self._scroll, 1)
        column.addLayout(self._call_slot)
        self._call_slot.setContentsMargins(16, 0, 16, 0)
        column.addWidget(self.composer)

    def _body(self) -> QWidget:
        body = QWidget()
        body.setProperty("surface", "panel")
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        for widget, slot in (
            (self._acts, self._act_slot),
            (self._owner, self._owner_slot),
            (self._banner, self._duty_slot),
        ):
            column.addWidget(widget)
            column.addLayout(slot)
        column.addLayout(self._facts_head())
        column.addLayout(self._fact_slot)
        column.addWidget(self._facts)
        for name in (self.tr("时间线"), self.tr("附近"), self.tr("报送")):
            self._tabs.addTab(name)
        self._tabs.setAccessibleName(self.tr("事件分页"))
        line = QFrame()
        line.setProperty("line", "bottom")
        tabs = QHBoxLayout(line)
        tabs.setContentsMargins(0, 0, 0, 0)
        tabs.addWidget(self._tabs)
        tabs.addStretch(1)
        tabs.addWidget(self._copy)
        tabs.addWidget(self._print)
        column.addWidget(line)
        for part in self._bodies:
            column.addWidget(part)
        column.addStretch(1)
        self._on_tab(0)
        return body

    def _facts_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(text_label(self.tr("要素"), font=sans(BODY, bold=True)))
        row.addStretch(1)
        row.addWidget(self._unmask)
        row.addWidget(self._amend)
        return row

    def _connect(self) -> None:
        self._acts.asked.connect(self._on_act)
        self._owner.take_over_asked.connect(self._on_take_over)
        self._owner.hand_over_asked.connect(self._on_hand_over)
        self._banner.asked.connect(self._on_duty)
        self._duties.asked.connect(self._on_duty)
        self._amend.clicked.connect(self._on_amend)
        self._unmask.clicked.connect(self._on_unmask)
        self._tabs.currentChanged.connect(self._on_tab)
        self._nearby.watch_asked.connect(self._on_watch)
        self.composer.call_asked.connect(self._on_call)
        self.forms.changed.connect(self._on_forms)
        self._copy.clicked.connect(self.copy_asked)
        self._print.clicked.connect(self.print_asked)

    # showing

    def show_view(self, view: CaseView) -> None:
        other = self._view is None or self._view.incident.id != view.incident.id
        if other:
            self.forms.put_away()
            self.timeline.clear()
            self._facts.forget_number()
            self._scroll.verticalScrollBar().setValue(0)
        self._view = view
        incident = view.incident
        self.header.show_case(incident)
        self.notice.show_case(view)
        self._owner.show_case(incident)
        self._acts.show_case(incident)
        self._banner.show_duties(view.duties)
        self._facts.show_case(incident)
        self._show_fact_acts()
        self.timeline.show_entries(view.entries, self._waiting(view))
        self._nearby.show_place(incident.place)
        self._duties.show_duties(view.duties)
        counts = (len(view.entries), None, len(view.duties))
        names = (self.tr("时间线"), self.tr("附近"), self.tr("报送"))
        for i, (name, count) in enumerate(zip(names, counts, strict=True)):
            self._tabs.setTabText(i, f"{name} {count}" if count else name)
        self.composer.show_case(incident)
        self.forms.follow(view)
        if other:
            order_tabs(self)

    def forget(self) -> None:
        """Nothing half typed passes from one user to the next."""
        self.forms.forget()
        self.composer.forget()

    def show_others(self) -> None:
        if self._view is not None:
            self._owner.show_others(self._view.incident.id)

    def _on_watch(self) -> None:
        if self._view is not None:
            self._services.selection.watch(Ref("incident", self._view.incident.id))

    def recount_nearby(self) -> None:
        """Cameras or facilities changed."""
        if self._view is not None:
            self._nearby.show_place(self._view.incident.place, again=True)

    def focus_first_act(self) -> None:
        if self.isVisible() and self.forms.form is None:
            self._acts.focus_first()

    def tick(self) -> None:
        self._banner.tick()
        if self._duties.isVisible():
            self._duties.tick()

    def _waiting(self, view: CaseView) -> frozenset[str]:
        store = self._services.store
        return frozenset(e.id for e in view.entries if store.is_pending("entry", e.id))

    def _show_fact_acts(self) -> None:
        assert self._view is not None
        incident, user = self._view.incident, self._services.session.user
        row = transition("incident", "AMEND")
        amendable = row is not None and incident.state in row.sources
        self._amend.setVisible(amendable)
        if amendable and user is not None:
            refusals = self._services.commands.why_not("AMEND", incident)
            why = refusals_text(refusals, self._services.rules, language())
            self._amend.setEnabled(not why)
            self._amend.setText(self.tr("修改要素") + (f" · {why}" if why else ""))
        number = (incident.detail.caller_number or "") if incident.detail else ""
        mine = user is not None and (incident.owner_id == user.id or user.role == "SHIFT_CHIEF")
        self._unmask.setVisible("*" in number and mine and incident.is_open)

    # asking

    def _on_act(self, event: str) -> None:
        assert self._view is not None
        self._open_or_fire(self._act_slot, event)

    def _open_or_fire(self, slot: QVBoxLayout, event: str) -> None:
        """An act that needs nothing is done at once: its undoing is one act away."""
        assert self._view is not None
        row = transition("incident", event)
        if row is not None and not any(field.required for field in row.fields):
            refusals = self._services.commands.fire("incident", self._view.incident.id, event, {})
            if not refusals:
                return
        now = self._services.clock.now()
        given = {
            "occurred_at": self._view.incident.known_at if event == "CONFIRM" else None,
            "lanes_open_at": now,
        }
        self.forms.open(slot, "incident", event, self._view, given=given)

    def _on_take_over(self) -> None:
        """Nobody's case is taken at once; from a colleague it takes a reason."""
        user = self._services.session.user
        if self._view is None or user is None:
            return
        given = {"owner_id": user.id}
        incident = self._view.incident
        if incident.owner_id is None and not self._services.commands.fire(
            "incident", incident.id, "ASSIGN", given
        ):
            return
        self.forms.open(self._owner_slot, "incident", "ASSIGN", self._view, given=given)

    def _on_hand_over(self) -> None:
        if self._view is not None:
            self.forms.open(self._owner_slot, "incident", "ASSIGN", self._view)

    def _on_duty(self, duty_id: str, event: str) -> None:
        duty = self._services.store.get("obligation", duty_id)
        if self._view is None or duty is None:
            return
        given = {"sent_at": self._services.clock.now()}
        self.forms.open(self._duty_slot, "obligation", event, self._view, duty, given)

    def _on_amend(self) -> None:
        if self._view is not None:
            self.forms.open(self._fact_slot, "incident", "AMEND", self._view)

    def _on_call(self) -> None:
        if self._view is not None:
            given = {"at": self._services.clock.now()}
            self.forms.open(self._call_slot, "entry", "ADD_REPORT", self._view, given=given)

    def _on_unmask(self) -> None:
        if self._view is not None:
            self._services.cases.unmask(self._view.incident.id, self._facts.show_number)

    def show_tab(self, name: str) -> None:
        """`timeline`, `nearby` or `duties`."""
        self._tabs.setCurrentIndex(("timeline", "nearby", "duties").index(name))

    def _on_tab(self, index: int) -> None:
        for i, part in enumerate(self._bodies):
            part.setVisible(i == index)

    def _on_forms(self) -> None:
        """While facts are being changed the form stands in their place."""
        form = self.forms.form
        self._facts.setVisible(form is None or self._fact_slot.indexOf(form) < 0)
        if form is None:
            self._acts.focus_first()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Acts, forms and rows come and go: Tab asks for their order when it is pressed."""
        order_tabs(self)
        return super().focusNextPrevChild(forward)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.composer.add_files(local_files(event.mimeData()))
        event.acceptProposedAction()
