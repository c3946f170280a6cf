"""All tiles of a wall in one widget: one timer, one painter."""

import time
from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from app.domain.camera import Camera
from app.domain.changes import Changes
from app.services import Services
from app.video.address import Quality
from app.video.player import Player
from app.video.status import Status
from app.video.wall_rules import load_wall_rules
from widgets.shared.theme import Theme, color
from widgets.video.deck import Deck, Want
from widgets.video.face import TileFace
from widgets.video.keeper import WallKeeper
from widgets.video.marks import Marks, tile_marks
from widgets.video.rects import GAP_PX, tile_rects
from widgets.video.rhythm import Rhythm
from widgets.video.words import TileWords, tile_words

WORDS_S: Final = 0.5
"""How often the words are looked at anew: an age that changes more often cannot be read."""


class WallView(QWidget):
    """Shows what the keeper holds; while hidden it costs nothing.

    Signals: said(): the words of the tile in hand may have changed.
    """

    said = Signal()

    def __init__(
        self,
        services: Services,
        keeper: WallKeeper,
    ) -> None:
        super().__init__()
        self._services, self._keeper = services, keeper
        self._now: Callable[[], float] = time.monotonic
        self.deck = Deck(services.videos, self.camera_of, services.evidence.stop)
        self.main: set[str] = set()  # cameras that the user wants in their main stream
        self._faces: dict[int, TileFace] = {}
        self._ahead: frozenset[str] = frozenset()
        self._rhythm = Rhythm()
        self._words_at = 0.0
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 120)
        self._connect()

    def _connect(self) -> None:
        self._timer.timeout.connect(self._on_tick)
        self._keeper.changed.connect(self.arrange)
        self._keeper.focused.connect(self.arrange)
        self._services.store.changed.connect(self._on_store_changed)
        self._services.session.signed_out.connect(self._on_signed_out)

    def sizeHint(self) -> QSize:
        return QSize(960, 640)

    def set_clock(self, monotonic: Callable[[], float]) -> None:
        """What tells the age of a picture; tests let it stand still."""
        self._now = monotonic

    def camera_of(self, camera_id: str) -> Camera | None:
        found = self._services.store.get("camera", camera_id)
        return found if isinstance(found, Camera) else None

    # tiles

    def tile_at(self, at: QPoint | QPointF) -> int | None:
        """The tile under a place of the widget."""
        ratio = self.devicePixelRatioF()
        where = QPoint(round(at.x() * ratio), round(at.y() * ratio))
        faces = self._faces.values()
        return next((face.index for face in faces if face.rect.contains(where)), None)

    def rect_of(self, index: int) -> QRect:
        """Where a visible tile lies on the widget."""
        return self._logical(self._faces[index].rect)

    def words_of(self, index: int) -> TileWords | None:
        face = self._faces.get(index)
        return face.words if face is not None else None

    def marks_of(self, index: int) -> Marks:
        return self._faces[index].marks

    def player_of(self, index: int) -> Player | None:
        return self.deck.player(self._keeper.wall.tile(index).camera)

    @property
    def rects(self) -> dict[int, QRect]:
        """Visible tiles by number, in device pixels."""
        return {face.index: face.rect for face in self._faces.values()}

    def look_ahead(self, cameras: Iterable[str]) -> None:
        """Open these cameras before their turn."""
        self._ahead = frozenset(cameras)
        if self.isVisible():
            self._show_players()

    def want_main(self, camera_id: str, wanted: bool) -> None:
        """Main stream for one camera, whatever the size of its tile."""
        (self.main.add if wanted else self.main.discard)(camera_id)
        self.arrange()

    def picture_of(self, index: int) -> QPixmap:
        """The tile as it is seen now."""
        return self.grab(self.rect_of(index))

    def arrange(self) -> None:
        """Tiles and players as the keeper wants them now."""
        self._place_faces()
        if self.isVisible():
            self._show_players()
            self._refresh_words()
        self.update()

    def _place_faces(self) -> None:
        ratio, keeper = self.devicePixelRatioF(), self._keeper
        size = round(self.width() * ratio), round(self.height() * ratio)
        rects = tile_rects(keeper.cells, *size, round(GAP_PX * ratio))
        visible = keeper.visible
        self._faces = {i: self._faces.get(i) or TileFace(i) for i in visible}
        for index, rect in zip(visible, rects, strict=True):
            face = self._faces[index]
            face.place(rect, ratio)
            face.stand(keeper.wall.tile(index))

    def _show_players(self) -> None:
        wanted = {
            face.tile.camera: self._want(face) for face in self._faces.values() if face.tile.camera
        }
        wall = self._keeper.wall
        kept = {tile.camera for tile in (*wall.tiles, *wall.back().tiles)}
        self.deck.arrange(wanted, kept, self._ahead)

    def _want(self, face: TileFace) -> Want:
        inner = face.inner
        return Want(
            width=inner.width(),
            height=inner.height(),
            focused=face.index == self._keeper.focus,
            incident=bool(face.tile.incident),
            quality=self._quality(face),
        )

    def _quality(self, face: TileFace) -> Quality:
        camera = self.camera_of(face.tile.camera)
        large = face.rect.height() >= load_wall_rules().main_from_px
        if camera is None or "main" not in camera.streams:
            return Quality.SUB
        return Quality.MAIN if large or camera.id in self.main else Quality.SUB

    # time

    def _on_tick(self) -> None:
        now = self._now()
        if self._rhythm.tick(now):
            self._timer.setInterval(self._rhythm.interval_ms)
            self._services.videos.gui_was_late(self._rhythm.late_p95_s or 0.0)
        stale = QRegion()
        for face in self._faces.values():
            player = self.deck.player(face.tile.camera)
            picture = player.take() if player is not None else None
            if picture is not None:
                first = face.picture is None
                face.take(picture)
                stale += self._logical(face.rect if first else face.inner)
                if first:
                    self._words_at = 0.0
        if now - self._words_at >= WORDS_S:
            stale += self._refresh_words()
        if not stale.isEmpty():
            self.update(stale)

    def _refresh_words(self) -> QRegion:
        """Look at every player's status; returns what has to be painted anew."""
        self._words_at = self._now()
        stale, resized = QRegion(), False
        for face in self._faces.values():
            player = self.deck.player(face.tile.camera)
            status = player.status if player is not None else Status()
            if status.size is not None and status.size != face.size:
                face.size = status.size
                resized = True
            camera = self.camera_of(face.tile.camera)
            marks = tile_marks(self._services, face.index, face.tile, camera, status, player)
            if face.say(self._words(face, camera, status), marks):
                stale += self._logical(face.rect)
        if resized:
            self._show_players()
            self.update()
        if not stale.isEmpty():
            self._tell()
        self.said.emit()
        return stale

    def _words(self, face: TileFace, camera: Camera | None, status: Status) -> TileWords | None:
        if not face.tile.camera:
            return None
        services = self._services
        today = services.clock.now()
        return tile_words(camera, status, face.picture, self._now(), today, services.rules)

    def _tell(self) -> None:
        """What a screen reader says of the tile in hand."""
        index = self._keeper.focus
        words = self.words_of(index)
        said = f"{words.name}, {words.state}" if words is not None else self.tr("空闲")
        name = self.tr("视频墙 {number} 号窗:{said}").format(number=index + 1, said=said)
        if name != self.accessibleName():
            self.setAccessibleName(name)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    # what happens

    def _on_store_changed(self, changes: Changes) -> None:
        if not self.isVisible():
            return
        cameras = changes.of("camera").touched
        if cameras & set(self._keeper.wall.cameras):
            self.arrange()

    def _on_signed_out(self) -> None:
        """What another user may not see goes with this one."""
        self._ahead = frozenset()
        self.deck.close_all()
        self._faces.clear()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.arrange()
        self._rhythm.rest()
        self._timer.start(self._rhythm.interval_ms)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self.deck.hide_all()
        for face in self._faces.values():
            face.drop_picture()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def restyle(self) -> None:
        """Another theme."""
        for face in self._faces.values():
            face.repaint_words()
        self.update()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, ratio = Theme.current(), self.devicePixelRatioF()
        painter = QPainter(self)
        painter.scale(1 / ratio, 1 / ratio)
        if event.region().boundingRect() == self.rect():
            size = QRectF(0, 0, self.width() * ratio + 1, self.height() * ratio + 1)
            painter.fillRect(size, color(theme.bg0))
        active = self.hasFocus()
        for face in self._faces.values():
            if event.region().intersects(self._logical(face.rect)):
                in_hand = face.index == self._keeper.focus and self._keeper.alone is None
                painter.setClipRect(face.rect)  # a blit into one rectangle is many times faster
                face.paint(painter, theme, in_hand=in_hand, active=active)
        painter.end()

    def _logical(self, rect: QRect) -> QRect:
        """Device pixels of the wall as pixels of the widget, outwards."""
        ratio = self.devicePixelRatioF()
        shrunk = QRectF(
            rect.x() / ratio, rect.y() / ratio, rect.width() / ratio, rect.height() / ratio
        )
        return shrunk.toAlignedRect()
