"""From chains to a route: which carriageway a chain belongs to, in which order."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.geodesy import Position, distance_m, metres_per_degree
from backend.demo.build.chains import Chain

SHORTEST_PIECE_M = 400.0
JOIN_M = 60.0
"""Ends closer than this are one road whose junction the map draws apart."""

TOUCH_M = 300.0
SIDEWAYS = 0.5
"""A chain whose way along the route is a smaller share than this is placed by its ends."""


@dataclass(frozen=True, slots=True)
class Carriageways:
    """Chains of both directions, each in the order of its traffic."""

    down: list[Chain]
    up: list[Chain]


def carriageways(found: Sequence[Chain], heading: float) -> Carriageways:
    """Part the chains by the compass heading of the down carriageway."""
    pieces = [half for chain in found for half in _unlooped(chain)]
    pieces = sorted(
        (p for p in pieces if p.length_m >= SHORTEST_PIECE_M), key=lambda p: -p.length_m
    )
    down: list[Chain] = []
    up: list[Chain] = []
    for piece in pieces:
        share = _along(piece.line[0], piece.line[-1], heading) / distance_m(
            piece.line[0], piece.line[-1]
        )
        if abs(share) < SIDEWAYS:
            share = _touching(piece, down) - _touching(piece, up) or share
        (down if share > 0 else up).append(piece)
    return Carriageways(_ordered(down, heading), _ordered(up, heading + 180))


def main_heading(found: Sequence[Chain]) -> float:
    """Return the bearing, towards south or west, of the longest chain's ends."""
    pieces = [half for chain in found for half in _unlooped(chain)]
    longest = max(pieces, key=lambda chain: distance_m(chain.line[0], chain.line[-1]))
    a, b = longest.line[0], longest.line[-1]
    per_lon, per_lat = metres_per_degree(a[1])
    east, north = (b[0] - a[0]) * per_lon, (b[1] - a[1]) * per_lat
    turned = -1 if (north > 0 if abs(north) > abs(east) else east > 0) else 1
    return math.degrees(math.atan2(east * turned, north * turned)) % 360


def _along(a: Position, b: Position, heading: float) -> float:
    """Return how far b lies ahead of a in the direction of the heading, in metres."""
    per_lon, per_lat = metres_per_degree(a[1])
    angle = math.radians(heading)
    return (b[0] - a[0]) * per_lon * math.sin(angle) + (b[1] - a[1]) * per_lat * math.cos(angle)


def _touching(piece: Chain, others: list[Chain]) -> int:
    """Count the chains that end where the piece begins or begin where it ends."""
    return sum(
        (distance_m(o.line[-1], piece.line[0]) < TOUCH_M)
        + (distance_m(piece.line[-1], o.line[0]) < TOUCH_M)
        for o in others
    )


def _unlooped(chain: Chain) -> list[Chain]:
    """A chain that comes back beside itself turned over at the end of a two-way road."""
    start = chain.line[0]
    if distance_m(start, chain.line[-1]) > 0.2 * chain.length_m:
        return [chain]
    far = max(range(len(chain.line)), key=lambda i: distance_m(start, chain.line[i]))
    halves = (chain.line[: far + 1], chain.line[far:])
    return [Chain(half, chain.nodes) for half in halves if len(half) > 1]


def _ordered(pieces: list[Chain], heading: float) -> list[Chain]:
    """Sort along the heading, drop what runs beside a longer piece, join what touches."""
    origin = pieces[0].line[0] if pieces else (0.0, 0.0)
    kept: list[tuple[float, float, Chain]] = []
    for piece in pieces:
        a, b = (_along(origin, end, heading) for end in (piece.line[0], piece.line[-1]))
        inside = sum(max(0.0, min(b, d) - max(a, c)) for c, d, _ in kept)
        if inside <= 0.5 * abs(b - a) or not kept:
            kept.append((a, b, piece))
    kept.sort(key=lambda k: k[0] + k[1])
    return _joined([piece for _, _, piece in kept])


def _joined(pieces: list[Chain]) -> list[Chain]:
    joined = pieces[:1]
    for before, piece in pairwise(pieces):
        if distance_m(before.line[-1], piece.line[0]) <= JOIN_M:
            last = joined.pop()
            piece = Chain(last.line + piece.line, last.nodes + piece.nodes)
        joined.append(piece)
    return joined
