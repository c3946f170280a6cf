"""Report obligations 信息报送: the next one as a banner with its clock, all of them as a list."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.clocks import AMBER, RED, Clock
from app.domain.describe import local_time, sent_report_text
from app.domain.obligation import Obligation, ObligationState
from app.services import Services
from app.text import language, refusals_text
from widgets.case.astext import recipient_text
from widgets.case.strip import Strip
from widgets.shared.arrange import clear
from widgets.shared.buttons import button
from widgets.shared.clock_bar import ClockBar, left_text
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import text_label

EVENTS = ("SEND", "WAIVE")
TONES = {AMBER: "warn", RED: "bad"}


def clock_of(duty: Obligation) -> Clock | None:
    """Its running clock, None once it is sent or waived."""
    if duty.state != ObligationState.OPEN:
        return None
    return Clock(duty.rule_id, duty.clock_from, duty.due_at)


def duty_buttons(
    services: Services, duty: Obligation, asked: Callable[[str, str], None]
) -> list[QPushButton]:
    """登记已报 and 免报; a grey one says in its tooltip why."""
    made = []
    for event in EVENTS:
        why = refusals_text(
            services.commands.why_not(event, duty, "obligation"), services.rules, language()
        )
        name = services.rules.label("obligation_event", event, language())
        act = button(f"{name} · {why}" if why else name, tip=why)
        act.setEnabled(not why)
        act.setObjectName(f"duty-{event}")
        act.clicked.connect(lambda _=False, event=event: asked(duty.id, event))
        made.append(act)
    return made


class DutyBanner(QWidget):
    """Signals: asked(str duty_id, str event)."""

    asked = Signal(str, str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._duty: Obligation | None = None
        self._strip = Strip()
        self._made: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._strip)
        self.hide()

    def show_duties(self, duties: tuple[Obligation, ...]) -> None:
        duty = next((d for d in duties if d.state == ObligationState.OPEN), None)
        self.setVisible(duty is not None)
        if duty is not None and duty != self._duty:
            for old in self._made:
                old.hide()
                old.deleteLater()
            self._made = duty_buttons(self._services, duty, self.asked.emit)
            for made in self._made:
                self._strip.add(made)
        self._duty = duty
        self.tick()

    def tick(self) -> None:
        """The time that is left, each second while it is shown."""
        clock = clock_of(self._duty) if self._duty else None
        if self._duty is None or clock is None:
            return
        now = self._services.clock.now()
        rules = self._services.rules
        text = self.tr("{report} 应在 {time} 前报{recipient}").format(
            report=rules.label("report", self._duty.report, language()),
            time=local_time(self._duty.due_at, "%H:%M"),
            recipient=recipient_text(self._duty, rules, language()),
        )
        colour = clock.colour(now, rules.amber_share)
        self._strip.say(text, TONES.get(colour, "info"), left_text(clock, now, language()))


class DutyList(QWidget):
    """Every obligation of the case. Signals: asked(str duty_id, str event)."""

    asked = Signal(str, str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._duties: tuple[Obligation, ...] | None = None
        self._bars: list[tuple[ClockBar, Clock]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 0)
        self._column.setSpacing(8)

    def show_duties(self, duties: tuple[Obligation, ...]) -> None:
        if duties == self._duties:
            return
        self._duties = duties
        clear(self._column)
        self._bars.clear()
        for duty in duties:
            self._column.addWidget(self._row(duty))
        if not duties:
            empty = text_label(
                self.tr("没有报送义务。定级后按规则生成,时限从接报时间起算。"),
                font=sans(SMALL), tone="2",
            )  # fmt: skip
            empty.setWordWrap(True)
            self._column.addWidget(empty)
        self._column.addStretch(1)
        self.tick()

    def tick(self) -> None:
        now = self._services.clock.now()
        for bar, clock in self._bars:
            bar.show_clock(clock, now, self._services.rules.amber_share)

    def _row(self, duty: Obligation) -> QWidget:
        rules = self._services.rules
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        report = rules.label("report", duty.report, language())
        line.addWidget(text_label(report, font=sans(bold=True)))
        line.addWidget(text_label(recipient_text(duty, rules, language()), tone="2"), 1)
        clock = clock_of(duty)
        if clock is not None:
            bar = ClockBar(language())
            self._bars.append((bar, clock))
            line.addWidget(bar)
        else:
            sent = duty.state == ObligationState.SENT
            state = rules.label("obligation_state", duty.state, language())
            line.addWidget(text_label(state, tone="good" if sent else "2"))
        column.addLayout(line)
        detail = text_label(self._detail(duty), font=sans(SMALL), tone="2")
        detail.setWordWrap(True)
        column.addWidget(detail)
        if clock is not None:
            acts = QHBoxLayout()
            for act in duty_buttons(self._services, duty, self.asked.emit):
                acts.addWidget(act)
            acts.addStretch(1)
            column.addLayout(acts)
        return row

    def _detail(self, duty: Obligation) -> str:
        parts = [self.tr("时限 {time}").format(time=local_time(duty.due_at))]
        if duty.sent_at:
            parts.append(self.tr("报出 {time}").format(time=local_time(duty.sent_at)))
        if duty.late_reason:
            parts.append(self.tr("超时原因:{reason}").format(reason=duty.late_reason))
        if duty.text:
            parts.append(sent_report_text(duty.text, self._services.rules, language()))
        return " · ".join(parts)
