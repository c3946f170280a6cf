"""The case on paper, as text and foot: demo mark, attribution, who printed it and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape

from PySide6.QtCore import QCoreApplication

from app.domain.describe import local_time, number_text, place_text, title_text
from app.domain.rules import Rules
from widgets.case.astext import duty_text
from widgets.case.facts_list import facts
from widgets.case.timeline.wording import words
from widgets.case.view import CaseView


@dataclass(frozen=True, slots=True)
class Printout:
    """Everything a page needs, gathered on the GUI thread; `html` has all user text escaped."""

    html: str
    foot: str
    family: str


def printout(
    view: CaseView,
    rules: Rules,
    language: str,
    now: datetime,
    *,
    owner: str,
    user: str,
    family: str,
) -> Printout:
    foot = QCoreApplication.translate(
        "Printout", "{user} 打印于 {time}(北京时间) · 地图数据 © OpenStreetMap contributors"
    ).format(user=user, time=local_time(now, "%Y-%m-%d %H:%M"))
    if view.incident.demo:
        foot = QCoreApplication.translate("Printout", "演示数据,非真实事件") + " · " + foot
    return Printout("".join(_html(view, rules, language, now, owner)), foot, family)


def _html(view: CaseView, rules: Rules, language: str, now: datetime, owner: str) -> Iterator[str]:
    incident = view.incident
    yield f"<h1>{escape(title_text(incident, rules, language))}</h1>"
    yield f"<p>{escape(place_text(incident.place, rules, language))}</p>"
    state = rules.label("incident_state", incident.state, language)
    head = QCoreApplication.translate(
        "Printout", "第 {version} 版 · {state} · 责任人 {owner}"
    ).format(version=incident.version, state=state, owner=owner)
    yield f"<p class='grey'>{escape(number_text(incident, language))} · {escape(head)}</p>"
    yield _heading(QCoreApplication.translate("Printout", "要素")) + "<table>"
    for fact in facts(incident, rules, language):
        yield f"<tr><td class='grey'>{escape(fact.label)}</td><td>{escape(fact.text)}</td></tr>"
    yield "</table>"
    if incident.detail and incident.detail.text:
        yield f"<p>{_lines(incident.detail.text)}</p>"
    if view.duties:
        yield _heading(QCoreApplication.translate("Printout", "信息报送"))
        yield "".join(f"<p>{escape(duty_text(duty, rules, language))}</p>" for duty in view.duties)
    yield _heading(QCoreApplication.translate("Printout", "时间线")) + "<table>"
    for entry in view.entries:
        said = words(entry, rules, language, now)
        told = "<br>".join(_lines(part) for part in (said.head, *said.changes, said.body) if part)
        time = local_time(entry.at, "%Y-%m-%d %H:%M:%S")
        yield f"<tr><td>{time}</td><td>{escape(said.chip)}</td>"
        yield f"<td>{told}<br><span class='grey'>{escape(said.by)}</span></td></tr>"
    yield "</table>"


def _heading(words: str) -> str:
    return f"<h2>{escape(words)}</h2>"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
