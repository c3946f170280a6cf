"""The case on paper: a PDF with demo mark, attribution and page numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

from app.domain.describe import local_time, number_text, place_text, title_text
from app.domain.rules import Rules
from widgets.case.astext import duty_text
from widgets.case.facts_list import facts
from widgets.case.timeline.wording import words
from widgets.case.view import CaseView

DPI = 96
FOOT = 40
_STYLE = """
h1 { font-size: 17px; margin: 0 } h2 { font-size: 13px; margin: 14px 0 4px 0 }
p { margin: 2px 0 } td { padding: 3px 12px 3px 0; vertical-align: top }
.grey { color: #555555 } .demo { color: #8a6100 }
"""


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


def write_pdf(page: Printout, path: Path) -> None:
    """Write the PDF. Runs in the pool: the Qt objects here live and die within this call.

    Raises OSError if the file cannot be written.
    """
    with path.open("wb"):  # the writer itself would fail without a word
        pass
    writer = QPdfWriter(str(path))
    writer.setResolution(DPI)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(15, 15, 15, 12),
            QPageLayout.Unit.Millimeter,
        )
    )
    font = QFont(page.family)
    font.setPixelSize(12)
    text = QTextDocument()
    text.setDefaultFont(font)
    text.setDefaultStyleSheet(_STYLE)
    body = QSizeF(writer.width(), writer.height() - FOOT)
    text.setPageSize(body)
    text.setHtml(page.html)
    painter = QPainter(writer)
    try:
        _paint(painter, writer, text, page.foot, font)
    finally:
        painter.end()


def _paint(
    painter: QPainter, writer: QPdfWriter, text: QTextDocument, foot: str, font: QFont
) -> None:
    size, pages = text.pageSize(), text.pageCount()
    painter.setFont(font)
    for number in range(pages):
        if number:
            writer.newPage()
        painter.save()
        painter.translate(0, -number * size.height())
        text.drawContents(painter, QRectF(0, number * size.height(), size.width(), size.height()))
        painter.restore()
        line = QRectF(0, size.height() + FOOT / 2, size.width(), FOOT / 2)
        painter.setPen(QColor("#555555"))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, foot)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, f"{number + 1} / {pages}")


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
