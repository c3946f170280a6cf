"""The next acts of the case as buttons; a grey one says what is missing."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.domain.describe import number_text, title_text
from app.domain.incident import Incident
from app.selection import Ref
from app.services import Services
from app.text import language, refusals_text
from widgets.case.plan import Act, WhyNot, next_acts, other_acts
from widgets.shared.buttons import button
from widgets.shared.flow import FlowLayout
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import text_label


class ActBar(QWidget):
    """Signals: asked(str event): the user wants to do it."""

    asked = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._acts: list[Act] = []
        self._buttons: list[QPushButton] = []
        self._nothing = text_label(font=sans(SMALL), tone="2")
        self._nothing.setWordWrap(True)
        self._more = QToolButton()
        self._more.setProperty("role", "flat")
        self._more.setText(self.tr("全部操作"))
        self._more.setToolTip(self.tr("其他状态下的操作,以及现在不可用的原因"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._more)
        self._more.setMenu(self._menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._nothing)
        self._target = button(self.tr("打开目标事件"))
        self._target.clicked.connect(self._on_target)
        column.addWidget(self._target, 0, Qt.AlignmentFlag.AlignLeft)
        self._flow = FlowLayout()
        column.addLayout(self._flow)
        self._menu.aboutToShow.connect(self._on_menu)
        self._incident: Incident | None = None

    def show_case(self, incident: Incident) -> None:
        self._incident = incident
        acts = next_acts(incident, self._why_not(incident))
        if acts != self._acts or not self._buttons:
            self._acts = acts
            self._lay_out(acts)
        why = "" if acts else self._why_none(incident)
        self._nothing.setText(why)
        self._nothing.setVisible(bool(why))
        self._target.setVisible(self._merged_into() != "")

    def focus_first(self) -> None:
        """To the first act that may be done."""
        for made in self._buttons:
            if made.isEnabled():
                made.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _why_not(self, incident: Incident) -> WhyNot:
        return lambda event: self._services.commands.why_not(event, incident)

    def _why_none(self, incident: Incident) -> str:
        if incident.is_open:
            return self.tr("此状态来自更新的服务器,本版本没有可用的操作。请升级客户端。")
        target = self._services.store.get("incident", self._merged_into())
        if target is not None:
            return self.tr("此事件已并入 {number} {title}").format(
                number=number_text(target, language()),
                title=title_text(target, self._services.rules, language()),
            )
        return self.tr("此事件已结束,没有下一步操作。")

    def _merged_into(self) -> str:
        detail = self._incident.detail if self._incident else None
        return (detail.merged_into or "") if detail else ""

    def _on_target(self) -> None:
        self._services.selection.open(Ref("incident", self._merged_into()))

    def _lay_out(self, acts: list[Act]) -> None:
        focused = next((b.objectName() for b in self._buttons if b.hasFocus()), "")
        while item := self._flow.takeAt(0):
            widget = item.widget()
            if widget is not None and widget is not self._more:
                widget.setObjectName("")
                widget.hide()
                widget.deleteLater()
        self._buttons = [self._button(act) for act in acts]
        for made in (*self._buttons, self._more):
            self._flow.addWidget(made)
            made.show()  # now, not with the next event: it may get the focus at once
            if made.objectName() == focused and focused:
                made.setFocus()

    def _button(self, act: Act) -> QPushButton:
        name = self._name(act)
        why = self._why(act)
        made = button(f"{name} · {why}" if why else name, "primary" if act.primary else "", why)
        made.setObjectName(f"act-{act.row.event}")
        made.setEnabled(not why)
        made.clicked.connect(self._asker(act.row.event))
        return made

    def _asker(self, event: str) -> Callable[[], None]:
        return lambda: self.asked.emit(event)

    def _name(self, act: Act) -> str:
        return self._services.rules.label("incident_event", act.row.event, language())

    def _why(self, act: Act) -> str:
        return refusals_text(act.refusals, self._services.rules, language())

    def _on_menu(self) -> None:
        self._menu.clear()
        if self._incident is None:
            return
        why_not = self._why_not(self._incident)
        for act in (*self._acts, *other_acts(self._incident, why_not)):
            why = self._why(act)
            entry = QAction(f"{self._name(act)} — {why}" if why else self._name(act), self._menu)
            entry.setEnabled(not why)
            entry.triggered.connect(self._asker(act.row.event))
            self._menu.addAction(entry)
