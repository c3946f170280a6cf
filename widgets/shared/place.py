"""The editor of a place: words that find their stake, junction or point, or a click on the map."""

from typing import Any

from PySide6.QtCore import QStringListModel, Qt, QTimer
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout
from shiboken6 import isValid

from app.domain.describe import place_text
from app.domain.fields import TEXT_LIMIT
from app.domain.incident import Place
from app.place_finder import Candidate, Found
from app.services import Services
from app.text import language
from widgets.shared.buttons import button
from widgets.shared.editor import Editor, plain_value
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import ElidedLabel, set_tone

PAUSE_MS = 250


class PlaceEditor(Editor):
    """A line of words. Below it stands what they were resolved to, or why they were not.

    One meaning is taken at once; several are offered, and the user takes one.
    """

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._place = Place()
        self._candidates: dict[str, Candidate] = {}
        self.edit = QLineEdit(
            placeholderText=self.tr("桩号 G2 K110+300、路口、道路或坐标"), maxLength=TEXT_LIMIT
        )
        self._pick = button(self.tr("地图取点"), tip=self.tr("在地图上点一下"))
        self._status = ElidedLabel()
        self._status.setFont(sans(SMALL))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._meanings = QStringListModel(self)
        completer = QCompleter(self._meanings, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer = completer
        self._build()
        self._connect()
        self._show_status()

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.edit, 1)
        line.addWidget(self._pick)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self._status)
        self._row.addLayout(column)
        self._completer.setWidget(self.edit)
        self.setFocusProxy(self.edit)

    def _connect(self) -> None:
        self.edit.textEdited.connect(self._on_text_edited)
        self.edit.returnPressed.connect(self._resolve)
        self._pause.timeout.connect(self._resolve)
        self._pick.clicked.connect(self._on_pick)
        self._completer.activated.connect(self._on_chosen)

    def value(self) -> dict[str, Any] | None:
        return plain_value(self._place) if self._place != Place() else None

    def place(self) -> Place:
        return self._place

    def set_value(self, value: Any) -> None:
        self._pause.stop()
        self._place = value if isinstance(value, Place) else Place(**(value or {}))
        self.edit.setText(self._words())
        self._show_status()

    def set_point(self, lon: float, lat: float) -> None:
        """Take a point of the map (degrees WGS-84): its stake and words follow."""
        self._take(Place(lon=lon, lat=lat))
        self._services.places.at(lon, lat, self._take)

    def _take(self, place: Place) -> None:
        if not isValid(self):
            return  # the form was closed meanwhile
        self.set_value(place)
        self.changed.emit()

    def _words(self) -> str:
        if self._place == Place():
            return ""
        return self._place.text or place_text(self._place, self._services.rules, language())

    def _on_text_edited(self, text: str) -> None:
        words = text.strip()
        self._place = Place(text=words)
        self._pause.start()
        self._show_status()
        self.changed.emit()

    def _resolve(self) -> None:
        self._pause.stop()
        words = self._place.text
        if words and not self._place.resolved:
            self._services.places.find(words, lambda found: self._on_found(words, found))

    def _on_found(self, words: str, found: Found) -> None:
        if not isValid(self) or self._place != Place(text=words):
            return  # the form was closed or the user has typed on meanwhile
        certain = [c for c in found.candidates if c.place.resolved]
        if len(found.candidates) == 1 and certain:
            self._place = found.candidates[0].place
            self.changed.emit()
        elif found.candidates and self.edit.hasFocus():
            self._offer(found.candidates)
        self._show_status(found)

    def _offer(self, candidates: tuple[Candidate, ...]) -> None:
        self._candidates = {candidate.label: candidate for candidate in candidates}
        self._meanings.setStringList(list(self._candidates))
        self._completer.complete()

    def _on_chosen(self, label: str) -> None:
        self._take(self._candidates[label].place)

    def _on_pick(self) -> None:
        self._show("2", self.tr("请在地图上点选位置"))
        self._services.selection.point_asked.emit(self.set_point)

    def _show_status(self, found: Found | None = None) -> None:
        problem = ""
        if found is not None and found.problem is not None:
            problem = self._services.places.sentence(found.problem)
        self.say(problem, self.edit)
        if problem:
            self._show("bad", problem)
        elif self._place.resolved:
            where = place_text(self._place, self._services.rules, language())
            self._show("good", f"✓ {where}")
        elif found is not None and found.candidates:
            self._show("2", self.tr("有 {count} 处,请选一处").format(count=len(found.candidates)))
        elif found is not None:
            self._show("warn", self.tr("没有找到,先按文字记录"))
        else:
            self._show("3", "")

    def _show(self, tone: str, text: str) -> None:
        set_tone(self._status, tone)
        self._status.setText(text)
        self._status.setAlignment(Qt.AlignmentFlag.AlignLeft)
