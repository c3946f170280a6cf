"""The report panel: the form, its drafts, the duplicate hint."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.decide import Refusal
from app.domain.incident import Place
from app.domain.machine import transition
from app.messages import Level
from app.selection import Ref
from app.services import Services
from app.text import language, refusal_text
from widgets.report.draft import is_blank
from widgets.report.draft_bar import DraftBar
from widgets.report.duplicates import Duplicates
from widgets.report.form import ReportForm
from widgets.report.sending import Sending
from widgets.shared.buttons import button, primary_button
from widgets.shared.escape import keeps_escape
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import ElidedLabel, text_label

SAVE_MS = 150


class ReportPanel(QWidget):
    """F2 begins, Tab walks in the order of a call, Ctrl+Enter sends, Esc puts away.

    Every key is saved as a draft: a crash, Esc or another call loses nothing.
    """

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._draft_id = ""
        self._begun = False
        self.setProperty("surface", "panel")
        self._drafts = DraftBar(services)
        self.form = ReportForm(services)
        self.duplicates = Duplicates(services)
        self.sending = Sending(services, self.form, self)
        self._problem = text_label(font=sans(SMALL), tone="bad")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._send = primary_button(self.tr("接报"), self.tr("Ctrl+Enter"))
        self._discard = button(self.tr("丢弃"), tip=self.tr("清空并删除这份草稿"))
        self._next = button(self.tr("另一来电"), tip=self.tr("这份留作草稿,再开一份"))
        self._scroll = QScrollArea(widgetResizable=True)
        self._pause = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._build()
        self._connect()
        self._on_signed_in()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._drafts)
        body = QWidget()
        body.setProperty("surface", "panel")
        inner = QVBoxLayout(body)
        inner.setContentsMargins(16, 8, 16, 8)
        inner.setSpacing(8)
        inner.addWidget(self.form)
        inner.addStretch(1)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(body)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._foot())

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("line", "top")
        column = QVBoxLayout(foot)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(6)
        column.addWidget(self.duplicates)
        column.addWidget(self._problem)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._send)
        row.addWidget(self._next)
        row.addWidget(self._discard)
        hint = ElidedLabel(self.tr("Ctrl+Enter 提交 · Esc 收起"))
        hint.setFont(sans(SMALL))
        hint.setProperty("tone", "3")
        hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(hint, 1)
        column.addLayout(row)
        return foot

    def _connect(self) -> None:
        self.form.changed.connect(self._on_changed)
        self._pause.timeout.connect(self._save)
        self._send.clicked.connect(self.sending.send)
        self._next.clicked.connect(self.begin_another)
        self._discard.clicked.connect(self._on_discard)
        self._drafts.chosen.connect(self._on_draft_chosen)
        self.duplicates.join_asked.connect(self.sending.join)
        self.duplicates.shown_asked.connect(self._on_shown_asked)
        self._services.session.signed_in.connect(self._on_signed_in)
        self.sending.sent.connect(self._on_sent)
        self.sending.refused.connect(self._on_refused)
        self._services.session.signed_out.connect(self._on_signed_out)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.sending.send)

    # drafts

    def begin(self) -> None:
        """F2: go on with what is half typed, else begin now: the clock of the case runs."""
        if is_blank(self.form.values()):
            self._show({})
            self._begun = True
        self.form.focus_first()

    def begin_another(self) -> None:
        """A second call comes in: the first stays as a draft."""
        self._save()
        self._draft_id = ""
        self._show({})
        self._begun = True
        self._drafts.show_drafts("")
        self.form.focus_first()

    def put_away(self) -> None:
        """Close the panel; the draft stays."""
        self._save()
        self._services.selection.left.emit("report")

    def _on_signed_in(self) -> None:
        """Another user has other rights and other drafts."""
        user, row = self._services.session.user, transition("incident", "REPORT")
        assert row is not None
        may = user is None or user.role in row.roles
        why = refusal_text(
            Refusal("NOT_YOUR_ROLE", {"roles": sorted(row.roles)}), self._services.rules, language()
        )
        self._send.setEnabled(may)
        self._send.setToolTip(self.tr("Ctrl+Enter") if may else why)
        name = self.tr("接报")
        self._send.setText(name if may else f"{name} · {why}")
        self._load_newest()
        if self._draft_id:
            self._services.messages.post(
                Level.INFO, self.tr("有未完成的接报,按 F2 接着写"), "report.new", key="draft"
            )

    def _on_signed_out(self) -> None:
        """The drafts are their author's: the next user finds an empty form."""
        self._draft_id = ""
        self._show({})

    def _load_newest(self) -> None:
        ids = self._services.drafts.ids() if self._services.session.user else []
        self._draft_id = ids[0] if ids else ""
        self._show(self._services.drafts.load(self._draft_id) or {} if ids else {})
        self._drafts.show_drafts(self._draft_id)

    def _show(self, values: Mapping[str, Any]) -> None:
        self._pause.stop()
        now = self._services.clock.now().isoformat()
        self.form.set_values({"known_at": now, **values})
        self._begun = not is_blank(values)
        self._problem.hide()
        self._ask_duplicates()

    def _on_changed(self) -> None:
        if not self._begun and not is_blank(self.form.values()):
            self._begun = True  # begun without F2: the call comes in now
            self.form.editor("known_at").set_value(self._services.clock.now())
        self._problem.hide()
        self._pause.start()
        self._ask_duplicates()

    def _save(self) -> None:
        self._pause.stop()
        values = self.form.values()
        if is_blank(values):
            self._drop()
            return
        self._draft_id = self._draft_id or str(uuid4())
        self._services.drafts.save(self._draft_id, values)
        self._drafts.show_drafts(self._draft_id)

    def _drop(self) -> None:
        self._pause.stop()
        if self._draft_id:
            self._services.drafts.drop(self._draft_id)
            self._draft_id = ""
        self._drafts.show_drafts("")

    def _on_discard(self) -> None:
        self._drop()
        self._load_newest()

    def _on_draft_chosen(self, draft_id: str) -> None:
        self._save()
        self._draft_id = draft_id
        self._show(self._services.drafts.load(draft_id) or {})
        self._drafts.show_drafts(draft_id)
        self.form.focus_first()

    # duplicates

    def _ask_duplicates(self) -> None:
        values = self.form.values()
        known_at = values["known_at"]
        self.duplicates.ask(
            Place(**(values["place"] or {})),
            values["type"],
            datetime.fromisoformat(known_at) if known_at else None,
        )

    def _on_shown_asked(self, incident_id: str) -> None:
        self._services.selection.open(Ref("incident", incident_id))

    # sent or refused

    def _on_sent(self, incident_id: str) -> None:
        self._drop()
        self._load_newest()
        self._services.selection.open(Ref("incident", incident_id))
        if not self._draft_id:
            self.put_away()

    def _on_refused(self, refusals: tuple[Refusal, ...]) -> None:
        text = self.form.show_refusals(refusals)
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    # keys

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)
