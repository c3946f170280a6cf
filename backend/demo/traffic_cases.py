"""What the open cases of the demo do to its traffic: queues, closures, works, ways round."""

import heapq
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from app.domain.incident import Incident, IncidentState
from app.domain.live import CLOSED, DETOUR, WORKS
from backend.demo.roads import Floats, Ints, Roads

_BESIDE_DEG: Final = 0.0015
"""A case farther from every road than this (about 150 m) is on none."""

_ON_THE_ROAD: Final = (IncidentState.CONFIRMED, IncidentState.RESPONDING, IncidentState.CONTROLLED)
_CRAWL: Final = 0.18  # of the speed, where the queue begins


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """By way (2 L of them): the share of speed that is left, and the marks."""

    left: Floats
    marks: npt.NDArray[np.uint8]


class Graph(NamedTuple):
    """Ways that come next to way w: ways[offsets[w]:offsets[w + 1]]."""

    offsets: Ints
    ways: Ints

    def of(self, way: int) -> list[int]:
        found: list[int] = self.ways[self.offsets[way] : self.offsets[way + 1]].tolist()
        return found


class Cases:
    """Finds the way of each case and what lies before and around it."""

    def __init__(self, roads: Roads, told: Mapping[str, Any]) -> None:
        self._roads = roads
        self._told = told
        self._lengths = np.repeat(roads.lengths, 2)
        sources = np.repeat(np.arange(len(roads.heads)), np.diff(roads.next_offsets))
        order = np.argsort(roads.next_ways, kind="stable")
        starts = np.searchsorted(roads.next_ways[order], np.arange(len(roads.heads) + 1))
        self._before = Graph(starts, sources[order])
        self._after = Graph(roads.next_offsets, roads.next_ways)

    def effects(self, cases: Iterable[Incident]) -> Effects:
        count = len(self._roads.heads)
        left, marks = np.ones(count), np.zeros(count, dtype=np.uint8)
        for case in cases:
            if case.state in _ON_THE_ROAD:
                for way in self._ways(case):
                    self._slow(case, way, left)
                    self._mark(case, way, marks)
        return Effects(left, marks)

    def _ways(self, case: Incident) -> tuple[int, ...]:
        """Both directions of the nearest link, or its only one."""
        lon, lat = case.place.lon, case.place.lat
        if lon is None or lat is None:
            return ()
        link = nearest(self._roads, lon, lat)
        if link is None:
            return ()
        return (2 * link,) if self._roads.oneway[link] else (2 * link, 2 * link + 1)

    def _slow(self, case: Incident, way: int, left: Floats) -> None:
        detail = case.detail
        if detail is None or not (detail.lanes or detail.queue_m or case.type == "CON"):
            return
        queue = float(detail.queue_m or self._told["queue_m"])
        found = _reach([(0.0, way)], self._before, self._lengths, queue)
        for slow, metres in found.items():
            left[slow] = min(left[slow], _CRAWL + (1 - _CRAWL) * metres / queue)

    def _mark(self, case: Incident, way: int, marks: npt.NDArray[np.uint8]) -> None:
        if case.type in self._told["case"]["works"]:
            marks[way] |= WORKS
        if case.type in self._told["case"]["closes"]:
            marks[way] |= CLOSED
            for around in self._way_round(way):
                marks[around] |= DETOUR

    def _way_round(self, closed: int) -> list[int]:
        """The shortest way that leaves the road before the closed link and comes back behind it;
        nothing if that is long."""
        limit = float(self._told["detour_m"])
        before = self._run(closed, self._before, limit)
        behind = self._run(closed, self._after, limit)
        heads, tails = self._roads.heads, self._roads.tails
        starts = [
            (metres, way)
            for on_road, metres in before.items()
            for way in self._leaving(int(tails[on_road]), on_road)
        ]
        blocked = {way ^ side for way in (*before, *behind) for side in (0, 1)}
        came: dict[int, int] = {}
        found = _reach(starts, self._after, self._lengths, limit, came, blocked)
        back = {int(heads[way]): metres for way, metres in behind.items()}
        ends = [way for way in found if int(heads[way]) in back]
        if not ends:
            return []
        path = [min(ends, key=lambda w: found[w] + self._lengths[w] + back[int(heads[w])])]
        while path[-1] in came:
            path.append(came[path[-1]])
        return path

    def _run(self, way: int, graph: Graph, limit: float) -> dict[int, float]:
        """The road itself from a link on, one way or the other, with the metres to each link."""
        found: dict[int, float] = {}
        metres = 0.0
        while way not in found and metres <= limit:
            found[way] = metres
            metres += float(self._lengths[way])
            ahead = [w for w in graph.of(way) if w ^ 1 not in found]
            if not ahead:
                break
            classes = self._roads.classes
            way = min(ahead, key=lambda w: abs(int(classes[w >> 1]) - int(classes[way >> 1])))
        return found

    def _leaving(self, node: int, road: int) -> list[int]:
        """Ways that leave a node, without the road itself."""
        ways = np.flatnonzero(self._roads.tails == node).tolist()
        return [
            w for w in ways if w >> 1 != road >> 1 and not (w & 1 and self._roads.oneway[w >> 1])
        ]


def nearest(roads: Roads, lon: float, lat: float) -> int | None:
    """The link that runs by a place; None if none is near."""
    scale = np.array([np.cos(np.radians(lat)), 1.0])
    points = (roads.lonlat - (lon, lat)) * scale
    a, step = points[:-1], np.diff(points, axis=0)
    square = np.maximum((step**2).sum(axis=1), 1e-18)
    share = np.clip(-(a * step).sum(axis=1) / square, 0.0, 1.0)
    distance = np.hypot(*(a + step * share[:, None]).T)
    distance[roads.offsets[1:-1] - 1] = np.inf  # between two links
    best = int(distance.argmin())
    if distance[best] > _BESIDE_DEG:
        return None
    return int(np.searchsorted(roads.offsets, best, side="right") - 1)


def _reach(
    starts: Iterable[tuple[float, int]],
    graph: Graph,
    lengths: Floats,
    limit: float,
    came: dict[int, int] | None = None,
    blocked: Container[int] = (),
) -> dict[int, float]:
    """Metres to the beginning of every way within the limit (Dijkstra); `came` gets the path."""
    found: dict[int, float] = {}
    ahead = [(metres, start, -1) for metres, start in starts if start not in blocked]
    heapq.heapify(ahead)
    while ahead:
        metres, way, before = heapq.heappop(ahead)
        if way in found:
            continue
        found[way] = metres
        if came is not None and before >= 0:
            came[way] = before
        further = metres + float(lengths[way])
        if further <= limit:
            for following in graph.of(way):
                if following not in found and following not in blocked:
                    heapq.heappush(ahead, (further, following, way))
    return found
