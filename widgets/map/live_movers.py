"""Vehicles as a layer: each with its newest fix and the one before."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from app.domain.live import DEGREE, FUTURE_S, UNKNOWN, Head, VehicleKind, VehicleState
from app.domain.rules import LiveRule
from app.live.frames import Columns
from app.text import translate
from maps.geo.mercator import is_place
from maps.layers.heat import HeatScale
from maps.layers.mover_layer import MoverKind, MoverLayer, MoverShape, MoverState
from maps.layers.movers import Movers, grid_of
from maps.movers.fixes import metres_between

LAYER: Final = "vehicles"
DENSITY_BELOW: Final = 10.0
"""Farther away each of them would only hide the others."""

_DENSITY: Final = HeatScale(radius=14.0, full=300.0)
"""So pale at the scale of a region that the traffic below stays what one sees first."""
TRAIL_S: Final = 60.0
TRAILS_FROM: Final = 14.0
"""Farther away only what is followed has a trail."""

_SAME_FIX_S: Final = 0.02  # ages are told in milliseconds

type Floats = npt.NDArray[np.float64]
type Rows = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class MoverPicture:
    """`total` vehicles are in the extent; fewer were sent when the server thinned them out."""

    movers: Movers
    sent: int
    total: int
    at: float  # seconds since 1970, the server's clock
    demo: bool


class MoverFold:
    """Belongs to one channel's thread. What is no longer told of is gone."""

    def __init__(self, rule: LiveRule) -> None:
        self._rule = rule
        self._movers = self._doubted = _nobody()
        self._at = 0.0
        self.rejected = 0
        """Fixes that were not believed: at (0, 0), off the earth, or too far from the last one."""

    def __call__(self, head: Head, columns: Columns) -> MoverPicture:
        if head.server_time < self._at - FUTURE_S:  # its clock was set back: all begins anew
            self._movers = self._doubted = _nobody()
            self._at = 0.0
        self._at = max(self._at, head.server_time)
        self._movers = self._joined(self._told(head, columns))
        return MoverPicture(self._movers, head.count, head.total, head.server_time, head.demo)

    def _told(self, head: Head, columns: Columns) -> Movers:
        """The frame's fixes by id, those that cannot be left out."""
        ids, rows = np.unique(columns["id"], return_index=True)
        lonlat = np.stack((columns["lon"][rows], columns["lat"][rows]), axis=1) / DEGREE
        age = columns["age_ms"][rows] / 1000
        placed = is_place(lonlat)
        self.rejected += int(len(placed) - np.count_nonzero(placed))
        keep = placed & (age <= self._rule.vehicles_hidden_s)
        rows, ids, lonlat = rows[keep], ids[keep], lonlat[keep]
        heading = columns["heading"][rows]
        place, at = grid_of(lonlat), head.server_time - age[keep]
        return Movers(
            ids=ids,
            kinds=_known(columns["kind"][rows], len(VehicleKind)),
            states=_known(columns["state"][rows], len(VehicleState)),
            before=place,
            newest=place,
            before_at=at,
            newest_at=at,
            heading=np.where(heading == UNKNOWN, np.nan, heading / 100).astype(np.float32),
        )

    def _joined(self, told: Movers) -> Movers:
        """Each with the fix before. A jump is not believed, the last fix stays and ages, unless the
        next fix is where it went: then the thing has come there anew, as what was grey has."""
        known = self._movers
        if not len(known) or not len(told):
            return told
        row, newer, near = self._met(known, told)
        jumped = np.flatnonzero(newer & ~near)
        self.rejected += len(jumped)
        doubted = told.take(jumped)
        again = self._met(self._doubted, doubted)[2] if len(self._doubted) else jumped < 0
        self._doubted = doubted.take(np.flatnonzero(~again))
        stays = (known.ids[row] == told.ids) & ~near
        stays[jumped[again]] = False
        last = known.take(row)
        goes = near & (told.newest_at - last.newest_at <= self._rule.vehicles_stale_s)
        return replace(
            told,
            before=np.where(goes[:, None], last.newest, _kept(stays, last.before, told.before)),
            before_at=np.where(goes, last.newest_at, _kept(stays, last.before_at, told.before_at)),
            newest=_kept(stays, last.newest, told.newest),
            newest_at=_kept(stays, last.newest_at, told.newest_at),
            heading=_kept(stays, last.heading, told.heading),
        )

    def _met(self, known: Movers, told: Movers) -> tuple[Rows, Flags, Flags]:
        """(N,) the row in `known` (not empty) of each that is told of again, whether this fix is
        newer, and whether it is so near that the thing can have driven there."""
        row = np.minimum(np.searchsorted(known.ids, told.ids), len(known) - 1)
        step = told.newest_at - known.newest_at[row]
        newer = (known.ids[row] == told.ids) & (step > _SAME_FIX_S)
        far = metres_between(known.newest[row], told.newest)
        return row, newer, newer & (far <= self._rule.fastest_kmh / 3.6 * step)


def no_vehicles(rule: LiveRule) -> MoverLayer:
    """Before anything was told."""
    return replace(vehicle_layer(MoverPicture(_nobody(), 0, 0, 0.0, False), rule), as_of=None)


def vehicle_layer(picture: MoverPicture, rule: LiveRule) -> MoverLayer:
    demo = picture.demo
    return MoverLayer(
        id=LAYER,
        title=_title(picture),
        source=translate("Map", "演示车辆发生器") if demo else translate("Map", "车辆接口"),
        as_of=datetime.fromtimestamp(picture.at, UTC),
        demo=demo,
        group="vehicle",
        movers=picture.movers,
        kinds=(
            MoverKind(translate("Map", "公交车"), MoverShape.WEDGE, "accent"),
            MoverKind(translate("Map", "客运班车"), MoverShape.ARROW, "device"),
            MoverKind(translate("Map", "货车"), MoverShape.CHEVRON, "text_minor"),
            MoverKind(translate("Map", "危险货物车"), MoverShape.KITE, "text"),
            MoverKind(translate("Map", "养护车"), MoverShape.ARROW, "works"),
            MoverKind(translate("Map", "其他车辆"), MoverShape.ARROW, "unknown"),
        ),
        states=(
            MoverState(translate("Map", "行驶")),
            MoverState(translate("Map", "停驶")),
            MoverState(translate("Map", "状态未知")),
        ),
        stale_s=rule.vehicles_stale_s,
        density_below=DENSITY_BELOW,
        density=_DENSITY,
        trail_s=TRAIL_S,
        trails_from=TRAILS_FROM,
    )


def without_lost(layer: MoverLayer, now: float, rule: LiveRule) -> MoverLayer:
    """The layer without those that were not heard of for long; the same one if there are none."""
    known = now - layer.movers.newest_at <= rule.vehicles_hidden_s
    return layer if known.all() else replace(layer, movers=layer.movers.take(np.flatnonzero(known)))


def _title(picture: MoverPicture) -> str:
    """What is left out is told."""
    if picture.sent >= picture.total:
        return translate("Map", "车辆")
    words = translate("Map", "车辆(共 {total},显示 {sent})")
    return words.format(total=f"{picture.total:,}", sent=f"{picture.sent:,}")


def _kept(stays: npt.NDArray[np.bool_], last: npt.NDArray[Any], told: npt.NDArray[Any]) -> Any:
    return np.where(stays[:, None] if last.ndim == 2 else stays, last, told)


def _known(codes: npt.NDArray[np.uint8], count: int) -> npt.NDArray[np.uint8]:
    """What this version does not know comes after the known ones."""
    return np.minimum(codes, count).astype(np.uint8)


def _nobody() -> Movers:
    empty, grid = np.empty(0), np.empty((0, 2), dtype=np.int32)
    codes = np.empty(0, dtype=np.uint8)
    return Movers(
        empty.astype(np.uint32), codes, codes, grid, grid, empty, empty, empty.astype(np.float32)
    )
