"""The case as plain text, for a message or another system."""

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.domain.describe import local_time, number_text, place_text, title_text
from app.domain.obligation import Obligation, ObligationState
from app.domain.rules import Rules
from widgets.case.facts_list import facts
from widgets.case.timeline.wording import words
from widgets.case.view import CaseView


def case_text(view: CaseView, rules: Rules, language: str, now: datetime, owner: str) -> str:
    """Head, facts, reports and timeline, one line each; times are Asia/Shanghai."""
    return "\n".join(_lines(view, rules, language, now, owner))


def _lines(view: CaseView, rules: Rules, language: str, now: datetime, owner: str) -> Iterator[str]:
    incident = view.incident
    if incident.demo:
        yield QCoreApplication.translate("CaseText", "【演示数据】")
    yield f"{number_text(incident, language)}  {title_text(incident, rules, language)}"
    yield place_text(incident.place, rules, language)
    state = rules.label("incident_state", incident.state, language)
    yield QCoreApplication.translate("CaseText", "状态 {state} · 责任人 {owner}").format(
        state=state, owner=owner
    )
    for fact in facts(incident, rules, language):
        yield QCoreApplication.translate("CaseText", "{fact}:{text}").format(
            fact=fact.label, text=fact.text
        )
    if incident.detail and incident.detail.text:
        yield incident.detail.text
    for duty in view.duties:
        yield duty_text(duty, rules, language)
    for entry in view.entries:
        said = words(entry, rules, language, now)
        parts = (said.head, *said.changes, said.body)
        yield (
            f"{local_time(entry.at, '%Y-%m-%d %H:%M:%S')} [{said.chip}] "
            + " ".join(" ".join(part.split()) for part in parts if part)
            + f" ({said.by})"
        )


def duty_text(duty: Obligation, rules: Rules, language: str) -> str:
    """`电话初报 → 市委市政府总值班室:06:42 前,待报`."""
    recipient = recipient_text(duty, rules, language)
    state = rules.label("obligation_state", duty.state, language)
    due = QCoreApplication.translate("CaseText", "{time} 前").format(time=local_time(duty.due_at))
    end = local_time(duty.sent_at) if duty.state == ObligationState.SENT else due
    report = rules.label("report", duty.report, language)
    return QCoreApplication.translate("CaseText", "{report} → {recipient}:{end},{state}").format(
        report=report, recipient=recipient, end=end, state=state
    )


def recipient_text(duty: Obligation, rules: Rules, language: str) -> str:
    rule = rules.obligation(duty.rule_id)
    return rule.recipient.text(language) if rule else duty.recipient
