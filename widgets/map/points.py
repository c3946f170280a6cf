"""Entities as points on the map: symbol, sign, rank."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from app.domain.camera import Camera
from app.domain.incident import SEVERITY_RANK, Incident, IncidentState
from app.domain.reference import Facility, Sign
from app.domain.rules import Rules
from app.text import translate
from maps.geo.camera import MAX_ZOOM
from maps.layers.point_layer import PointLayer, Symbol
from maps.points.clusters import ClusterSteps
from widgets.shared.severity import type_sign

PLANNED: Final = "WRK"
"""Road works are planned: they have no level."""

_LEVELS: Final = {
    "I": Symbol.SEVERITY_1,
    "II": Symbol.SEVERITY_2,
    "III": Symbol.SEVERITY_3,
    "IV": Symbol.SEVERITY_4,
}
_RANKS: Final = {level.value: 5 - rank for level, rank in SEVERITY_RANK.items()}
_FACILITIES: Final = {"TOLL": Symbol.TOLL, "SERVICE": Symbol.SERVICE}
MANY: Final = 3000
"""So many points of one kind are prepared in the pool."""

_UNACCEPTED: Final = 10  # ranks above every level


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a layer; two equal ones look the same."""

    lon: float
    lat: float
    symbol: Symbol
    glyph: str = ""
    label: str = ""
    rank: int = 0


type Describe = Callable[[Any, bool, Rules, str], Point | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How a kind of entity stands on the map. `pick_rank`: the higher one is hit first.

    Cameras, signs and facilities share gantries and junctions: `lift` keeps them apart.
    """

    id: str
    title: str
    describe: Describe
    pick_rank: int
    group: str = "facility"
    zoom_from: float = 0.0
    labels_from: float = 13.0
    cluster_below: float = 15.0
    lift: float = 0.0


def incident_point(incident: Incident, pending: bool, rules: Rules, language: str) -> Point | None:
    """An open case that has a point; None for the others."""
    place = incident.place
    if not incident.is_open or place.lon is None or place.lat is None:
        return None
    unaccepted = incident.state == IncidentState.NEW
    level = _RANKS.get(incident.severity or "", 0)
    sign = type_sign(rules, incident.type, language)
    marks = (
        rules.label("incident_state", incident.state, language) if unaccepted else "",
        translate("Map", "待发") if pending else "",
    )
    return Point(
        place.lon,
        place.lat,
        _incident_symbol(incident),
        sign,
        " · ".join(filter(None, marks)),
        level + _UNACCEPTED * unaccepted,
    )


def _incident_symbol(incident: Incident) -> Symbol:
    if incident.severity in _LEVELS:
        return _LEVELS[incident.severity]
    return Symbol.PLANNED if incident.type == PLANNED else Symbol.SEVERITY_UNKNOWN


def camera_point(camera: Camera, _pending: bool, _rules: Rules, _language: str) -> Point | None:
    return _device(camera, Symbol.CAMERA)


def sign_point(sign: Sign, _pending: bool, _rules: Rules, _language: str) -> Point | None:
    return _device(sign, Symbol.SIGN)


def facility_point(facility: Facility, _pending: bool, rules: Rules, language: str) -> Point | None:
    symbol = _FACILITIES.get(facility.category, Symbol.FACILITY)
    glyph = rules.label("facility", facility.category, language)[:1]
    return _device(facility, symbol, glyph if symbol is Symbol.FACILITY else "")


def _device(thing: Camera | Sign | Facility, symbol: Symbol, glyph: str = "") -> Point | None:
    place = thing.place
    if place.lon is None or place.lat is None:
        return None
    return Point(place.lon, place.lat, symbol, glyph)


def kinds() -> tuple[Kind, ...]:
    """The kinds that the map shows, the lowest first."""
    return (
        Kind(id="facility", title=translate("Map", "设施"), describe=facility_point, pick_rank=1,
             zoom_from=11.5, cluster_below=12.5, lift=16.0),
        Kind(id="sign", title=translate("Map", "可变情报板"), describe=sign_point, pick_rank=2,
             zoom_from=12.8, cluster_below=14.0, lift=15.0),
        Kind(id="camera", title=translate("Map", "摄像机"), describe=camera_point, pick_rank=3,
             zoom_from=12.3, cluster_below=14.5),
        Kind(id="incident", title=translate("Map", "未结事件"), describe=incident_point, pick_rank=9,
             group="event", labels_from=8.0, cluster_below=13.0),
    )  # fmt: skip


def point_layer(kind: Kind, points: Mapping[str, Point], demo: bool) -> PointLayer:
    """The points of one kind as the columns that the map draws. MANY are slow: in the pool."""
    rows = list(points.values())
    lonlat = np.array([(row.lon, row.lat) for row in rows]).reshape(-1, 2)
    ranks = np.array([row.rank for row in rows], dtype=np.int64)
    many = len(rows) >= MANY
    clusters = ClusterSteps.prepare(lonlat, ranks, kind.cluster_below) if many else None
    source = translate("Map", "业务系统,演示数据") if demo else translate("Map", "业务系统")
    return PointLayer(
        id=kind.id,
        title=kind.title,
        source=source,
        group=kind.group,
        demo=demo,
        ids=tuple(points),
        lonlat=lonlat,
        symbols=tuple(row.symbol for row in rows),
        glyphs=tuple(row.glyph for row in rows),
        labels=tuple(row.label for row in rows),
        ranks=ranks,
        clusters=clusters,
        pick_rank=kind.pick_rank,
        zooms=(kind.zoom_from, MAX_ZOOM),
        labels_from=kind.labels_from,
        cluster_below=kind.cluster_below,
        lift=kind.lift,
    )
