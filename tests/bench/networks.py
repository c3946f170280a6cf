"""The road networks of the map benchmarks, and what else is made from their data.

Everything made lies under `out/bench/`, named after a hash of the data and of the code that packs
them, so that a change of either makes it anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from installers.road_network import read
from maps.geo.mercator import RADIUS, from_grid
from maps.network.lines import Lines
from maps.network.network import Network
from maps.network.pack import pack

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).with_name("data")
CACHE = ROOT / "out" / "bench"
REGION = DATA / "jingjinji_partial.osm.pbf"
WORLD = DATA / "world_highways.npz"


def region() -> Path:
    """The packed network of the region: 138,808 links between the nodes where ways meet."""
    return made(REGION, ".tnet", lambda out: pack(read(REGION), out))


def world() -> Path:
    """The packed highways of the world: 822,234 edges, straight, without classes or names."""
    return made(WORLD, ".tnet", lambda out: pack(read(WORLD), out))


def city() -> Path:
    """Tianjin as it ships with the demo: 23,391 segments."""
    return ROOT / "resources" / "demo" / "network.tnet"


def made(source: Path, suffix: str, make: Callable[[Path], None]) -> Path:
    """What `make(path)` writes from a source, from the cache if it is there."""
    stem = source.name.split(".")[0].split("-")[0]
    out = CACHE / f"{stem}-{_key(source)}{suffix}"
    if not out.exists():
        print(f"making {out.relative_to(ROOT)}", flush=True)
        CACHE.mkdir(parents=True, exist_ok=True)
        for old in CACHE.glob(f"{stem}-*{suffix}"):
            old.unlink()
        new = CACHE / f"new{suffix}"
        make(new)
        new.replace(out)
    return out


def _key(source: Path) -> str:
    """Of the source and of the code that packs it; what was made itself tells both by its name."""
    if source.is_relative_to(CACHE):
        return source.stem.split("-")[-1]
    digest = hashlib.sha256(source.read_bytes())
    own = (Path(__file__), ROOT / "installers" / "road_network.py")
    for code in (*own, *sorted((ROOT / "maps" / "network").glob("*.py"))):
        digest.update(code.read_bytes())
    return digest.hexdigest()[:12]


def geopackage(network: Path) -> Path:
    """The links as a GeoPackage in EPSG:3857, so that nobody has to project while drawing."""
    return made(network, ".gpkg", lambda out: _write(network, out, "GPKG"))


def geojson(network: Path) -> Path:
    """The links as GeoJSON, coordinates rounded to a centimetre or so."""
    return made(network, ".geojson", lambda out: _write(network, out, "GeoJSON"))


def _write(network: Path, out: Path, driver: str) -> None:
    import pyogrio
    import shapely

    links = lines_of(Network.open(network))
    metres, link = from_grid(links.unwrapped()), links.link_of_vertex()
    enough = (np.diff(links.offsets) > 1)[link]
    lines = shapely.linestrings(metres[enough], indices=dense(link[enough]))
    crs, options, whole = "EPSG:3857", {}, {"VERSION": "1.2"}
    if driver == "GeoJSON":
        lines = shapely.transform(lines, degrees)
        crs, options, whole = "EPSG:4326", {"COORDINATE_PRECISION": "7"}, {}
    pyogrio.raw.write(
        out, shapely.to_wkb(lines), [], np.array([]), driver=driver, layer="roads", crs=crs,
        geometry_type="LineString", layer_options=options, dataset_options=whole,
    )  # fmt: skip


def lines_of(network: Network) -> Lines:
    """The vertices of all links."""
    return Lines(network._columns["line.vertices"], network._columns["line.offsets"])


def degrees(metres: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """(N, 2) Mercator metres -> (N, 2) lon, lat; runs on across the antimeridian."""
    lat = np.degrees(np.arctan(np.sinh(metres[:, 1] / RADIUS)))
    return np.column_stack((np.degrees(metres[:, 0] / RADIUS), lat))


def dense(ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Renumber sorted ids as 0, 1, 2 …"""
    return np.cumsum(np.concatenate(([0], ids[1:] != ids[:-1])), dtype=np.int64)
