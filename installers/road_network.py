"""Packs roads into a network file: `python -m installers.road_network SOURCE OUT`.

SOURCE is an OpenStreetMap extract (``.osm.pbf``, ``.osm``), a table of road segments with
OpenStreetMap's tags as columns (``.gpkg``), or a graph without classes (``.npz`` with ``lat``,
``lon`` of the nodes and ``u``, ``v`` of the edges). All coordinates are WGS-84 degrees. Ctrl+C
ends it; OUT is then as it was.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path
from typing import cast

import numpy as np

from maps.network.pack import PackCancelledError, pack
from maps.network.roads import RoadClass, RoadFlag, road_class
from maps.network.segments import Segments

type Line = Sequence[tuple[float, float]]  # lon, lat
type Progress = Callable[[float], None]  # takes the fraction done, 0 to 1
type Cancelled = Callable[[], bool]

_TOLD_EVERY = 1000  # rows


@dataclass
class _Rows:
    """Links as they are found."""

    lines: list[Line] = field(default_factory=list)
    classes: list[RoadClass] = field(default_factory=list)
    flags: list[RoadFlag] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    refs: list[str] = field(default_factory=list)
    ways: list[int] = field(default_factory=list)

    def add(self, line: Line, way: int, tags: Mapping[str, str]) -> None:
        """A one-way against its drawing is turned round."""
        road, flags = road_class(tags.get("highway"))
        self.lines.append(line[::-1] if tags.get("oneway") == "-1" else line)
        self.classes.append(road)
        self.flags.append(flags | _flags(tags))
        self.names.append(tags.get("name") or "")
        self.refs.append(tags.get("ref") or "")
        self.ways.append(way)

    def segments(self) -> Segments:
        points = [point for line in self.lines for point in line]
        return Segments(
            coords=np.array(points, dtype=np.float64).reshape(-1, 2),
            offsets=np.array([0, *accumulate(map(len, self.lines))], dtype=np.int64),
            classes=np.array(self.classes, dtype=np.uint8),
            flags=np.array(self.flags, dtype=np.uint8),
            names=self.names,
            refs=self.refs,
            way_ids=np.array(self.ways, dtype=np.int64),
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    try:
        segments = read(arguments.source, progress=lambda share: _show(share / 2.0))
        pack(segments, arguments.out, progress=lambda share: _show(0.5 + share / 2.0))
    except KeyboardInterrupt:
        print("\ncancelled, nothing was written")
        return 130
    print(f"\n{arguments.out.name}: {arguments.out.stat().st_size / 1e6:.2f} MB")
    return 0


def _show(share: float) -> None:
    print(f"\r{share:4.0%}", end="", flush=True)


def read(
    source: Path, progress: Progress = lambda _: None, cancelled: Cancelled = lambda: False
) -> Segments:
    """The road links of a source, told apart by its suffix.

    :param progress: called from the calling thread, now and then
    :param cancelled: asked as often; when it answers true, reading stops
    :raises ValueError: no such kind of file
    :raises PackCancelledError: when cancelled
    """

    watch = _Watch(source.name, progress, cancelled)
    match source.suffix:
        case ".pbf" | ".osm":
            return _extract(source, watch)
        case ".gpkg":
            return _table(source, watch)
        case ".npz":
            return _graph(source)
    raise ValueError(f"{source.name}: neither .osm, .pbf, .gpkg nor .npz")


@dataclass(frozen=True, slots=True)
class _Watch:
    """Tells how far the reading is, and whether it is still wanted."""

    name: str
    progress: Progress
    cancelled: Cancelled

    def over[T](self, rows: Iterable[T], count: int) -> Iterator[T]:
        """The rows, of which there are so many."""
        for done, row in enumerate(rows):
            if done % _TOLD_EVERY == 0:
                if self.cancelled():
                    raise PackCancelledError(self.name)
                self.progress(done / count)
            yield row
        self.progress(1.0)


def _extract(source: Path, watch: _Watch) -> Segments:
    """Ways with a ``highway`` tag, split where they share a node."""
    import osmium

    highways = osmium.filter.KeyFilter("highway")
    count = sum(1 for _ in osmium.FileProcessor(source, osmium.osm.WAY).with_filter(highways))
    found = osmium.FileProcessor(source, osmium.osm.NODE | osmium.osm.WAY).with_locations()
    found = found.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY)).with_filter(highways)
    ways = []
    for way in watch.over(cast("Iterable[osmium.osm.Way]", found), count):
        nodes = [(n.ref, (n.lon, n.lat)) for n in way.nodes if n.location.valid()]
        ways.append((way.id, nodes, dict(way.tags)))
    refs = np.array([ref for _, nodes, _ in ways for ref, _ in nodes], dtype=np.int64)
    distinct, uses = np.unique(refs, return_counts=True)
    shared = set(distinct[uses > 1].tolist())
    rows = _Rows()
    for way_id, nodes, tags in ways:
        for line in _parts(nodes, shared):
            rows.add(line, way_id, tags)
    return rows.segments()


def _parts(nodes: list[tuple[int, tuple[float, float]]], shared: set[int]) -> Iterator[Line]:
    last = len(nodes) - 1
    cuts = [i for i, (ref, _) in enumerate(nodes) if i in (0, last) or ref in shared]
    return ([place for _, place in nodes[a : b + 1]] for a, b in pairwise(cuts))


def _table(source: Path, watch: _Watch) -> Segments:
    import pyogrio

    frame = pyogrio.read_dataframe(source, layer="segments").fillna("")
    rows = _Rows()
    for row in watch.over(frame.to_dict("records"), len(frame)):
        line = [(x, y) for x, y, *_ in row["geometry"].coords]
        rows.add(line, int(row["osm_way_id"]), row)
    return rows.segments()


def _graph(source: Path) -> Segments:
    """One straight link for each edge; nothing is known of it but where it lies."""
    with np.load(source) as graph:
        nodes = np.column_stack((graph["lon"], graph["lat"])).astype(np.float64)
        coords = nodes[np.column_stack((graph["u"], graph["v"]))].reshape(-1, 2)
    count = len(coords) // 2
    empty = np.zeros(count, dtype=np.uint8)
    return Segments(
        coords=coords,
        offsets=np.arange(0, len(coords) + 1, 2, dtype=np.int64),
        classes=empty,
        flags=empty,
        names=[""] * count,
        refs=[""] * count,
        way_ids=np.zeros(count, dtype=np.int64),
    )


def _flags(tags: Mapping[str, str]) -> RoadFlag:
    flags = RoadFlag(0)
    if tags.get("bridge", "no") not in ("", "no"):
        flags |= RoadFlag.BRIDGE
    if tags.get("tunnel", "no") not in ("", "no"):
        flags |= RoadFlag.TUNNEL
    one_way = tags.get("oneway") or ("yes" if tags.get("highway") == "motorway" else "no")
    if one_way in ("yes", "true", "1", "-1") or tags.get("junction") == "roundabout":
        flags |= RoadFlag.ONEWAY
    return flags


if __name__ == "__main__":
    sys.exit(main())
