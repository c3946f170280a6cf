"""Alarm list 告警: what rang, for which case, who acknowledged it and when."""

from typing import Any

from app.panels import Area, Panel
from app.services import Services
from app.text import QT_TRANSLATE_NOOP


def _build(services: Services) -> Any:
    from widgets.alarms.panel import AlarmsPanel

    return AlarmsPanel(services)


PANEL = Panel(
    id="alarms",
    title=QT_TRANSLATE_NOOP("Panel", "告警"),
    area=Area.LEFT,
    build=_build,
    icon="alarm",
)
