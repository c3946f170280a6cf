"""Cameras along one road, and a wall that shows them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.camera import Camera
from app.domain.incident import Place
from app.services import Services
from tests.support.fake_services import put
from tests.support.fake_videos import FakeVideos
from widgets.shared.camera_drag import camera_mime


def camera(number: int, **values: Any) -> Camera:
    """`cam-1` stands at K20+500 of S11, the next ones every 500 m; all look down the road."""
    given: dict[str, Any] = {
        "id": f"cam-{number}",
        "version": 1,
        "code": f"{12011600001310000000 + number}",
        "name": f"摄像机{number}",
        "place": Place(
            route_id="S11", route_code="S11", stake_m=20_000.0 + 500 * number, direction="down",
            lon=117.70, lat=38.98 + number / 200,
        ),
        "streams": ("sub", "main"),
    }  # fmt: skip
    return Camera(**{**given, **values})


def cameras(services: Services, count: int) -> None:
    services.store.apply(put(*(camera(n) for n in range(1, count + 1))))


def videos_of(services: Services) -> FakeVideos:
    assert isinstance(services.videos, FakeVideos)
    return services.videos


def drop(widget: QWidget, at: QPoint, camera_id: str) -> bool:
    """Let a camera fall on a place of the widget, as a drag would; False if it is not taken."""
    data: QMimeData = camera_mime(camera_id)
    action = Qt.DropAction.CopyAction
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(at), action, data, buttons, none)
    QApplication.sendEvent(widget, enter)
    fallen = QDropEvent(QPointF(at), action, data, buttons, none)
    if enter.isAccepted():
        QApplication.sendEvent(widget, fallen)
    return enter.isAccepted() and fallen.isAccepted()
