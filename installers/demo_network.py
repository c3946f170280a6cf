"""Packs the demo city's roads and sea: `python -m installers.demo_network --data FOLDER`.

For developers; the files that it writes are part of the repository. It stands here
because a backend may not know the map engine, nor the engine the demo city.
"""

import argparse
import json
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np

from backend.demo.build import roads
from maps.layers.areas import Areas
from maps.network.pack import pack
from maps.network.roads import RoadFlag, road_class
from maps.network.segments import Segments

OUT = Path(__file__).parents[1] / "resources" / "demo"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the open data sets")
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    network, water = arguments.out / "network.tnet", arguments.out / "sea.tarea"
    pack(columns(roads.segments(arguments.data)), network)
    sea(OUT / "sea.geojson").save(water)
    for path in (network, water):
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")


def sea(source: Path) -> Areas:
    """The sea's triangles, so that no desk works them out when it starts."""
    shapes = [row["geometry"] for row in json.loads(source.read_bytes())["features"]]
    several = (
        o["coordinates"] if o["type"] == "MultiPolygon" else [o["coordinates"]] for o in shapes
    )
    return Areas.prepare([[np.array(ring) for ring in area] for many in several for area in many])


def columns(segments: Sequence[roads.Segment]) -> Segments:
    return Segments(
        coords=np.array([point for s in segments for point in s.line], dtype=np.float64),
        offsets=np.array([0, *accumulate(len(s.line) for s in segments)], dtype=np.int64),
        classes=np.array([road_class(s.highway)[0] for s in segments], dtype=np.uint8),
        flags=np.array([_flags(s) for s in segments], dtype=np.uint8),
        names=[s.name for s in segments],
        refs=[";".join(s.refs) for s in segments],
        way_ids=np.array([s.way_id for s in segments], dtype=np.int64),
    )


def _flags(segment: roads.Segment) -> RoadFlag:
    flags = road_class(segment.highway)[1]
    for known, flag in (
        (segment.bridge, RoadFlag.BRIDGE),
        (segment.tunnel, RoadFlag.TUNNEL),
        (segment.oneway, RoadFlag.ONEWAY),
    ):
        if known:
            flags |= flag
    return flags


if __name__ == "__main__":
    main()
