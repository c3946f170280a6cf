"""Outbox 待发箱: every act of this seat until the server has decided it."""

from typing import Any

from app.panels import Area, Panel
from app.services import Services
from app.text import QT_TRANSLATE_NOOP


def _build(services: Services) -> Any:
    from widgets.outbox.panel import OutboxPanel

    return OutboxPanel(services)


PANEL = Panel(
    id="outbox",
    title=QT_TRANSLATE_NOOP("Panel", "待发箱"),
    area=Area.RIGHT,
    build=_build,
    icon="outbox",
)
