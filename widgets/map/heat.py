"""Where the open cases crowd together."""

import numpy as np

from app.text import translate
from maps.layers.heat import HeatScale
from maps.layers.heat_layer import HeatLayer
from maps.layers.point_layer import PointLayer


class CaseHeat:
    """The density of the cases on the map, each counted once."""

    def __init__(self) -> None:
        self._last: HeatLayer | None = None

    def layer(self, cases: PointLayer) -> HeatLayer:
        """The same object as before while no case comes, goes or moves."""
        if self._last is None or not np.array_equal(self._last.lonlat, cases.lonlat):
            self._last = HeatLayer(
                id="density",
                title=translate("Map", "未结事件密度"),
                source=cases.source,
                group=cases.group,
                demo=cases.demo,
                lonlat=cases.lonlat,
                scale=HeatScale(radius=40.0, full=12.0, zoom=10.0),
            )
        return self._last
