"""The base map of the demo city: sea, boundary, and the labels of airport, port and junctions."""

import csv
import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

from app.domain.geodesy import Position
from backend.demo.build.roads import Node, Segment

WINDOW = shapely.box(116.3, 38.2, 119.2, 40.6)
BOUNDARY_TOLERANCE_DEG = 3e-4
OSM = "© OpenStreetMap contributors, ODbL"
AIRPORT = "ZBTJ"
PORTS_FILE = Path(__file__).with_name("ports.toml")
WATERS_FILE = Path(__file__).with_name("waters.toml")
OFFSHORE = {7.1: (0.3, 0.1), 8.5: (0.12, 0.06), 9.7: (0.05, 0.05), 11.1: (0.02, 0.025)}
"""A sea has no middle in a view: from a zoom on its name may stand so many degrees from the coast,
which is half its length, on a grid of such a step."""
ONE_JUNCTION_DEG = 0.03
"""Two exits of one name farther apart than this are two junctions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A named point of the base map; `exit` is the number of a motorway exit."""

    kind: str
    name: str
    lon: float
    lat: float
    exit: str = ""


def sea(data: Path) -> dict[str, Any]:
    frame = pyogrio.read_dataframe(data / "bohai_sea/bohai_sea_osm_10m.geojson")
    area = shapely.union_all(frame.geometry.to_numpy()).intersection(WINDOW)
    return collection([feature(part, kind="sea") for part in shapely.get_parts(area)], OSM)


def boundary(data: Path) -> dict[str, Any]:
    frame = pyogrio.read_dataframe(data / "tianjin_osm/tianjin_boundary_osm.geojson")
    area = shapely.simplify(frame.geometry.iloc[0], BOUNDARY_TOLERANCE_DEG)
    return collection([feature(area, kind="boundary", name="天津市")], OSM)


def labels(data: Path, segments: Sequence[Segment], nodes: Sequence[Node]) -> tuple[Label, ...]:
    """Return all labels; of one name and place only one."""
    structures = (("bridge", "桥"), ("tunnel", "隧道"))
    return (
        _airport(data),
        *_ports(segments),
        *_junctions(segments, nodes),
        *(label for kind, end in structures for label in _structures(segments, kind, end)),
    )


def label_features(found: Sequence[Label], sea: dict[str, Any]) -> dict[str, Any]:
    return collection([*map(_label_feature, found), *_waters(sea)], OSM)


def _waters(sea: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each water with all the places where its name may stand, one of them at a time."""
    shapes = [shapely.geometry.shape(row["geometry"]) for row in sea["features"]]
    whole = shapely.union_all(shapes)
    for water in tomllib.loads(WATERS_FILE.read_text(encoding="utf-8"))["water"]:
        for zoom, (coast, step) in OFFSHORE.items():
            lons = np.arange(water["west"], water["east"], step)
            lats = np.arange(water["south"], water["north"], step)
            grid = np.array(np.meshgrid(lons, lats)).reshape(2, -1).T
            spots = grid[shapely.contains_xy(whole.buffer(-coast), grid)]
            shape = shapely.MultiPoint(spots)
            yield feature(shape, kind="water", name=water["name"], zoom=zoom)


def _airport(data: Path) -> Label:
    with (data / "airports/airports_cn.csv").open(encoding="utf-8") as file:
        row = next(row for row in csv.DictReader(file) if row["icao"] == AIRPORT)
    return Label(
        kind="airport", name="天津滨海国际机场", lon=float(row["lon"]), lat=float(row["lat"])
    )


def _ports(segments: Sequence[Segment]) -> Iterator[Label]:
    """Each port area's label stands amid its own streets: the port lists' points lie inland."""
    for port in tomllib.loads(PORTS_FILE.read_text(encoding="utf-8"))["port"]:
        own = [s.line for s in segments if s.name in port["streets"]]
        lon, lat = _centre(own)
        yield Label(kind="port", name=port["name"], lon=lon, lat=lat)


def _junctions(segments: Sequence[Segment], nodes: Sequence[Node]) -> Iterator[Label]:
    """Interchanges by the name of their ramps, else by that of their numbered exits.

    An exit without number tells where it leads, not where it is.
    """
    exits: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        if node.highway == "motorway_junction" and node.ref and _is_place(node.name):
            exits[node.name.removesuffix("互通")].append(node)
    ramps: dict[str, list[tuple[Position, ...]]] = defaultdict(list)
    for segment in segments:
        if segment.name.endswith("互通"):
            ramps[segment.name.removesuffix("互通")].append(segment.line)
    for name in sorted({*exits, *ramps}):
        full = f"{name}互通" if name in ramps else name
        for group in _groups([node.at for node in exits[name]] or [_centre(ramps[name])]):
            numbers = sorted({n.ref.rstrip("AB") for n in exits[name] if n.at in group})
            lon, lat = _mean(group)
            yield Label(kind="junction", name=full, lon=lon, lat=lat, exit="/".join(numbers))


def _is_place(name: str) -> bool:
    """Exit signs name roads and several places; a junction's own name is one place."""
    return bool(name) and not re.search(r"[/;、（]|^[GS]\d|[路道桥]$", name)


def _structures(segments: Sequence[Segment], kind: str, end: str) -> Iterator[Label]:
    named: dict[str, list[tuple[Position, ...]]] = defaultdict(list)
    for segment in segments:
        if segment.name.endswith(end) and not segment.name.endswith("立交桥"):
            named[segment.name].append(segment.line)
    for name, lines in sorted(named.items()):
        lon, lat = _centre(lines)
        yield Label(kind=kind, name=name, lon=lon, lat=lat)


def _groups(points: Sequence[Position]) -> list[list[Position]]:
    groups: list[list[Position]] = []
    for point in points:
        group = next((g for g in groups if math.dist(g[0], point) < ONE_JUNCTION_DEG), None)
        if group is None:
            groups.append([point])
        else:
            group.append(point)
    return groups


def _mean(points: Sequence[Position]) -> Position:
    return (
        round(sum(p[0] for p in points) / len(points), 6),
        round(sum(p[1] for p in points) / len(points), 6),
    )


def _centre(lines: Sequence[tuple[Position, ...]]) -> Position:
    """The point of the lines nearest to their centre of gravity."""
    shape = shapely.MultiLineString(lines)
    point = shapely.get_coordinates(shapely.shortest_line(shape, shape.centroid))[0]
    return round(float(point[0]), 6), round(float(point[1]), 6)


def _label_feature(label: Label) -> dict[str, Any]:
    said = {key: getattr(label, key) for key in ("kind", "name", "exit") if getattr(label, key)}
    return feature(shapely.Point(label.lon, label.lat), **said)


def feature(shape: Any, grid_deg: float = 1e-6, **properties: str | float) -> dict[str, Any]:
    geometry = shapely.geometry.mapping(shapely.set_precision(shape, grid_deg))
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(features: list[dict[str, Any]], source: str) -> dict[str, Any]:
    return {"type": "FeatureCollection", "attribution": source, "features": features}
