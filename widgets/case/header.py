"""The head of the case page: number, version, source; title; place; how far it is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.domain.describe import number_text, place_text, title_text
from app.domain.district import District
from app.domain.incident import Incident
from app.domain.route import Route
from app.domain.stakes import format_stake
from app.services import Services
from app.text import language
from widgets.case.stepper import Stepper
from widgets.shared.buttons import button
from widgets.shared.fonts import BODY, SMALL, TITLE, mono, sans
from widgets.shared.labels import ElidedLabel, text_label
from widgets.shared.severity import SeverityTag, level_words


class CaseHeader(QFrame):
    """Stays on top while the rest of the page scrolls."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services, self._language = services, language()
        self._incident: Incident | None = None
        self.setProperty("line", "bottom")
        self._number = text_label(font=mono(SMALL), tone="2")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._origin = ElidedLabel()
        self._origin.setFont(sans(SMALL))
        self._origin.setProperty("tone", "2")
        self._demo = text_label(self.tr("演示数据"), font=sans(SMALL), tone="warn")
        self._title = text_label(font=sans(TITLE, bold=True))
        self._title.setWordWrap(True)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._level = SeverityTag()
        self._place = text_label(font=sans(BODY), tone="2")
        self._place.setWordWrap(True)
        self._stepper = Stepper(services.rules, self._language)
        self._locate = button(self.tr("定位"), "flat", self.tr("在地图上显示该位置"))
        self._build()
        self._locate.clicked.connect(self._on_locate)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 6)
        column.setSpacing(4)
        for widgets, wide in (
            ((self._number, self._origin, self._demo), self._origin),
            ((self._title, self._level), self._title),
            ((self._place, self._locate), self._place),
        ):
            row = QHBoxLayout()
            row.setSpacing(12)
            for widget in widgets:
                row.addWidget(widget, 1 if widget is wide else 0)
            column.addLayout(row)
        column.addSpacing(4)
        column.addWidget(self._stepper)

    def show_case(self, incident: Incident) -> None:
        self._incident = incident
        rules = self._services.rules
        self._number.setText(number_text(incident, self._language))
        self._origin.setText(self._origin_line(incident))
        self._demo.setVisible(incident.demo)
        self._title.setText(title_text(incident, rules, self._language))
        self._level.set_level(
            incident.severity, level_words(rules, incident.severity, self._language)
        )
        self._place.setText(self._place_line(incident))
        self._locate.setVisible(incident.place.has_point)
        self._stepper.show_state(incident.state)

    def _origin_line(self, incident: Incident) -> str:
        version = (
            self.tr("第 {version} 版").format(version=incident.version)
            if incident.version
            else self.tr("临时号,尚未送达服务器")
        )
        source = self._services.rules.label("incident_source", incident.source, self._language)
        return f"{version}   " + self.tr("来源 {source}").format(source=source)

    def _place_line(self, incident: Incident) -> str:
        """`S11 海滨高速 K23+300 下行(塘沽方向)`, with the words of the caller if they say more."""
        place = incident.place
        parts = [place_text(place, self._services.rules, self._language)]
        route = self._services.store.get("route", place.route_id) if place.route_id else None
        if isinstance(route, Route) and place.stake_m is not None:
            if route.name:
                code, _, rest = parts[0].partition(" ")
                parts[0] = f"{code} {route.name} {rest}"
            towards = route.direction_name(place.direction) if place.direction else ""
            if towards:
                parts[0] += f" ({towards})"
        staked = place.stake_m is not None and format_stake(place.stake_m) in place.text
        if place.text and place.text not in parts[0] and not staked:
            parts.append(place.text)
        district = self._services.store.get("district", place.adcode) if place.adcode else None
        if isinstance(district, District):
            parts.append(district.name)
        return " · ".join(parts)

    def _on_locate(self) -> None:
        place = self._incident.place if self._incident else None
        if place is not None and place.lon is not None and place.lat is not None:
            self._services.selection.located.emit(place.lon, place.lat)
