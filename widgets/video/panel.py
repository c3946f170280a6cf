"""The video panel: cameras and tours at the left, the wall, the camera in hand at the right."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QLayout,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.selection import Ref
from app.services import Services
from app.video.player import Player
from widgets.shared.arrange import scrolled
from widgets.video.calling import Calling
from widgets.video.cameras.camera_list import CameraList
from widgets.video.evidence_bar import EvidenceBar
from widgets.video.facts import CameraFacts
from widgets.video.hands import Hands
from widgets.video.head import WallHead
from widgets.video.keeper import WallKeeper
from widgets.video.menu import TileMenu
from widgets.video.ptz.in_picture import InPicture
from widgets.video.ptz.pad import PtzPad
from widgets.video.ptz.photographer import Photographer
from widgets.video.saved import SavedMenu, SavedWalls
from widgets.video.touring import Touring
from widgets.video.tours.tours_box import ToursBox
from widgets.video.wall_view import WallView
from widgets.video.walls import Walls

FIRST: Final = "video"
LEFT_PX, RIGHT_PX = 280, 272
ROOM_FOR_LEFT_PX, ROOM_FOR_BOTH_PX = 940, 1180
"""From these widths on there is room for more than the wall itself."""
NEWS_MS: Final = 6000


class VideoPanel(QWidget):
    """One wall with what belongs to it.

    :param name: the first wall is `video`; further ones keep their tiles under their own name
    """

    def __init__(self, services: Services, name: str = FIRST) -> None:
        super().__init__()
        self._services, self.name = services, name
        self.keeper = WallKeeper(services.preferences, services.session.role, name, self)
        self.head = WallHead(self.keeper, first=name == FIRST)
        self.view = WallView(services, self.keeper)
        self.hands = Hands(self.view, self.keeper)
        self.calling = Calling(services, self.keeper)
        self.cameras, self.tours = CameraList(services), ToursBox(services)
        self.facts, self.pad = CameraFacts(services), PtzPad(services)
        self.in_picture = InPicture(self.pad, self.view, self.keeper)
        self.pad.presets.photographer = Photographer(services, self._player)
        self.evidence = EvidenceBar(services, self.keeper, self._player)
        self.touring = Touring(self.tours, self.keeper, self.view)
        saved = SavedWalls(services.preferences, services.session.role)
        self._saved = SavedMenu(saved, self.keeper, self.head.saved)
        self._walls = Walls.of(services.selection)
        self._walls.join(name, self.isVisible)
        self._news = QTimer(self, singleShot=True, interval=NEWS_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.middle = QWidget()
        column = QVBoxLayout(self.middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.view, 1)
        self.left = QSplitter(Qt.Orientation.Vertical)
        self.left.addWidget(self.cameras)
        self.left.addWidget(self.tours)
        self.left.setSizes([2000, 1000])
        self.left.setMinimumWidth(220)
        self.right = QWidget()
        self.right.setMinimumWidth(240)
        self.right.setProperty("surface", "panel")
        self.right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        beside = QVBoxLayout(self.right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self._facts_and_pad(), 1)
        beside.addWidget(self.evidence)
        self.parts = QSplitter()
        self.parts.setChildrenCollapsible(False)
        for part in (self.left, self.middle, self.right):
            self.parts.addWidget(part)
        self.parts.setStretchFactor(1, 1)
        self.parts.setSizes([LEFT_PX, 10_000, RIGHT_PX])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the sides give way
        whole.addWidget(self.parts)
        self.setFocusProxy(self.view)

    def _facts_and_pad(self) -> QScrollArea:
        """Scrolled on a low screen, so that the keys of the pad keep their size."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.facts)
        column.addWidget(self.pad, 1)
        area = scrolled(inner)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a click leaves the keys with the wall
        return area

    def _connect(self) -> None:
        selection = self._services.selection
        selection.opened.connect(self._on_opened)
        selection.watch_asked.connect(self._on_watch_asked)
        self._services.preferences.changed.connect(self._on_preference)
        self.cameras.camera_chosen.connect(self.put)
        self.head.asked.connect(self._on_asked)
        self._saved.further_asked.connect(lambda: selection.act_asked.emit("video.new"))
        self.hands.menu_asked.connect(self._on_menu_asked)
        self.hands.retry_asked.connect(self._on_retry_asked)
        self.hands.touched.connect(self._on_touched)
        self.keeper.focused.connect(self._on_focused)
        self.keeper.changed.connect(self._offer_preset)
        self.view.said.connect(self._on_view_said)
        self.calling.said.connect(self._on_said)
        self._news.timeout.connect(lambda: self.head.say(""))

    @property
    def in_hand(self) -> bool:
        """True if the keyboard is on this wall."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def minimumSizeHint(self) -> QSize:
        return self.middle.minimumSizeHint()

    # acts

    def put(self, camera_id: str) -> None:
        """One more camera, where it costs least; into the hand if it is there already."""
        keeper = self.keeper
        at = keeper.wall.index_of(camera_id)
        if at is None or at >= keeper.wall.shown:
            at = keeper.wall.place_for(keeper.focus)
            keeper.show(keeper.wall.put(at, camera_id))
        keeper.take(at)

    def watch(self, ref: Ref) -> None:
        """A camera, or what is near a case."""
        if ref.kind == "camera":
            self.put(ref.id)
        elif ref.kind == "incident":
            self.calling.call(ref.id)

    def _on_opened(self, ref: Ref) -> None:
        if ref.kind == "incident" and self._walls.answers(self.name):
            self.calling.call(ref.id)

    def _on_watch_asked(self) -> None:
        """The window brings a wall to the screen if there is none; that one then asks again."""
        if self._walls.answers(self.name):
            ref = self._services.selection.take_watched()
            if ref is not None:
                self.watch(ref)

    def _on_said(self, text: str, whole: str) -> None:
        """A call-up is told as long as it lasts, other news for a moment."""
        self.head.say(text, whole)
        if text and self.keeper.wall.earlier is None:
            self._news.start()
        else:
            self._news.stop()

    def _on_asked(self, what: str) -> None:
        selection = self._services.selection
        match what:
            case "close":
                selection.left.emit(self.name)
            case "back":
                self.keeper.show(self.keeper.wall.back())
            case "preset":
                preset = self.calling.preset()
                if preset is not None:
                    self.pad.control.go_to(preset.number)
            case "sides":
                self._services.preferences.set(self._sides_key, not self._has_sides)

    def _on_menu_asked(self, index: int, at: QPoint) -> None:
        TileMenu(self._services, self.keeper, self.view, index).ask(at)

    def _on_retry_asked(self, index: int) -> None:
        player = self.view.player_of(index)
        if player is not None:
            player.retry()

    def _on_touched(self) -> None:
        self.tours.touched(self.keeper.focus + 1)

    def _on_focused(self) -> None:
        """Lists, facts and the head speak of the camera in hand."""
        camera = self.keeper.camera
        if camera:
            self.cameras.show_camera(camera)
        self.facts.show_camera(camera or None)
        self.pad.show_camera(camera or None)
        self._offer_preset()
        self._on_view_said()

    def _offer_preset(self) -> None:
        preset = self.calling.preset()
        self.head.offer_preset(preset.name if preset is not None else "")

    def _on_view_said(self) -> None:
        self.evidence.refresh()
        player = self._player()
        self.facts.show_status(player.status if player is not None else None)

    def _player(self) -> Player | None:
        """The stream of the tile in hand."""
        return self.view.player_of(self.keeper.focus)

    # sides

    @property
    def _sides_key(self) -> str:
        return f"{self.name}.sides"

    @property
    def _has_sides(self) -> bool:
        return bool(self._services.preferences.get(self._sides_key, self.name == FIRST))

    def _show_sides(self) -> None:
        self.left.setVisible(self._has_sides and self.width() >= ROOM_FOR_LEFT_PX)
        self.right.setVisible(self._has_sides and self.width() >= ROOM_FOR_BOTH_PX)

    def _on_preference(self, key: str) -> None:
        if key in ("", self._sides_key):
            self._show_sides()

    # on and off the screen

    def showEvent(self, event: QShowEvent) -> None:
        self._show_sides()
        super().showEvent(event)
        camera = self._walls.take_handed() if self.name != FIRST else ""
        if camera:
            self.keeper.divide("1")
            self.keeper.show(self.keeper.wall.put(0, camera))
        self._on_watch_asked()
        self._on_focused()
        self.touring.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody steers what nobody sees, and tours wait."""
        super().hideEvent(event)
        self.pad.show_camera(None)
        self.touring.rest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_sides()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.keeper.keep()
        self.view.deck.close_all()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.view.restyle()
