"""The road segments of the demo city as they come from OpenStreetMap."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyogrio

from app.domain.geodesy import Position

ROADS = Path("tianjin_osm/tianjin_road_segments.gpkg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One segment between two nodes of the network, drawn from `u` to `v` in lon/lat."""

    way_id: int
    u: int
    v: int
    highway: str
    name: str
    refs: tuple[str, ...]
    oneway: bool
    bridge: bool
    tunnel: bool
    length_m: float
    line: tuple[Position, ...]

    @property
    def link(self) -> bool:
        return self.highway.endswith("_link")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    id: int
    highway: str
    ref: str
    name: str
    at: Position


def segments(data: Path) -> tuple[Segment, ...]:
    """Read all segments; a one-way against its drawing is turned round."""
    frame = pyogrio.read_dataframe(data / ROADS, layer="segments").fillna("")
    return tuple(_segment(row) for row in frame.to_dict("records"))


def nodes(data: Path) -> tuple[Node, ...]:
    frame = pyogrio.read_dataframe(data / ROADS, layer="nodes").fillna("")
    return tuple(
        Node(
            id=row["node_id"],
            highway=row["highway"],
            ref=row["ref"],
            name=row["name"],
            at=(row["geometry"].x, row["geometry"].y),
        )
        for row in frame.to_dict("records")
    )


def _segment(row: dict[str, object]) -> Segment:
    line = tuple((x, y) for x, y, *_ in row["geometry"].coords)  # type: ignore[attr-defined]
    turned = row["oneway"] == "-1"
    ends = (row["v"], row["u"]) if turned else (row["u"], row["v"])
    return Segment(
        way_id=int(str(row["osm_way_id"])),
        u=int(str(ends[0])),
        v=int(str(ends[1])),
        highway=str(row["highway"]),
        name=str(row["name"]),
        refs=tuple(_refs(str(row["ref"]))),
        oneway=row["oneway"] in ("yes", "-1"),
        bridge=row["bridge"] not in ("", "no"),
        tunnel=row["tunnel"] not in ("", "no"),
        length_m=float(str(row["length_m"])),
        line=line[::-1] if turned else line,
    )


def _refs(ref: str) -> Iterator[str]:
    return (code for part in ref.split(";") if (code := part.strip().upper()))
