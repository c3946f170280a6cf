"""What the user has in hand. Panels meet here, never each other."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Ref:
    kind: str
    id: str


class Selection(QObject):
    """Signals: changed(Ref or None), opened(Ref): shown whole, located(lon, lat): shown on the map,
    point_asked(callable): a form wants the next click on the map as (lon, lat),
    act_asked(action id): a panel wants an act of the desk, left(panel id): its user is done
    with a panel for now, watch_asked(): a camera, or those near a case, are wanted on the wall."""

    changed = Signal(object)
    opened = Signal(object)
    located = Signal(float, float)
    point_asked = Signal(object)
    act_asked = Signal(str)
    left = Signal(str)
    watch_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.current: Ref | None = None
        self._watched: Ref | None = None

    def select(self, ref: Ref | None) -> None:
        if ref != self.current:
            self.current = ref
            self.changed.emit(ref)

    def open(self, ref: Ref) -> None:
        self.select(ref)
        self.opened.emit(ref)

    def watch(self, ref: Ref) -> None:
        """Bring it to the wall; what waits until there is one is asked for with `take_watched`."""
        self._watched = ref
        self.watch_asked.emit()

    def take_watched(self) -> Ref | None:
        watched, self._watched = self._watched, None
        return watched
