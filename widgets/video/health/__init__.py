"""Health board 视频健康: how every camera is, since when, and what its stream loses."""

from typing import Any

from app.panels import Area, Panel
from app.services import Services
from app.text import QT_TRANSLATE_NOOP


def _build(services: Services) -> Any:
    from widgets.video.health.panel import HealthPanel

    return HealthPanel(services)


PANEL = Panel(
    id="video-health",
    title=QT_TRANSLATE_NOOP("Panel", "视频健康"),
    area=Area.BOTTOM,
    build=_build,
    icon="video-health",
    keys=(
        ("J K", QT_TRANSLATE_NOOP("Action", "选中下一台、上一台摄像机")),
        ("Ctrl+Enter Esc", QT_TRANSLATE_NOOP("Action", "提交、收起正在填写的操作")),
    ),
)
