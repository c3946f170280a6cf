"""What one reader of the live channel gets: frames of its extent."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from app.domain.live import DEGREE, FUTURE_S, NEVER_S, Head, LiveKind, encode
from backend.services.live_picture import Links, Picture, Source, Vehicles

LOW_ZOOM = 12.0
"""Below it single vehicles are not told apart: not more are sent than the limit."""

_MOST_MS = 0xFFFFFFFF
_SPREAD = np.uint32(2_654_435_761)

type Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """A rectangle in degrees WGS-84, and the zoom of the map that shows it."""

    west: float
    south: float
    east: float
    north: float
    zoom: float


class Frames(Protocol):
    def frame(self, picture: Picture, sequence: int) -> bytes: ...


class LinkFrames:
    """The first frame holds every link of the extent, later ones what changed since the last."""

    def __init__(self, source: Source, extent: Extent) -> None:
        self._source, self._extent = source, extent
        self._rows: npt.NDArray[np.int64] | None = None
        self._sent: tuple[npt.NDArray[np.uint8], npt.NDArray[np.float64]] | None = None

    def frame(self, picture: Picture, sequence: int) -> bytes:
        links = picture.links
        if self._rows is None:
            self._rows = np.flatnonzero(_meets(links, self._extent))
        rows, whole = self._rows, self._sent is None
        values, seen_at = links.values[rows], links.seen_at[rows]
        # Else what a clock that is ahead has told would be new for ever.
        seen_at = np.where(seen_at <= picture.at + FUTURE_S, seen_at, 0.0)
        before, self._sent = self._sent, (values, seen_at)
        if before is not None:
            new = (values != before[0]).any(axis=1) | (seen_at != before[1])
            rows, values, seen_at = rows[new], values[new], seen_at[new]
        age = np.where(seen_at > 0, np.rint(np.maximum(picture.at - seen_at, 0.0)), NEVER_S)
        head = Head(
            kind=LiveKind.LINKS,
            sequence=sequence,
            server_time=picture.at,
            count=len(rows),
            total=len(self._rows),
            whole=whole,
            demo=self._source.demo,
            network=self._source.network,
        )
        columns = {
            "link": _bytes(rows, "<u4"),
            "with_value": _bytes(values[:, 0], "u1"),
            "against_value": _bytes(values[:, 1], "u1"),
            "age_s": _bytes(np.minimum(age, NEVER_S), "<u2"),
        }
        return encode(head, columns)


class VehicleFrames:
    """Every frame holds all vehicles of the extent; at low zoom not more than `limit`, and always
    the same ones."""

    def __init__(self, source: Source, extent: Extent, limit: int) -> None:
        self._source, self._extent, self._limit = source, extent, limit

    def frame(self, picture: Picture, sequence: int) -> bytes:
        vehicles = picture.vehicles
        known = vehicles.seen_at <= picture.at + FUTURE_S
        rows = np.flatnonzero(known & _inside(vehicles, self._extent))
        total = len(rows)
        if total > self._limit and self._extent.zoom < LOW_ZOOM:
            order = np.argsort(vehicles.ids[rows] * _SPREAD, kind="stable")
            rows = np.sort(rows[order[: self._limit]])
        age = np.rint((picture.at - vehicles.seen_at[rows]) * 1000).clip(0, _MOST_MS)
        head = Head(
            kind=LiveKind.VEHICLES,
            sequence=sequence,
            server_time=picture.at,
            count=len(rows),
            total=total,
            whole=True,
            demo=self._source.demo,
        )
        columns = {
            "id": _bytes(vehicles.ids[rows], "<u4"),
            "kind": _bytes(vehicles.kinds[rows], "u1"),
            "state": _bytes(vehicles.states[rows], "u1"),
            "lon": _bytes(vehicles.lon[rows], "<i4"),
            "lat": _bytes(vehicles.lat[rows], "<i4"),
            "heading": _bytes(vehicles.heading[rows], "<u2"),
            "speed": _bytes(vehicles.speed[rows], "<u2"),
            "age_ms": _bytes(age, "<u4"),
        }
        return encode(head, columns)


def _meets(links: Links, extent: Extent) -> Mask:
    west, south, east, north = links.boxes.T
    meets: Mask = (west <= extent.east) & (east >= extent.west)
    meets &= (south <= extent.north) & (north >= extent.south)
    return meets


def _inside(vehicles: Vehicles, extent: Extent) -> Mask:
    lon, lat = vehicles.lon, vehicles.lat
    inside: Mask = (lon >= extent.west * DEGREE) & (lon <= extent.east * DEGREE)
    inside &= (lat >= extent.south * DEGREE) & (lat <= extent.north * DEGREE)
    return inside


def _bytes(column: npt.NDArray[np.generic], code: str) -> bytes:
    return np.ascontiguousarray(column, dtype=code).tobytes()
