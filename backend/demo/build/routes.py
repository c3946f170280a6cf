"""Routes with demo stakes from the roads that carry a number.

The stakes start where the exit numbers along the route say, since an exit's number is its
kilometre; without exits they start at an invented kilometre.
"""

import re
import statistics
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely

from app.domain.route import Carriage, Direction, Route
from backend.demo.build.calibration import Reference, calibrate
from backend.demo.build.carriages import Carriageways, carriageways, main_heading
from backend.demo.build.chains import Chain, chains
from backend.demo.build.roads import Node, Segment
from backend.demo.ids import demo_id

SHORTEST_M = {"G": 3_000, "S": 3_500, "X": 15_000}
LONGER = 1.1
SIMPLIFY_DEG = 1e-5  # one metre
SOURCE = "演示：线形 © OpenStreetMap contributors (ODbL)；桩号为推算或虚构"
COMPASS = ("北行方向", "东行方向", "南行方向", "西行方向")
WORDS_FILE = Path(__file__).with_name("routes.toml")


def routes(segments: Sequence[Segment], nodes: Sequence[Node]) -> tuple[Route, ...]:
    """Build every route that is long enough, by code."""
    words = tomllib.loads(WORDS_FILE.read_text(encoding="utf-8"))
    exits = {node.id: node for node in nodes if node.highway == "motorway_junction" and node.ref}
    numbered: dict[str, list[Segment]] = defaultdict(list)
    for segment in segments:
        for code in segment.refs:
            if not segment.link and re.fullmatch(r"[GSX]\d{1,4}", code):
                numbered[code].append(segment)
    built = (_route(code, own, words.get(code, {}), exits) for code, own in numbered.items())
    return tuple(sorted((r for r in built if r), key=lambda r: (r.code[0], len(r.code), r.code)))


def _route(
    code: str, segments: list[Segment], words: Mapping[str, Any], exits: Mapping[int, Node]
) -> Route | None:
    found = chains(segments)
    heading = words.get("heading") or main_heading(found)
    ways = carriageways(found, heading)
    if sum(chain.length_m for chain in ways.down) < SHORTEST_M[code[0]]:
        return None
    start_m = words["start_km"] * 1000 if "start_km" in words else _start_m(ways, exits)
    return Route(
        id=demo_id("route", code),
        version=1,
        code=code,
        name=words.get("name") or _common_name(segments) or code,
        up_name=words.get("up") or _compass(heading + 180),
        down_name=words.get("down") or _compass(heading),
        stakes_grow=Direction.DOWN,
        carriages=tuple(_carriages(ways, start_m)),
        source=SOURCE,
        demo=True,
    )


def _reference(ways: Carriageways, start_m: float) -> Reference:
    """Measure along the carriageway of which the data holds more."""
    down, up = ([_simple(chain) for chain in way] for way in (ways.down, ways.up))
    if sum(c.length_m for c in ways.up) > LONGER * sum(c.length_m for c in ways.down):
        return Reference([line[::-1] for line in reversed(up)], start_m)
    return Reference(down, start_m)


def _start_m(ways: Carriageways, exits: Mapping[int, Node]) -> float:
    """Return the stake of the first point that fits most exit numbers, else 0."""
    reference = _reference(ways, 0)
    offsets = []
    for node in (exits[n] for piece in ways.down for n in piece.nodes if n in exits):
        number = re.match(r"\d+", node.ref)
        if number:
            offsets.append(int(number[0]) * 1000 - reference.stake_m(node.at))
    return max(0.0, float(round(statistics.median(offsets)))) if offsets else 0.0


def _carriages(ways: Carriageways, start_m: float) -> Iterator[Carriage]:
    reference = _reference(ways, start_m)
    for direction, pieces in ((Direction.DOWN, ways.down), (Direction.UP, ways.up)):
        for line in (_simple(chain) for chain in pieces):
            points = calibrate(line, reference, growing=direction is Direction.DOWN)
            if points:
                yield Carriage(direction=direction, line=line, calibration=points)


def _simple(chain: Chain) -> tuple[tuple[float, float], ...]:
    line = shapely.simplify(shapely.LineString(chain.line), SIMPLIFY_DEG)
    return tuple((round(x, 6), round(y, 6)) for x, y in line.coords)


def _common_name(segments: Sequence[Segment]) -> str:
    lengths: Counter[str] = Counter()
    for segment in segments:
        for name in filter(None, segment.name.split(";")):
            lengths[re.sub(r"（.*）", "", name)] += round(segment.length_m)
    return lengths.most_common(1)[0][0] if lengths else ""


def _compass(heading: float) -> str:
    return COMPASS[round(heading / 90) % 4]
