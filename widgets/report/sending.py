"""From the filled form to a case: its place is looked up, then it is sent, or joins an old one."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from app.domain.describe import number_text
from app.domain.incident import Place
from app.domain.outbox import OutboxItem
from app.messages import Level
from app.place_finder import Found
from app.services import Services
from app.text import language
from widgets.report.draft import call_text
from widgets.report.form import ReportForm
from widgets.shared.editor import plain_value


class Sending(QObject):
    """Signals: sent(str incident_id): the call stands in that case; refused(tuple of Refusal)."""

    sent = Signal(str)
    refused = Signal(object)

    def __init__(self, services: Services, form: ReportForm, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._form = form
        services.commands.accepted.connect(self._on_accepted)

    def send(self) -> None:
        """Send, once the words of the place have been looked up."""
        if self._form.what_is_wrong():
            self._form.focus_problem()
            return
        place = self._place()
        if place.text and not place.resolved:
            self._services.places.find(place.text, lambda found: self._on_found(place, found))
        else:
            self._report()

    def join(self, incident_id: str) -> None:
        """No new case: the call is one more report on an old one."""
        values = self._form.values()
        fields = {
            "incident_id": incident_id,
            "source": values["source"],
            "at": values["known_at"],
            "caller": values["caller"],
            "caller_number": values["caller_number"],
            "text": call_text(values, self._services.rules, language()),
        }
        refusals = self._services.commands.fire("entry", str(uuid4()), "ADD_REPORT", _given(fields))
        if refusals:
            self.refused.emit(refusals)
            return
        self._services.messages.post(Level.GOOD, self.tr("来电已加到该事件的时间线"), key="report")
        self.sent.emit(incident_id)

    def _place(self) -> Place:
        return Place(**(self._form.values()["place"] or {}))

    def _on_found(self, asked: Place, found: Found) -> None:
        if self._place() not in (asked, *(candidate.place for candidate in found.candidates)):
            return  # the user has typed on: not sent yet; or else the editor has found it itself
        if len(found.candidates) == 1 and found.candidates[0].place.resolved:
            self._form.editor("place").set_value(plain_value(found.candidates[0].place))
        self._report()

    def _report(self) -> None:
        incident_id, refusals = self._services.commands.report(
            _given(self._form.values()), self._on_reported
        )
        if refusals:
            self.refused.emit(refusals)
            self._form.focus_problem()
        else:
            self.sent.emit(incident_id)

    def _on_reported(self, item: OutboxItem) -> None:
        """It is on disk: from here on nothing can be lost."""
        if not self._services.link.now.is_connected:
            words = self.tr("已存本机,临时号 {number};联网后由服务器编正式号")
            self._tell(Level.WARN, words, item)

    def _on_accepted(self, item: OutboxItem) -> None:
        """The server has it, under its number."""
        if item.command.event == "REPORT":
            self._tell(Level.GOOD, self.tr("已接报 {number}"), item)

    def _tell(self, level: Level, words: str, item: OutboxItem) -> None:
        incident = self._services.store.get("incident", item.command.entity_id)
        if incident is not None:
            number = number_text(incident, language())
            self._services.messages.post(level, words.format(number=number), key="report")


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
