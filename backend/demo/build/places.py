"""The finder's index: roads and crossings of named roads."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import shapely

from app.domain.geodesy import Position, distance_m
from backend.demo.build.roads import Segment

SAME_ROAD_DEG = 0.05
SAME_CROSSING_M = 400.0
RANK = ("motorway", "trunk", "primary", "secondary", "tertiary")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRoad:
    """A named road: a point on it, and its extent west, south, east, north in degrees."""

    kind: str = "road"
    name: str
    lon: float
    lat: float
    extent: tuple[float, float, float, float]
    length_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCrossing:
    kind: str = "crossing"
    name: str
    lon: float
    lat: float


def roads(segments: Sequence[Segment]) -> Iterator[FoundRoad]:
    """Roads of one name that lie far apart are different roads."""
    named: dict[str, list[Segment]] = defaultdict(list)
    for segment in segments:
        for name in names(segment):
            named[name].append(segment)
    for name in sorted(named):
        shapes = [shapely.LineString(segment.line) for segment in named[name]]
        for members in _clusters(shapes):
            lines = shapely.MultiLineString([shapes[i] for i in members])
            at = shapely.shortest_line(lines, lines.centroid).coords[0]
            yield FoundRoad(
                name=name,
                lon=round(at[0], 6),
                lat=round(at[1], 6),
                extent=tuple(round(v, 5) for v in lines.bounds),
                length_m=round(sum(named[name][i].length_m for i in members)),
            )


def crossings(segments: Sequence[Segment]) -> Iterator[FoundCrossing]:
    """Nodes where roads of two names meet, not where one road only changes its name."""
    one_road = {pair for segment in segments for pair in permutations(names(segment), 2)}
    for (a, b), points in sorted(_meetings(segments).items()):
        if (
            (a, b) in one_road
            or a.startswith(b)
            or b.startswith(a)
            or _structure(a)
            or _structure(b)
        ):
            continue
        for group in _close(points):
            lon = sum(p[0] for p in group) / len(group)
            lat = sum(p[1] for p in group) / len(group)
            yield FoundCrossing(name=f"{a}与{b}", lon=round(lon, 6), lat=round(lat, 6))


def _structure(name: str) -> bool:
    return name.endswith(("桥", "隧道", "立交", "互通"))


def names(segment: Segment) -> tuple[str, ...]:
    """The segment's names, without what stands in brackets; a ramp lends none."""
    if segment.link or not segment.name:
        return ()
    parts = re.split(r"[;（）()]", segment.name)
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _clusters(shapes: Sequence[shapely.LineString]) -> list[list[int]]:
    tree = shapely.STRtree(shapes)
    left = set(range(len(shapes)))
    clusters = []
    while left:
        todo, members = [left.pop()], []
        while todo:
            i = todo.pop()
            members.append(i)
            near = left.intersection(tree.query(shapes[i], "dwithin", SAME_ROAD_DEG).tolist())
            left -= near
            todo.extend(near)
        clusters.append(sorted(members))
    return sorted(clusters)


def _meetings(segments: Sequence[Segment]) -> Mapping[tuple[str, str], list[Position]]:
    at: dict[int, list[tuple[Segment, Position]]] = defaultdict(list)
    for segment in segments:
        at[segment.u].append((segment, segment.line[0]))
        at[segment.v].append((segment, segment.line[-1]))
    found: dict[tuple[str, str], list[Position]] = defaultdict(list)
    for ends in at.values():
        best: dict[str, int] = {}
        for segment, _ in ends:
            for name in names(segment):
                best[name] = min(best.get(name, 99), _rank(segment))
        ordered = sorted(best, key=lambda name: (best[name], name))
        if len(ends) >= 3:
            for i, a in enumerate(ordered):
                for b in ordered[i + 1 :]:
                    found[a, b].append(ends[0][1])
    return found


def _rank(segment: Segment) -> int:
    return RANK.index(segment.highway) if segment.highway in RANK else len(RANK)


def _close(points: Sequence[Position]) -> list[list[Position]]:
    groups: list[list[Position]] = []
    for point in sorted(points):
        group = next((g for g in groups if distance_m(g[0], point) < SAME_CROSSING_M), None)
        if group is None:
            groups.append([point])
        else:
            group.append(point)
    return groups
