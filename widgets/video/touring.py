"""A tour on the wall: its cameras come to their tiles, the next one opened ahead."""

from PySide6.QtCore import QObject

from widgets.video.keeper import WallKeeper
from widgets.video.tours.tours_box import ToursBox
from widgets.video.wall_view import WallView


class Touring(QObject):
    """Between the tours' clock and the wall; a wall that nobody sees holds its tour."""

    def __init__(self, tours: ToursBox, keeper: WallKeeper, view: WallView) -> None:
        super().__init__(keeper)
        self._tours, self._keeper, self._view = tours, keeper, view
        self._soon: set[str] = set()
        self._resting = False
        tours.camera_due.connect(self._on_camera_due)
        tours.camera_soon.connect(self._on_camera_soon)
        tours.runner.changed.connect(self._on_changed)

    def rest(self) -> None:
        runner = self._tours.runner
        self._resting = runner.tour is not None and not runner.is_paused
        runner.pause()

    def wake(self) -> None:
        """Go on, unless it was held by hand before."""
        if self._resting:
            self._resting = False
            self._tours.runner.resume()

    def _on_camera_due(self, tile: int, camera_id: str) -> None:
        self._keeper.show(self._keeper.wall.on_tour(tile - 1, camera_id))
        self._soon.discard(camera_id)
        self._view.look_ahead(self._soon)

    def _on_camera_soon(self, camera_id: str) -> None:
        self._soon.add(camera_id)
        self._view.look_ahead(self._soon)

    def _on_changed(self) -> None:
        """A tour that ended or waits opens nothing ahead."""
        if self._soon and (self._tours.runner.tour is None or self._tours.runner.is_paused):
            self._soon.clear()
            self._view.look_ahead(())
