"""What is known of the camera in hand: state of its stream, loss, code, place, health, owner."""

import time
from datetime import timedelta
from typing import Final

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.domain.camera import Camera
from app.domain.changes import Changes
from app.domain.describe import place_text
from app.services import Services
from app.text import language
from app.video.address import Quality
from app.video.slot import Picture
from app.video.status import Status
from widgets.shared.fonts import mono
from widgets.shared.labels import ElidedLabel, SectionHeader, set_tone, text_label
from widgets.video.camera_words import health_text
from widgets.video.words import TileWords, tile_words

_BEAT_MS: Final = 500
_NO_PIXELS: Final = np.empty((0, 0, 4), np.uint8)
_TONES: Final = {"good": "good", "warn": "warn", "bad": "bad"}


class CameraFacts(QWidget):
    """Two columns. What changes with every frame is shown twice a second, a new state at once."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._language = language()
        self._camera_id: str | None = None
        self._status: Status | None = None
        self.head = SectionHeader("")
        self.facts = {
            "state": (self.tr("状态"), ElidedLabel()),
            "stream": (self.tr("码流"), ElidedLabel()),
            "loss": (self.tr("丢包"), ElidedLabel()),
            "code": (self.tr("编号"), ElidedLabel()),
            "place": (self.tr("位置"), ElidedLabel()),
            "health": (self.tr("设备"), ElidedLabel()),
            "org": (self.tr("单位"), ElidedLabel()),
        }
        self._none = text_label(self.tr("点选一个窗口,这里显示它的摄像机。"), tone="2")
        self._table = QWidget()
        self._beat = QTimer(self, interval=_BEAT_MS)
        self._build()
        services.store.changed.connect(self._on_changed)
        self._beat.timeout.connect(self._show_stream)
        self.show_camera(None)

    def show_camera(self, camera_id: str | None) -> None:
        """Speak of this camera from now on; None: of none. Its status comes separately."""
        if camera_id != self._camera_id:
            self._status = None
        self._camera_id = camera_id
        self._show_camera()

    def show_status(self, status: Status | None) -> None:
        """Take the newest status of its player, as often as there is one; None: no player."""
        news = _kind(status) != _kind(self._status)
        self._status = status
        if news:
            self._show_stream()

    def text(self, fact: str) -> str:
        """What stands beside a fact."""
        return self.facts[fact][1].text()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_camera()
        self._beat.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._beat.stop()

    # building

    def _build(self) -> None:
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        grid = QGridLayout(self._table)
        grid.setContentsMargins(12, 8, 12, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, (words, value) in enumerate(self.facts.values()):
            grid.addWidget(text_label(words, tone="2"), row, 0)
            value.setAccessibleName(words)
            grid.addWidget(value, row, 1)
        self._value("code").setFont(mono())
        self._value("code").setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._none.setWordWrap(True)
        self._none.setContentsMargins(12, 8, 12, 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._none)
        column.addWidget(self._table)

    def _value(self, fact: str) -> QLabel:
        return self.facts[fact][1]

    # facts

    def _camera(self) -> Camera | None:
        found = self._services.store.get("camera", self._camera_id or "")
        return found if isinstance(found, Camera) else None

    def _on_changed(self, changes: Changes) -> None:
        if self._camera_id in changes.of("camera").touched and self.isVisible():
            self._show_camera()

    def _show_camera(self) -> None:
        services, camera = self._services, self._camera()
        self._table.setVisible(camera is not None)
        self._none.setVisible(camera is None)
        self.head.set_title((camera.name or camera.code) if camera else self.tr("摄像机"))
        self.head.set_note(self.tr("演示") if camera and camera.demo else "")
        if camera is None:
            return
        org = services.store.get("org", camera.org_id)
        node = services.rules.label("camera_node", camera.node or None, self._language)
        place = place_text(camera.place, services.rules, self._language)
        self._value("code").setText(camera.code or "—")
        self._value("place").setText(f"{place} · {node}")
        self._value("org").setText(org.name if org is not None else camera.org_id or "—")
        self._show_stream()

    def _show_stream(self) -> None:
        """What time alone changes too."""
        services, camera, status = self._services, self._camera(), self._status
        if camera is None:
            return
        now = services.clock.now()
        self._value("health").setText(health_text(camera, services.rules, self._language, now))
        words = None if status is None else self._words(camera, status)
        self._value("state").setText(self.tr("未播放") if words is None else words.state)
        set_tone(self._value("state"), _TONES.get(words.tone, "2") if words else "2")
        self._value("stream").setText(self._stream(status))
        self._value("loss").setText(self._loss(status))

    def _words(self, camera: Camera, status: Status) -> TileWords:
        """The same words as on the tile; the newest frame stands for the picture."""
        services = self._services
        now, today = time.monotonic(), services.clock.now()
        picture = None
        if status.picture_at is not None:
            picture = Picture(
                pixels=_NO_PIXELS,
                pts_s=0.0,
                arrived=status.picture_at,
                taken_at=today - timedelta(seconds=now - status.picture_at),
                serial=0,
            )
        return tile_words(camera, status, picture, now, today, services.rules)

    def _stream(self, status: Status | None) -> str:
        """`子码流 704×576 25 fps`, as far as it is known."""
        if status is None or status.quality is None:
            return "—"
        main = status.quality is Quality.MAIN
        parts = [self.tr("主码流") if main else self.tr("子码流")]
        if status.size is not None:
            parts.append("{}×{}".format(*status.size))
        if status.fps:
            parts.append(f"{status.fps:.0f} fps")
        return " ".join(parts)

    def _loss(self, status: Status | None) -> str:
        if status is None or status.loss is None:
            return self.tr("未知")
        minutes = int(status.loss_over_s / 60)
        since = self.tr("{count} 分钟") if minutes else self.tr("{count} 秒")
        over = since.format(count=minutes or max(int(status.loss_over_s), 1))
        return self.tr("{share} %({over})").format(share=f"{status.loss * 100:.1f}", over=over)


def _kind(status: Status | None) -> tuple[object, ...] | None:
    """What is told without delay."""
    if status is None:
        return None
    return status.state, status.fault, status.mode, status.look, status.picture_at is None
