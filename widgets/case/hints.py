"""Helps inside the forms: a level from the casualties, the cases that may be the same."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.describe import fact_text, number_text, place_text, title_text
from app.domain.duplicates import likely_duplicates
from app.domain.incident import Incident
from app.services import Services
from app.text import language, translate
from widgets.case.act_form import ActForm
from widgets.shared.buttons import button
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import text_label
from widgets.shared.severity import level_words
from widgets.shared.subtypes import follow_type


def add_hints(form: ActForm, event: str, incident: Incident, services: Services) -> None:
    """Put under the fields of an act's form what helps to fill them."""
    if event in ("CLASSIFY", "RECLASSIFY"):
        _propose_level(form, incident, services)
    if event == "MERGE_INTO":
        _offer_duplicates(form, incident, services)
    if event in ("CONFIRM", "AMEND"):
        follow_type(form.editor("type"), form.editor("subtype"), services.rules, language())


def _propose_level(form: ActForm, incident: Incident, services: Services) -> None:
    """The level that casualties and loss ask for by 国务院令第493号. A person decides."""
    detail, rules = incident.detail, services.rules
    if detail is None:
        return
    counts = fact_text("casualties", detail.casualties, rules, language())
    level = rules.severity_of(detail.casualties, detail.loss_cny)
    if level is None:
        words = translate("Hints", "伤亡与损失未达定级标准或未知({counts}),请按影响程度定级")
        form.add_hint("severity", _line(words.format(counts=counts)))
        return
    words = translate("Hints", "按伤亡与损失({counts})建议 {level}").format(
        counts=counts, level=level_words(rules, level, language())
    )

    def adopt(_checked: bool = False) -> None:
        form.editor("severity").set_value(level)
        for name in ("basis", "reason"):
            if name in form.values() and form.editor(name).value() is None:
                form.editor(name).set_value(counts)

    form.add_hint("severity", _line(words, (translate("Hints", "采用"), adopt)))


def _offer_duplicates(form: ActForm, incident: Incident, services: Services) -> None:
    others = [c for c in services.store.all("incident").values() if c.is_open and c != incident]
    found = likely_duplicates(
        incident.place, incident.type, incident.known_at, others, services.rules.duplicate
    )
    hint = QWidget()
    column = QVBoxLayout(hint)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for other in found[:3]:
        if other.id != incident.id:
            place = place_text(other.place, services.rules, language())
            title = title_text(other, services.rules, language())
            text = " ".join((number_text(other, language()), title, place))
            column.addWidget(_line(text, (translate("Hints", "选此"), _chooser(form, other.id))))
    if not column.count():
        column.addWidget(_line(translate("Hints", "附近没有疑似重复的事件,可输入编号或标题查找")))
    form.add_hint("target_id", hint)


def _chooser(form: ActForm, incident_id: str) -> Callable[[], None]:
    return lambda: form.editor("target_id").set_value(incident_id)


def _line(text: str, act: tuple[str, Callable[[], None]] | None = None) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 4)
    row.setSpacing(8)
    label = text_label(text, font=sans(SMALL), tone="2")
    label.setWordWrap(True)
    row.addWidget(label, 1)
    if act is not None:
        name, run = act
        press = button(name)
        press.clicked.connect(run)
        row.addWidget(press)
    return line
