"""Carriageways: the directed segments of a road number joined into long lines."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.geodesy import Position, bearing_deg, cumulative_m
from backend.demo.build.roads import Segment

SHARPEST_TURN_DEG = 100.0
"""A carriageway does not turn back at a junction; a U-turn gap belongs to no chain."""


@dataclass(frozen=True, slots=True)
class Step:
    """A segment driven in one direction."""

    segment: Segment
    forward: bool

    @property
    def ends(self) -> tuple[int, int]:
        s = self.segment
        return (s.u, s.v) if self.forward else (s.v, s.u)

    @property
    def line(self) -> tuple[Position, ...]:
        return self.segment.line if self.forward else self.segment.line[::-1]


@dataclass(frozen=True, slots=True)
class Chain:
    """One unbroken line in its direction of travel, with the nodes it passes."""

    line: tuple[Position, ...]
    nodes: tuple[int, ...]

    @property
    def length_m(self) -> float:
        return cumulative_m(self.line)[-1]


def chains(segments: Iterable[Segment]) -> list[Chain]:
    """Join segments into chains, longest straight runs first; two-way roads run both ways."""
    steps = [Step(s, True) for s in segments] + [Step(s, False) for s in segments if not s.oneway]
    successor = _straightest_pairs(steps)
    followed = set(successor.values())
    starts = [step for step in steps if step not in followed]
    left = set(steps)
    openings = (*starts, *steps)  # the second pass opens rings
    return [_follow(start, successor, left) for start in openings if start in left]


def _straightest_pairs(steps: list[Step]) -> dict[Step, Step]:
    """Pair each step with one successor at its end node, straightest pairs first."""
    leaving: dict[int, list[Step]] = defaultdict(list)
    for step in steps:
        leaving[step.ends[0]].append(step)
    pairs = sorted(
        (
            (turn, i, j, a, b)
            for i, a in enumerate(steps)
            for j, b in enumerate(leaving[a.ends[1]])
            if b.segment is not a.segment and (turn := _turn_deg(a, b)) <= SHARPEST_TURN_DEG
        ),
        key=lambda pair: pair[:3],
    )
    successor: dict[Step, Step] = {}
    taken: set[Step] = set()
    for _, _, _, a, b in pairs:
        if a not in successor and b not in taken:
            successor[a] = b
            taken.add(b)
    return successor


def _turn_deg(a: Step, b: Step) -> float:
    arriving = bearing_deg(a.line[-2], a.line[-1])
    leaving = bearing_deg(b.line[0], b.line[1])
    return abs((leaving - arriving + 180) % 360 - 180)


def _follow(start: Step, successor: dict[Step, Step], left: set[Step]) -> Chain:
    line = list(start.line)
    passed = list(start.ends)
    left.discard(start)
    step = successor.get(start)
    while step is not None and step in left:
        left.discard(step)
        line.extend(step.line[1:])
        passed.append(step.ends[1])
        step = successor.get(step)
    return Chain(tuple(line), tuple(passed))
