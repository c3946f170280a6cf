"""The highway skeleton where the road data has holes, the central city above all.

Its points are rounded to about 100 m and it knows neither names nor classes: it is drawn
as a backdrop and says so, and nothing is located on it.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from backend.demo.build.basemap import OSM, collection, feature
from backend.demo.build.roads import Segment

SKELETON = Path("osm_world_highways/world_highways.npz")
WEST, SOUTH, EAST, NORTH = 116.5, 38.3, 118.4, 40.4
KNOWN_DEG = 0.004
"""Skeleton this close to a main road of the real data only repeats it."""

GRID_DEG = 0.001
NAME = "骨架路网（示意，精度约100米）"


def skeleton(data: Path, segments: Sequence[Segment]) -> dict[str, Any]:
    graph = np.load(data / SKELETON)
    lon, lat = graph["lon"], graph["lat"]
    inside = (lon > WEST) & (lon < EAST) & (lat > SOUTH) & (lat < NORTH)
    edges = np.stack((graph["u"], graph["v"]), axis=1)
    edges = edges[inside[edges].all(axis=1)]
    lines = shapely.linestrings(np.stack((lon[edges], lat[edges]), axis=2))
    new = lines[~_known(lines, segments)]
    merged = shapely.line_merge(shapely.multilinestrings(new))
    simple = shapely.simplify(merged, GRID_DEG / 3)
    return collection([feature(simple, GRID_DEG, kind="skeleton", name=NAME)], OSM)


def _known(lines: Any, segments: Sequence[Segment]) -> Any:
    """(N,) True where a line's middle lies beside a main road of the real data."""
    main = [s.line for s in segments if s.highway in ("motorway", "trunk", "primary")]
    tree = shapely.STRtree([shapely.LineString(line) for line in main])
    middles = shapely.line_interpolate_point(lines, 0.5, normalized=True)
    known = np.zeros(len(lines), dtype=bool)
    known[tree.query(middles, "dwithin", KNOWN_DEG)[0]] = True
    return known
