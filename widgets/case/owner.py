"""Whose case it is, who else looks at it, and how it goes from hand to hand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.incident import Incident
from app.services import Services
from app.text import language, refusals_text
from widgets.case.view import name_of
from widgets.shared.buttons import button
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import text_label


class OwnerLine(QWidget):
    """Signals: take_over_asked(), hand_over_asked()."""

    take_over_asked = Signal()
    hand_over_asked = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._owner = text_label()
        self._others = text_label(font=sans(SMALL), tone="accent")
        self._others.setWordWrap(True)
        self._take = button(self.tr("接管"))
        self._hand = button(self.tr("移交"), tip=self.tr("移交给同事"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(text_label(self.tr("责任人"), font=sans(SMALL), tone="2"))
        line.addWidget(self._owner, 1)
        line.addWidget(self._take)
        line.addWidget(self._hand)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self._others)
        self._take.clicked.connect(self.take_over_asked)
        self._hand.clicked.connect(self.hand_over_asked)

    def show_case(self, incident: Incident) -> None:
        services, user = self._services, self._services.session.user
        mine = user is not None and incident.owner_id == user.id
        name = name_of(services.store, incident.owner_id)
        self._owner.setText(self.tr("{name}(我)").format(name=name) if mine else name)
        refusals = services.commands.why_not("ASSIGN", incident) if user else ()
        why = refusals_text(refusals, services.rules, language())
        open_case = incident.is_open
        self._take.setVisible(open_case and not mine)
        self._hand.setVisible(open_case)
        for act, tip in (
            (self._take, self.tr("由我负责此事件")),
            (self._hand, self.tr("移交给同事")),
        ):
            act.setEnabled(not why)
            act.setToolTip(why or tip)
        self.show_others(incident.id)

    def show_others(self, incident_id: str) -> None:
        viewers = self._services.cases.others(incident_id)
        names = self.tr("、").join(f"{v.name}({v.seat})" if v.seat else v.name for v in viewers)
        self._others.setText(self.tr("{names} 也打开了此事件").format(names=names))
        self._others.setVisible(bool(viewers))
