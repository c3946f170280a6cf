"""Letters along a line: straight where it is straight, one by one where it bends."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from maps.geo.mercator import Floats, from_grid, units_per_pixel
from maps.labels.label import Glyph
from maps.network.labels import Anchors, Ints, LabelAnchors

_STEPS: Final = 4  # of a zoom level: a text keeps its letters' places within one of them
_STRAIGHT_PX: Final = 1.6  # how far letters may lie apart from one straight line through them
_SHARP: Final = 22.0  # degrees from letter to letter: more of a bend carries no text
_ALL_IN_ALL: Final = 80.0  # degrees between any two letters
_STACKED: Final = 30.0  # the same of letters that stand one below the other
_STEEP: Final = math.cos(math.radians(65.0))  # steeper than 65° letters stand on one another


@dataclass(frozen=True, slots=True)
class Letters:
    """Where the letters of a text begin and end along it, in pixels from its middle."""

    bounds: Floats  # (n + 1,)
    stackable: bool  # may stand one below the other: Chinese

    @property
    def width(self) -> float:
        """The whole length in pixels."""
        return float(self.bounds[-1] - self.bounds[0])


@dataclass(frozen=True, slots=True)
class Run:
    """How one text lies: a straight run, or letters each with a place of its own."""

    place: int  # row of the anchors
    x: float  # Mercator metres
    y: float
    angle: float  # degrees clockwise, of a straight run
    glyphs: tuple[Glyph, ...]


def lay_out(
    source: LabelAnchors, places: Anchors, letters: list[Letters], zoom: float
) -> list[Run]:
    """Where the texts fit: not across sharp bends, never upside down.

    :param letters: the text of each place
    """
    if not letters:
        return []
    pixel = units_per_pixel(round(zoom * _STEPS) / _STEPS)
    ways = _ways(source, places, letters, pixel)
    spots, first = _spots(source, places, letters, ways, pixel)
    middles = (spots[1:] + spots[:-1]) / 2.0
    steps = np.diff(spots, axis=0)
    counts = np.diff(first)
    inner = np.ones(len(steps), dtype=np.bool_)
    inner[first[1:-1] - 1] = False  # from one text to the next
    middles, steps = middles[inner], steps[inner]
    owner = np.repeat(np.arange(len(letters)), counts - 1)
    begin = np.concatenate(([0], np.cumsum(counts - 1)))[:-1]
    turns = np.degrees(np.arctan2(steps[:, 1], steps[:, 0]))
    bent = _wrapped(turns - ways.angles[owner])
    fits = _fits(bent, begin, ways.stacked)
    straight = _straight(middles, begin, owner, ways.angles)
    centre = np.add.reduceat(middles, begin) / (counts - 1)[:, None]
    world = places.points + from_grid(centre * (pixel, -pixel)) * straight[:, None]
    glyphs = np.where(ways.stacked[owner], 0.0, turns)
    rows = np.column_stack((np.round(middles, 1), np.round(glyphs))).tolist()
    return [
        Run(place, x, y, angle, ())
        if run_straight
        else Run(place, x, y, 0.0, tuple(map(tuple, rows[start : start + count - 1])))
        for place, (x, y), angle, run_straight, start, count in zip(
            np.flatnonzero(fits).tolist(),
            world[fits].tolist(),
            np.round(ways.angles[fits]).tolist(),
            (straight & ~ways.stacked)[fits].tolist(),
            begin[fits].tolist(),
            counts[fits].tolist(),
            strict=True,
        )
    ]


@dataclass(frozen=True, slots=True)
class _Ways:
    """In which direction each text is read."""

    signs: Floats  # (N,) 1 as the line runs, -1 against it
    angles: Floats  # (N,) degrees clockwise on screen, of the whole text as it is read
    stacked: npt.NDArray[np.bool_]  # (N,) from top to bottom


def _ways(source: LabelAnchors, places: Anchors, letters: list[Letters], pixel: float) -> _Ways:
    half = np.array([one.width for one in letters]) / 2.0 * pixel
    chord = source.at(places.along + half) - source.at(places.along - half)
    right, down = chord[:, 0], -chord[:, 1]
    length = np.maximum(np.hypot(right, down), 1e-9)
    stackable = np.array([one.stackable for one in letters])
    stacked = stackable & (np.abs(right) < _STEEP * length)
    # A level that hardly leans must not be read one way here and the other way next door.
    upright = np.abs(right) < 0.02 * length
    forward = np.where(stacked, down > 0.0, np.where(upright, down < 0.0, right > 0.0))
    signs = np.where(forward, 1.0, -1.0)
    return _Ways(signs, np.degrees(np.arctan2(down * signs, right * signs)), stacked)


def _spots(
    source: LabelAnchors, places: Anchors, letters: list[Letters], ways: _Ways, pixel: float
) -> tuple[Floats, Ints]:
    """(B, 2) pixels right and down from the place, between letters; (N + 1,) where texts begin."""
    counts = np.array([len(one.bounds) for one in letters])
    owner = np.repeat(np.arange(len(letters)), counts)
    along = np.concatenate([one.bounds for one in letters]) * ways.signs[owner] * pixel
    spots = source.at(places.along[owner] + along) - source.at(places.along)[owner]
    return spots * (1.0 / pixel, -1.0 / pixel), np.concatenate(([0], np.cumsum(counts)))


def _fits(bent: Floats, begin: Ints, stacked: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Whether a text bends gently: from letter to letter and all in all."""
    turn = np.abs(_wrapped(np.diff(bent, prepend=bent[:1])))
    turn[begin] = 0.0
    low, high = np.minimum.reduceat(bent, begin), np.maximum.reduceat(bent, begin)
    gentle: npt.NDArray[np.bool_] = np.maximum.reduceat(turn, begin) <= _SHARP
    return gentle & (high - low <= np.where(stacked, _STACKED, _ALL_IN_ALL))


def _straight(middles: Floats, begin: Ints, owner: Ints, angles: Floats) -> npt.NDArray[np.bool_]:
    """Whether the letters lie on one straight line."""
    turn = np.radians(angles[owner])
    aside = middles[:, 1] * np.cos(turn) - middles[:, 0] * np.sin(turn)
    spread: Floats = np.maximum.reduceat(aside, begin) - np.minimum.reduceat(aside, begin)
    return spread < _STRAIGHT_PX


def _wrapped(degrees: Floats) -> Floats:
    """The same angle between -180 and 180."""
    return (degrees + 180.0) % 360.0 - 180.0
