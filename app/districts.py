"""In which district a point lies. Immutable: any thread may ask."""

from collections.abc import Iterable

from app.domain.district import District


class DistrictIndex:
    """Shapely is imported by the first district that there is."""

    def __init__(self, districts: Iterable[District] = ()) -> None:
        self._districts = tuple(districts)
        if self._districts:
            from shapely import MultiPolygon, STRtree

            self._shapes = [
                MultiPolygon([(rings[0], rings[1:]) for rings in district.polygons])
                for district in self._districts
            ]
            self._tree = STRtree(self._shapes)

    def adcode_at(self, lon: float, lat: float) -> str | None:
        """The smallest district around a point of WGS-84 degrees, as the backend finds it."""
        if not self._districts:
            return None
        from shapely import Point

        around = self._tree.query(Point(lon, lat), predicate="intersects")
        found = [(self._shapes[i].area, self._districts[i].id) for i in around]
        return min(found)[1] if found else None
