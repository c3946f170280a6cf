"""A picture or a clip of the camera in hand, into the case in hand."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.describe import number_text, title_text
from app.domain.entry import Attachment
from app.domain.incident import Incident
from app.messages import Level
from app.selection import Ref
from app.services import Services
from app.text import language
from app.video.player import Player
from widgets.shared.buttons import button, primary_button
from widgets.shared.clock_bar import span_text
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import ElidedLabel
from widgets.video.keeper import WallKeeper

_SECOND_MS: Final = 1000


class EvidenceBar(QWidget):
    """The case is that which called the camera up, else the one in hand; it is named above.

    :param player: the stream of the tile in hand
    """

    def __init__(
        self, services: Services, keeper: WallKeeper, player: Callable[[], Player | None]
    ) -> None:
        super().__init__()
        self._services, self._keeper, self._player = services, keeper, player
        self.case = ElidedLabel()
        self.case.setFont(sans(SMALL))
        self.case.setProperty("tone", "2")
        self.snapshot = primary_button(self.tr("抓拍入案"))
        self.clip = button("")
        self._second = QTimer(self, interval=_SECOND_MS)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self.snapshot, 1)
        acts.addWidget(self.clip)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(6)
        column.addWidget(self.case)
        column.addLayout(acts)
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        self.snapshot.clicked.connect(self._on_snapshot)
        self.clip.clicked.connect(self._on_clip)
        self._services.selection.changed.connect(self.refresh)
        self._services.evidence.recordings_changed.connect(self.refresh)
        self._keeper.changed.connect(self.refresh)
        self._keeper.focused.connect(self.refresh)
        self._second.timeout.connect(self.refresh)

    def refresh(self) -> None:
        """What may be done now, and with which case."""
        incident, player = self._incident(), self._player()
        words = language()
        if incident is not None:
            title = title_text(incident, self._services.rules, words)
            number = number_text(incident, words)
            self.case.setText(self.tr("存入 {number} {title}").format(number=number, title=title))
        else:
            self.case.setText(self.tr("先打开一起事件,抓拍和录像才有去处"))
        running = player is not None and self._services.evidence.is_recording(player)
        ready = incident is not None and player is not None
        self.snapshot.setEnabled(ready)
        self.snapshot.setToolTip(self.tr("当前画面连同设备编号和时间存入事件"))
        self.clip.setEnabled(ready or running)
        self.clip.setToolTip(self.tr("从 30 秒前录起,到停止为止,存入事件"))
        if running and player is not None:
            span = span_text(self._services.evidence.recorded_s(player))
            self.clip.setText(self.tr("停止录像 {span}").format(span=span))
            self._second.start()
        else:
            self.clip.setText(self.tr("录像 30 s"))
            self._second.stop()

    def _incident(self) -> Incident | None:
        called = self._keeper.wall.tile(self._keeper.focus).incident
        current = self._services.selection.current
        ref = Ref("incident", called) if called else current
        if ref is None or ref.kind != "incident":
            return None
        found = self._services.store.get("incident", ref.id)
        return found if isinstance(found, Incident) and found.is_open else None

    def _on_snapshot(self) -> None:
        incident, player = self._incident(), self._player()
        if incident is not None and player is not None:
            self._services.evidence.snapshot(player, incident.id, self._on_done)

    def _on_clip(self) -> None:
        evidence, incident, player = self._services.evidence, self._incident(), self._player()
        if player is None:
            return
        if evidence.is_recording(player):
            evidence.stop(player)
        elif incident is not None:
            evidence.record(player, incident.id, self._on_done)

    def _on_done(self, file: Attachment | None, sentence: str) -> None:
        if not isValid(self):
            return
        post = self._services.messages.post
        if file is None:
            post(Level.WARN, sentence, key="video.evidence")
            return
        told = self.tr("已存入事件:{name}").format(name=file.name)
        post(Level.INFO, " · ".join(filter(None, (told, sentence))), key="video.evidence")
