"""The roads of the demo city as the packed network numbers them, for what drives on them.

Reads the columns that it needs from resources/demo/network.tnet (layout: docs/data.md and
maps/columns.py); so a link here is the same row as on every map.
"""

import json
import mmap
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from backend.demo.people import FOLDER

NETWORK: Final = FOLDER / "network.tnet"
CLASSES: Final = (
    "unknown", "motorway", "trunk", "primary", "secondary",
    "tertiary", "unclassified", "residential", "service",
)  # fmt: skip
"""Names of the values of `link.class`."""

_HEAD: Final = struct.Struct("<4sIQ")
_ALIGN: Final = 64
_ONEWAY: Final = 4
_RADIUS_M: Final = 6_371_008.8
_MERCATOR: Final = np.pi / 2.0**31

type Floats = npt.NDArray[np.float64]
type Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Roads:
    """L links with V vertices. Way 2 * i runs along link i, way 2 * i + 1 against it."""

    fingerprint: str
    classes: npt.NDArray[np.uint8]  # (L,) index into CLASSES
    oneway: npt.NDArray[np.bool_]  # (L,)
    lonlat: Floats  # (V, 2) degrees, WGS-84
    offsets: Ints  # (L + 1,) vertices of link i: offsets[i]:offsets[i + 1]
    along: Floats  # (V,) metres since the very first vertex; nothing between two links
    tails: Ints  # (2 L,) node where a way begins
    heads: Ints  # (2 L,)
    next_offsets: Ints  # (2 L + 1,)
    next_ways: Ints  # ways that follow way w: next_offsets[w]:next_offsets[w + 1], the best first

    @classmethod
    def open(cls, path: Path = NETWORK) -> Self:
        """Raises OSError, ValueError, KeyError for a file that is no such network."""
        meta, columns = _read(path)
        offsets = columns["line.offsets"].astype(np.int64)
        lonlat = _lonlat(columns["line.vertices"])
        first, last = offsets[:-1], offsets[1:] - 1
        _, nodes = np.unique(
            columns["line.vertices"][np.concatenate((first, last))], axis=0, return_inverse=True
        )
        begin, end = nodes.reshape(2, -1)
        oneway = (columns["link.flags"] & _ONEWAY) > 0
        classes = np.array(columns["link.class"])
        tails, heads = (np.stack(pair, axis=1).ravel() for pair in ((begin, end), (end, begin)))
        open_ways = np.stack((np.ones_like(oneway), ~oneway), axis=1).ravel()
        return cls(
            fingerprint=str(meta.get("fingerprint", "")),
            classes=classes,
            oneway=oneway,
            lonlat=lonlat,
            offsets=offsets,
            along=_along(lonlat, offsets),
            tails=tails,
            heads=heads,
            **_following(tails, heads, open_ways, classes),
        )

    def __len__(self) -> int:
        return len(self.classes)

    @property
    def lengths(self) -> Floats:
        """(L,) metres."""
        lengths: Floats = self.along[self.offsets[1:] - 1] - self.along[self.offsets[:-1]]
        return lengths

    @property
    def boxes(self) -> npt.NDArray[np.float32]:
        """(L, 4) west, south, east, north in degrees."""
        low = np.minimum.reduceat(self.lonlat, self.offsets[:-1])
        high = np.maximum.reduceat(self.lonlat, self.offsets[:-1])
        return np.hstack((low, high)).astype(np.float32)

    def at(self, ways: Ints, metres: Floats) -> tuple[Floats, Floats]:
        """Places (N, 2) in degrees and headings (N,) of what has gone so far along its way."""
        link, against = ways >> 1, (ways & 1).astype(bool)
        begin, end = self.offsets[link], self.offsets[link + 1] - 1
        where = np.where(against, self.along[end] - metres, self.along[begin] + metres)
        after = np.clip(np.searchsorted(self.along, where), begin + 1, end)
        a, b = self.lonlat[after - 1], self.lonlat[after]
        step = np.maximum(self.along[after] - self.along[after - 1], 1e-6)
        share = np.clip((where - self.along[after - 1]) / step, 0.0, 1.0)
        east = (b[:, 0] - a[:, 0]) * np.cos(np.radians(a[:, 1]))
        heading = np.degrees(np.arctan2(east, b[:, 1] - a[:, 1])) + 180.0 * against
        return a + (b - a) * share[:, None], heading % 360.0


def _read(path: Path) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
    with path.open("rb") as file:
        magic, _, length = _HEAD.unpack(file.read(_HEAD.size))
        if magic != b"TCOL":
            raise ValueError(f"{path.name}: not a column file")
        header = json.loads(file.read(length))
        view = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    start = -(-(_HEAD.size + length) // _ALIGN) * _ALIGN
    columns = {}
    for name in ("link.class", "link.flags", "line.vertices", "line.offsets"):
        spec = header["columns"][name]
        count = int(np.prod(spec["shape"]))
        flat = np.frombuffer(view, spec["dtype"], count, start + spec["offset"])
        columns[name] = flat.reshape(spec["shape"])
    return header["meta"], columns


def _lonlat(grid: npt.NDArray[Any]) -> Floats:
    """The square of Web Mercator as signed 32-bit numbers -> degrees."""
    radians = grid.astype(np.float64) * _MERCATOR
    lat = np.arctan(np.sinh(radians[:, 1]))
    return np.degrees(np.stack((radians[:, 0], lat), axis=1))


def _along(lonlat: Floats, offsets: Ints) -> Floats:
    radians = np.radians(lonlat)
    step = np.diff(radians, axis=0)
    step[:, 0] *= np.cos(radians[:-1, 1])
    metres = np.hypot(step[:, 0], step[:, 1]) * _RADIUS_M
    metres[offsets[1:-1] - 1] = 0.0
    return np.concatenate(([0.0], np.cumsum(metres)))


def _following(
    tails: Ints, heads: Ints, open_ways: npt.NDArray[np.bool_], classes: npt.NDArray[np.uint8]
) -> dict[str, Ints]:
    """For each way those that go on from its end, the most alike first; back only from a dead end."""
    ways = np.flatnonzero(open_ways)
    by_tail = ways[np.argsort(tails[ways], kind="stable")]
    first = np.searchsorted(tails[by_tail], heads, side="left")
    count = np.searchsorted(tails[by_tail], heads, side="right") - first
    source = np.repeat(np.arange(len(heads)), count)
    place = np.arange(len(source)) - np.repeat(np.cumsum(count) - count, count)
    target = by_tail[np.repeat(first, count) + place]
    keep = (target != source ^ 1) | (count[source] == 1)
    source, target = source[keep], target[keep]
    unlike = np.abs(classes[source >> 1].astype(int) - classes[target >> 1])
    order = np.lexsort((unlike, source))
    offsets = np.searchsorted(source[order], np.arange(len(heads) + 1))
    return {"next_offsets": offsets, "next_ways": target[order]}
