"""Administrative districts 行政区划 as somebody has imported them: borders and names."""

from collections.abc import Iterable
from typing import Final

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from app.domain.changes import Changes
from app.domain.district import District
from app.services import Services
from app.text import translate
from maps.layers.area_layer import AreaLayer
from maps.layers.areas import Areas

DISTRICTS: Final = "districts"
PAUSE_MS: Final = 300
"""Districts that come within this time make one new layer."""


def district_layer(districts: Iterable[District]) -> AreaLayer:
    """Borders, and each name once: in the largest part. Slow: not on the GUI thread.

    The layer cannot be hit: its areas lie everywhere, and each place tells its district anyway.
    """
    told = tuple(districts)
    parts = [(district, polygon) for district in told for polygon in district.polygons]
    largest = {
        district.id: max(district.polygons, key=_size) for district in told if _has(district)
    }
    return AreaLayer(
        id=DISTRICTS,
        title=translate("Map", "行政区划"),
        source="; ".join(dict.fromkeys(_source(district) for district in told)),
        group="area",
        demo=any(district.demo for district in told),
        areas=Areas.prepare([[np.array(ring) for ring in polygon] for _, polygon in parts]),
        line="boundary",
        line_width=1.2,
        dash=5.0,
        titles=tuple(d.name if polygon is largest[d.id] else "" for d, polygon in parts),
    )


class DistrictFeed(QObject):
    """Keeps the districts in step with the store; prepares them in the pool.

    Signals: built(AreaLayer); gone(): there are none any more.
    """

    built = Signal(object)
    gone = Signal()

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._build)
        services.store.changed.connect(self._on_store_changed)
        if services.store.all("district"):
            self._pause.start()

    def _on_store_changed(self, changes: Changes) -> None:
        if changes.of("district").touched:
            self._pause.start()

    def _build(self) -> None:
        districts = tuple(self._services.store.all("district").values())
        if any(map(_has, districts)):
            self._services.tasks.run(district_layer, districts, done=self._on_built)
        else:
            self.gone.emit()

    def _on_built(self, layer: AreaLayer) -> None:
        if isValid(self):
            self.built.emit(layer)


def _has(district: District) -> bool:
    return bool(district.polygons)


def _size(polygon: tuple[tuple[tuple[float, float], ...], ...]) -> float:
    lons, lats = np.array(polygon[0]).T
    return float(np.ptp(lons) * np.ptp(lats))


def _source(district: District) -> str:
    return ", ".join(filter(None, (district.source, district.licence)))
