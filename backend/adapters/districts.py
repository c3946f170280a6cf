"""The imported districts as an index over their shapes. Shapely is imported with the first one."""

import threading
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from app.domain.district import District
from backend.adapters.codec import decode
from backend.adapters.tables import entity as rows
from backend.adapters.unit import Unit

if TYPE_CHECKING:
    from shapely import MultiPolygon, STRtree

_NEWEST = select(func.max(rows.c.rev)).where(rows.c.kind == bindparam("k"))
_BODIES = select(rows.c.body).where(rows.c.kind == bindparam("k")).order_by(rows.c.id)


class DistrictIndex:
    """Made anew when districts were imported, by whatever process. Safe from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rev: int | None = None
        self._districts: list[District] = []
        self._shapes: list[MultiPolygon] = []
        self._tree: STRtree | None = None

    def adcode_at(self, unit: Unit, lon: float, lat: float) -> str | None:
        """The smallest district around a point of WGS-84 degrees."""
        with self._lock:
            rev = unit.connection.scalar(_NEWEST, {"k": "district"})
            if rev != self._rev:
                self._read(unit)
                self._rev = rev
            if self._tree is None:
                return None
            from shapely import Point

            around = self._tree.query(Point(lon, lat), predicate="intersects")
            found = [(self._shapes[i].area, self._districts[i].id) for i in around]
        return min(found)[1] if found else None

    def _read(self, unit: Unit) -> None:
        from shapely import MultiPolygon, STRtree

        bodies = unit.connection.scalars(_BODIES, {"k": "district"})
        self._districts = [decode("district", body) for body in bodies]
        self._shapes = [
            MultiPolygon([(rings[0], rings[1:]) for rings in district.polygons])
            for district in self._districts
        ]
        self._tree = STRtree(self._shapes)
