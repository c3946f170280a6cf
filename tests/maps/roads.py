"""Small road networks for tests."""

from pathlib import Path

import numpy as np

from maps.network.network import Network
from maps.network.pack import pack
from maps.network.roads import RoadClass, RoadFlag
from maps.network.segments import Segments

type Line = list[tuple[float, float]]


def segments(
    lines: list[Line],
    classes: list[RoadClass] | None = None,
    flags: list[RoadFlag] | None = None,
    names: list[str] | None = None,
    refs: list[str] | None = None,
) -> Segments:
    """Columns of the lines, given in degrees; motorways without a name when nothing is said."""
    count = len(lines)
    return Segments(
        coords=np.array([point for line in lines for point in line], dtype=float).reshape(-1, 2),
        offsets=np.cumsum([0, *map(len, lines)], dtype=np.int64),
        classes=np.array(classes or [RoadClass.MOTORWAY] * count, dtype=np.uint8),
        flags=np.array(flags or [RoadFlag(0)] * count, dtype=np.uint8),
        names=names or [""] * count,
        refs=refs or [""] * count,
        way_ids=np.arange(count, dtype=np.int64) + 1000,
    )


def network(folder: Path, packed: Segments) -> Network:
    """The same, packed and opened."""
    path = folder / "network.tnet"
    pack(packed, path)
    return Network.open(path)


def grid(side: int, step: float = 0.002) -> list[Line]:
    """Streets of a square town, one link from crossing to crossing."""
    at = [(117.0 + step * i, 39.0 + step * i) for i in range(side)]
    across = [[(x, y), (x + step, y)] for x, _ in at[:-1] for _, y in at]
    along = [[(x, y), (x, y + step)] for x, _ in at for _, y in at[:-1]]
    return [[(float(x), float(y)) for x, y in line] for line in across + along]
