"""What lies under everything: sea, boundary, roads, place names. Read from files, in a worker."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate, chain, pairwise
from pathlib import Path
from threading import Lock
from typing import Any, Final

import msgspec
import numpy as np

from app.text import translate
from maps.columns import ColumnsError
from maps.geo.camera import Extent
from maps.geo.mercator import Grid, to_grid, to_mercator
from maps.labels.label import LabelStyle
from maps.layers.area_layer import AreaLayer
from maps.layers.areas import Areas
from maps.layers.label_layer import LabelLayer
from maps.layers.layer import Layer
from maps.layers.network_layer import NetworkLayer
from maps.layers.path_layer import PathLayer
from maps.network.network import Network

FOLDER: Final = Path(__file__).parents[2] / "resources" / "demo"
CITY: Final = Extent.of_degrees(117.46, 38.89, 117.86, 39.11)
"""Binhai's centre and port: the first view, until the user has one of his own."""

SKELETON_TO: Final = 12.3
"""Nearer than this its 100 m would lie across the blocks."""

_CELL_DEG: Final = 0.1
_OSM: Final = "OpenStreetMap, ODbL"
_ROADS_AS_OF: Final = datetime(2024, 12, 14, tzinfo=UTC)  # docs/data.md
# kind: style, priority (the lowest is placed first), first and last zoom, pixels below the place
_NAMES: Final[dict[str, tuple[LabelStyle, float, float, float, float]]] = {
    "water": (LabelStyle.WATER, 28.0, 7.0, 15.0, 0.0),
    "airport": (LabelStyle.HUB, 10.0, 8.0, 21.0, 16.0),
    "port": (LabelStyle.HUB, 11.0, 9.5, 21.0, 16.0),
    "skeleton": (LabelStyle.JUNCTION, 33.0, 8.0, SKELETON_TO, 0.0),
    "junction": (LabelStyle.JUNCTION, 34.0, 11.3, 21.0, 18.0),
    "tunnel": (LabelStyle.JUNCTION, 36.0, 12.5, 21.0, 18.0),
    "bridge": (LabelStyle.JUNCTION, 37.0, 13.0, 21.0, 18.0),
}


@dataclass(frozen=True, slots=True)
class Base:
    """What could be read, and what could not, in words."""

    layers: tuple[Layer, ...]
    problems: tuple[str, ...] = ()


_known: Final[dict[str, Base]] = {}
_reading: Final = Lock()


def city_base(words: str) -> Base:
    """The base with its titles in a language, read once for all maps. Not on the GUI thread."""
    with _reading:
        if words not in _known:
            _known[words] = load_base()
        return _known[words]


def base_at_hand(words: str) -> Base | None:
    """The base if it has been read already."""
    return _known.get(words)


def load_base(folder: Path = FOLDER) -> Base:
    """Read and prepare all base layers. Slow: not on the GUI thread. Raises nothing."""
    layers: list[Layer] = []
    problems: list[str] = []
    for name, load in _LOADERS:
        try:
            layers.append(load(folder / name))
        except (OSError, ValueError, KeyError, ColumnsError, msgspec.DecodeError) as error:
            problems.append(f"{name}: {error}")
    return Base(tuple(layers), tuple(problems))


def _sea(path: Path) -> Layer:
    return AreaLayer(
        id="sea",
        title=translate("Map", "海域"),
        source=_OSM,
        group="base",
        areas=Areas.open(path),
        fill="sea",
    )


def _boundary(path: Path) -> Layer:
    return PathLayer(
        id="boundary",
        title=translate("Map", "市界"),
        source=_OSM,
        group="base",
        lines=_lines([ring for area in _polygons(path) for ring in area]),
        colour="boundary",
        width=1.2,
        dash=7.0,
        casing=False,
    )


def _skeleton(path: Path) -> Layer:
    lines = [line for row in _features(path) for line in row["geometry"]["coordinates"]]
    return PathLayer(
        id="skeleton",
        title=translate("Map", "骨架路网(示意,约 100 米)"),
        source=f"searoute 1.6.0, {_OSM}",
        group="base",
        lines=_lines(lines),
        colour="tunnel",
        width=1.4,
        casing=False,
        zooms=(0.0, SKELETON_TO),
    )


def _roads(path: Path) -> Layer:
    return NetworkLayer(
        id="roads",
        title=translate("Map", "路网"),
        source=_OSM,
        group="road",
        as_of=_ROADS_AS_OF,
        network=Network.open(path),
    )


def _names(path: Path) -> Layer:
    rows = [spot for row in _features(path) for spot in _spots(row)]
    rows.append(_skeleton_name(path.with_name("skeleton.geojson")))
    rows = [row for row in rows if row["properties"]["kind"] in _NAMES]
    looks = [_NAMES[row["properties"]["kind"]] for row in rows]
    own = [row["properties"].get("zoom", 0.0) for row in rows]
    zooms = [
        (max(first, zoom), last) for (*_, first, last, _), zoom in zip(looks, own, strict=True)
    ]
    return LabelLayer(
        id="names",
        title=translate("Map", "地名、互通、桥隧"),
        source=f"{_OSM}, airportsdata",
        group="base",
        texts=tuple(_name(row["properties"]) for row in rows),
        styles=tuple(style for style, *_ in looks),
        lonlat=np.array([row["geometry"]["coordinates"] for row in rows]).reshape(-1, 2),
        # Of the places of one name those first that show already farther away.
        priorities=np.array([priority for _, priority, *_ in looks]) + np.array(own) / 2.0,
        text_zooms=np.array(zooms).reshape(-1, 2),
        shifts=tuple(shift for *_, shift in looks),
    )


_LOADERS: Final[tuple[tuple[str, Callable[[Path], Layer]], ...]] = (
    ("sea.tarea", _sea),
    ("boundary.geojson", _boundary),
    ("skeleton.geojson", _skeleton),
    ("network.tnet", _roads),
    ("labels.geojson", _names),
)


def _spots(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A name that may stand at several places, once at each: a sea has no middle in a view."""
    geometry = row["geometry"]
    many = geometry["type"] == "MultiPoint"
    for spot in geometry["coordinates"] if many else [geometry["coordinates"]]:
        yield {"properties": row["properties"], "geometry": {"coordinates": spot}}


def _name(properties: dict[str, Any]) -> str:
    """A junction with its exit number, as on the road's own signs."""
    exit_number = properties.get("exit", "")
    return f"{properties['name']} {exit_number}".strip()


def _skeleton_name(path: Path) -> dict[str, Any]:
    """The skeleton's own name where it is densest: nobody shall take it for surveyed roads."""
    row = _features(path)[0]
    spots = np.array([spot for line in row["geometry"]["coordinates"] for spot in line])
    cells, counts = np.unique(np.floor(spots / _CELL_DEG), axis=0, return_counts=True)
    middle = (cells[counts.argmax()] + 0.5) * _CELL_DEG
    return {"properties": row["properties"], "geometry": {"coordinates": middle.tolist()}}


def _features(path: Path) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = msgspec.json.decode(path.read_bytes())["features"]
    return features


def _polygons(path: Path) -> Iterator[Sequence[Any]]:
    for row in _features(path):
        geometry = row["geometry"]
        many = geometry["type"] == "MultiPolygon"
        yield from geometry["coordinates"] if many else [geometry["coordinates"]]


def _lines(lonlats: Sequence[Sequence[Any]]) -> tuple[Grid, ...]:
    """Projected all at once: there are thousands of short ones."""
    grid = to_grid(to_mercator(np.array(list(chain.from_iterable(lonlats)))))
    ends = accumulate(map(len, lonlats))
    return tuple(grid[first:last] for first, last in pairwise(chain([0], ends)))
