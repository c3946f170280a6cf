"""What may be done with one tile, by the mouse's right button or the menu key."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from app.domain.camera import Camera
from app.services import Services
from app.text import translate
from widgets.video.keeper import WallKeeper
from widgets.video.wall_view import WallView
from widgets.video.walls import Walls


class TileMenu(QMenu):
    """Built for one tile at one moment."""

    def __init__(self, services: Services, keeper: WallKeeper, view: WallView, index: int) -> None:
        super().__init__(view)
        self._services, self._keeper, self._view, self._index = services, keeper, view, index
        tile = keeper.wall.tile(index)
        camera = view.camera_of(tile.camera) if tile.camera else None
        if camera is not None:
            self._fill_camera(camera)
        if tile.camera:
            pin = translate("Video", "取消固定") if tile.pinned else translate("Video", "固定")
            self._add(pin, "P", lambda: keeper.show(keeper.wall.pin(index, not tile.pinned)))
            self._add(
                translate("Video", "清空"), "Del", lambda: keeper.show(keeper.wall.clear(index))
            )
        if keeper.wall.earlier is not None:
            self.addSeparator()
            self._add(
                translate("Video", "返回原画面"), "Esc", lambda: keeper.show(keeper.wall.back())
            )
        if self.isEmpty():
            self.addAction(translate("Video", "把摄像机拖到这里,或在列表中双击")).setEnabled(False)
        self.aboutToHide.connect(self.deleteLater)

    def ask(self, at: QPoint) -> None:
        self.popup(at)

    def _fill_camera(self, camera: Camera) -> None:
        keeper, view = self._keeper, self._view
        alone = keeper.alone is not None
        text = translate("Video", "返回多画面") if alone else translate("Video", "放大到整面墙")
        self._add(text, "F", lambda: keeper.show_alone(not alone))
        self._add(translate("Video", "弹出到新窗口"), "", lambda: self._pop_out(camera.id))
        if "main" in camera.streams:
            main = self._add(translate("Video", "用主码流"), "", lambda: None)
            main.setCheckable(True)
            main.setChecked(camera.id in view.main)
            main.toggled.connect(lambda on: view.want_main(camera.id, on))
        player = view.player_of(self._index)
        if player is not None:
            self._add(translate("Video", "立即重新连接"), "R", player.retry)
        lon, lat = camera.place.lon, camera.place.lat
        if lon is not None and lat is not None:
            located = self._services.selection.located
            self._add(translate("Video", "在地图上定位"), "", lambda: located.emit(lon, lat))
        self.addSeparator()

    def _pop_out(self, camera_id: str) -> None:
        selection = self._services.selection
        Walls.of(selection).handed = camera_id
        selection.act_asked.emit("video.new")

    def _add(self, text: str, key: str, act: Callable[[], object]) -> QAction:
        """The key is shown, not bound: the view itself takes keys."""
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        action = self.addAction(f"{text}\t{shown}" if key else text)
        action.triggered.connect(lambda _checked: act())
        return action
