"""One open form at a time on the case page, and what was typed into the others."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from app.domain.decide import Refusal
from app.domain.fields import FieldError, read_field
from app.domain.incident import Incident
from app.domain.machine import FACT_FIELDS, Field, transition
from app.services import Services
from app.text import language, refusals_text
from widgets.case.act_form import ActForm, Values
from widgets.case.hints import add_hints
from widgets.case.view import CaseView, name_of

_GROUPS = {
    "incident": "incident_event", "entry": "entry_event", "obligation": "obligation_event"
}  # fmt: skip
_FACTS = {field.name: field for field in FACT_FIELDS}
_OF_ENTRY = "incident_id"


class Forms(QObject):
    """Opens the form of an act in a slot of the page. What was typed and not sent is kept per
    case and act until it is sent, also while other cases are shown.

    Signals: changed(): a form was opened or closed.
    """

    changed = Signal()

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._kept: dict[tuple[str, str], Values] = {}
        self._form: ActForm | None = None
        self._key = ("", "")
        self._kind = ""
        self._seen = 0
        self._incident_id = ""

    @property
    def form(self) -> ActForm | None:
        return self._form

    def open(
        self,
        slot: QVBoxLayout,
        kind: str,
        event: str,
        view: CaseView,
        entity: Any = None,
        given: Mapping[str, Any] | None = None,
    ) -> ActForm | None:
        """`entity`: what the act is fired at, the case itself unless told otherwise.
        `given` proposes values that the entity does not have."""
        row = transition(kind, event)
        if row is None:
            return None
        self.put_away()
        target = entity if entity is not None else view.incident
        fields = row.fields if event != "AMEND" else (*FACT_FIELDS, *row.fields[1:])
        fields = tuple(field for field in fields if field.name != _OF_ENTRY)
        name = self._services.rules.label(_GROUPS[kind], event, language())
        form = ActForm(
            self._services, name, fields, lambda values: self._send(kind, event, target.id, values)
        )
        form.prefill(target if kind != "entry" else None, given or {})
        if kind == "incident":
            add_hints(form, event, view.incident, self._services)
        self._form, self._key, self._kind = form, (target.id, event), kind
        self._incident_id, self._seen = view.incident.id, view.incident.version
        form.put(self._kept.get(self._key, {}))
        form.sent.connect(self._on_sent)
        form.closed.connect(self.put_away)
        slot.addWidget(form)
        form.show()
        form.focus_first()
        self.changed.emit()
        return form

    def put_away(self) -> None:
        """Close the form; what was typed into it is kept."""
        if self._form is None:
            return
        typed = self._form.changed_values()
        if typed:
            self._kept[self._key] = typed
        else:
            self._kept.pop(self._key, None)
        self._remove()

    def forget(self) -> None:
        """Another user comes to the seat: what was typed goes with its author."""
        self._remove()
        self._kept.clear()

    def follow(self, view: CaseView) -> None:
        """The case has news: say so in the open form, keep what was typed."""
        if self._form is None or view.incident.id != self._incident_id:
            return
        self._form.tell_news(self._news(view.incident))

    def _news(self, incident: Incident) -> str:
        if self._kind != "entry":
            entity = self._services.store.get(self._kind, self._key[0])
            refusals = (
                self._services.commands.why_not(self._key[1], entity, self._kind) if entity else ()
            )
            if refusals:
                why = refusals_text(refusals, self._services.rules, language())
                return self.tr("情况已变,此操作现在不能提交:{why}。已填内容保留。").format(why=why)
        by = incident.detail.updated_by if incident.detail else ""
        user = self._services.session.user
        if incident.version <= self._seen or (user is not None and by == user.id):
            return ""
        return self.tr(
            "{name} 刚修改了此事件(第 {old} → {new} 版)。已填内容保留,请核对后提交。"
        ).format(name=name_of(self._services.store, by), old=self._seen, new=incident.version)

    def _on_sent(self) -> None:
        self._kept.pop(self._key, None)
        self._remove()

    def _remove(self) -> None:
        form, self._form = self._form, None
        if form is not None:
            form.hide()
            form.deleteLater()
            self.changed.emit()

    def _send(self, kind: str, event: str, entity_id: str, values: Values) -> tuple[Refusal, ...]:
        commands = self._services.commands
        if kind == "entry":
            fields = {_OF_ENTRY: self._incident_id, **_given(values)}
            return commands.fire(kind, str(uuid4()), event, fields)
        if event == "AMEND":
            return self._amend(entity_id, values)
        return commands.fire(kind, entity_id, event, _given(values))

    def _amend(self, entity_id: str, values: Values) -> tuple[Refusal, ...]:
        """Only changed facts travel; one that is not valid is said at its own field."""
        assert self._form is not None
        typed = self._form.changed_values()
        facts = {name: value for name, value in typed.items() if name in _FACTS}
        bad = [refusal for name in facts if (refusal := self._bad(_FACTS[name], facts[name]))]
        if bad:
            return tuple(bad)
        fields = {"facts": facts or None, "reason": values.get("reason")}
        return self._services.commands.fire("incident", entity_id, "AMEND", _given(fields))

    def _bad(self, field: Field, value: Any) -> Refusal | None:
        try:
            read_field(field, value, self._services.rules)
        except FieldError as error:
            return Refusal(error.code, {"field": field.name, **error.params})
        return None


def _given(values: Mapping[str, Any]) -> Values:
    return {name: value for name, value in values.items() if value is not None}
