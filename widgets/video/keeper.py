"""The wall of one panel: what stands on it, which tile is in hand; kept per role."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.preferences import Preferences
from app.video.wall import Wall, read, written
from app.video.wall_rules import Cell, load_wall_rules

KEEP_MS = 500


class WallKeeper(QObject):
    """One way in for whoever changes the wall: keys, mouse, incidents, tours, saved walls.

    `alone`: the tile that fills the whole wall, None if all are to be seen.

    Signals: changed(): another camera, pin, layout or view; focused(): another tile is in hand.
    """

    changed = Signal()
    focused = Signal()

    def __init__(
        self, preferences: Preferences, role: Callable[[], str], name: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._preferences, self._role, self._name = preferences, role, name
        self._layouts = load_wall_rules().layouts
        self.wall = Wall()
        self.focus = 0
        self.alone: int | None = None
        self._keep = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._keep.timeout.connect(self.keep)
        preferences.changed.connect(self._on_preference)
        self.take_up()

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Places of the tiles that are to be seen, in the order of `visible`."""
        return self._layouts["1" if self.alone is not None else self.wall.layout]

    @property
    def visible(self) -> tuple[int, ...]:
        """Tiles that are to be seen."""
        return tuple(range(self.wall.shown)) if self.alone is None else (self.alone,)

    @property
    def camera(self) -> str:
        """The camera in hand, empty on a free tile."""
        return self.wall.tile(self.focus).camera

    def show(self, wall: Wall) -> None:
        """Another state of the wall."""
        if wall == self.wall:
            return
        camera = self.camera
        self.wall = wall
        self.focus = min(self.focus, wall.shown - 1)
        if self.alone is not None and not wall.tile(self.alone).camera:
            self.alone = None
        self._keep.start()
        self.changed.emit()
        if self.camera != camera:
            self.focused.emit()

    def divide(self, layout: str) -> None:
        self.alone = None
        divided = self.wall.divided(layout, len(self._layouts[layout]))
        if divided == self.wall:
            self.changed.emit()
        self.show(divided)

    def take(self, index: int) -> None:
        """This tile is in hand from now on."""
        if index == self.focus or not 0 <= index < self.wall.shown:
            return
        self.focus = index
        if self.alone is not None:
            self.alone = index
            self.changed.emit()
        self.focused.emit()

    def show_alone(self, alone: bool) -> None:
        """The tile in hand over the whole wall, or all tiles again; a free one stays small."""
        wanted = self.focus if alone and self.camera else None
        if wanted != self.alone:
            self.alone = wanted
            self.changed.emit()

    def back(self) -> bool:
        """One step back: from one tile to all, from an incident to the earlier wall."""
        if self.alone is not None:
            self.show_alone(False)
        elif self.wall.earlier is not None:
            self.show(self.wall.back())
        else:
            return False
        return True

    # kept

    @property
    def _key(self) -> str:
        return f"{self._name}.wall.{self._role()}"

    def keep(self) -> None:
        self._keep.stop()
        self._preferences.set(self._key, written(self.wall))

    def take_up(self) -> None:
        """The wall as this role left it."""
        self._keep.stop()
        self.alone = None
        self.show(read(self._preferences.get(self._key), self._layouts))
        self._keep.stop()

    def _on_preference(self, key: str) -> None:
        if key == "":
            self.take_up()
