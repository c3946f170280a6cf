"""An opened network file: columns that are read when they are touched."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from maps import columns
from maps.geo.camera import Extent
from maps.geo.mercator import Grid, from_grid
from maps.network.layout import FIRST_LEVEL, FULL_LEVEL, KIND, VERSION
from maps.network.roads import RoadClass, RoadFlag
from maps.network.tiles import Box, Tiles


@dataclass(frozen=True, slots=True)
class LabelLines:
    """Lines that carry a text."""

    vertices: Grid  # (V, 2)
    offsets: npt.NDArray[np.int64]  # (C + 1,)
    text: npt.NDArray[np.int32]  # (C,) for Network.text
    classes: npt.NDArray[np.uint8]  # (C,) RoadClass


@dataclass(frozen=True, slots=True)
class Link:
    """What is known of one road link."""

    id: int
    road: RoadClass
    flags: RoadFlag
    name: str
    ref: str
    way_id: int


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A memory-mapped road network; link ids are row numbers of the Segments it was packed from."""

    path: Path
    fingerprint: str  # names this packing: link ids of another one mean other links
    extent: Box
    classes: npt.NDArray[np.uint8]
    flags: npt.NDArray[np.uint8]
    names: LabelLines
    refs: LabelLines
    _columns: columns.Columns = field(repr=False)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map the file; nothing but its header is read.

        :raises ColumnsError: not a network file, or one of another version
        :raises OSError: cannot be read
        """
        data = columns.load(path, KIND)
        if data.meta.get("layout") != VERSION:
            raise columns.ColumnsError(f"{path.name}: packed in another layout, pack it again")
        lines = (_label_lines(data, "name"), _label_lines(data, "ref"))
        extent = Box(*data.meta["extent"])
        fingerprint = str(data.meta["fingerprint"])
        columns_of_links = (data["link.class"], data["link.flags"])
        return cls(path, fingerprint, extent, *columns_of_links, *lines, data)

    def __len__(self) -> int:
        return len(self.classes)

    def link(self, link_id: int) -> Link:
        """:raises IndexError: no such link"""
        if not 0 <= link_id < len(self):
            raise IndexError(link_id)
        return Link(
            id=link_id,
            road=RoadClass(int(self.classes[link_id])),
            flags=RoadFlag(int(self.flags[link_id])),
            name=self.text(int(self._columns["link.name"][link_id])),
            ref=self.text(int(self._columns["link.ref"][link_id])),
            way_id=int(self._columns["link.way"][link_id]),
        )

    def text(self, number: int) -> str:
        """The text with this number; 0 is the empty one."""
        begin, end = self._columns["text.offsets"][number : number + 2]
        return bytes(self._columns["text.bytes"][begin:end]).decode()

    def line(self, link_id: int) -> Grid:
        """(N, 2) vertices of a link on the grid; may be empty."""
        begin, end = self._columns["line.offsets"][link_id : link_id + 2]
        vertices: Grid = self._columns["line.vertices"][begin:end]
        return vertices

    def tiles(self, zoom: float) -> Tiles:
        """The level of detail to draw at a zoom (of device pixels)."""
        level = int(min(max(math.floor(zoom + 0.5), FIRST_LEVEL), FULL_LEVEL))
        return Tiles(level, *(self._level(level, part) for part in ("segments", "keys", "offsets")))

    def _level(self, level: int, part: str) -> npt.NDArray[Any]:
        return self._columns[f"level.{level}.{part}"]


def extent_of(networks: Sequence[Network]) -> Extent | None:
    """The rectangle around all of them; None when there are none."""
    if not networks:
        return None
    boxes = np.array([[o.extent.x0, o.extent.y0, o.extent.x1, o.extent.y1] for o in networks])
    low, high = from_grid(boxes[:, :2].min(axis=0)), from_grid(boxes[:, 2:].max(axis=0))
    return Extent(
        west=float(low[0]), south=float(low[1]), east=float(high[0]), north=float(high[1])
    )


def _label_lines(data: columns.Columns, kind: str) -> LabelLines:
    parts = ("vertices", "offsets", "text", "class")
    return LabelLines(*(data[f"label.{kind}.{part}"] for part in parts))
