"""Packing road segments into one network file, once, ahead of time."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from maps import columns
from maps.network import label_lines, pyramid, tiles
from maps.network.layout import FIRST_LEVEL, FULL_LEVEL, KIND, VERSION
from maps.network.lines import Lines
from maps.network.segments import Segments

type Columns = dict[str, npt.NDArray[Any]]


class PackCancelledError(Exception):
    """The caller asked to stop; no file was written."""


def pack(
    segments: Segments,
    path: Path,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Write the network file; an existing one is replaced only when the new one is complete.

    :param progress: called with the fraction done, 0 to 1, from the calling thread
    :param cancelled: asked between steps; when it answers true, packing stops
    :raises PackCancelledError: when cancelled
    :raises OSError: when the file cannot be written
    """
    lines = Lines.clean(segments)
    arrays: Columns = {}
    steps = FULL_LEVEL - FIRST_LEVEL + 4
    for done, part in enumerate(_parts(segments, lines), start=1):
        arrays |= part
        if cancelled is not None and cancelled():
            raise PackCancelledError(path.name)
        if progress is not None:
            progress(done / (steps + 1))
    meta = {
        "layout": VERSION,
        "links": len(segments),
        "extent": _extent(lines),
        "fingerprint": _fingerprint(arrays),
        "flaws": asdict(lines.flaws),
    }
    columns.save(path, KIND, meta, arrays)
    if progress is not None:
        progress(1.0)


def _parts(segments: Segments, lines: Lines) -> Iterator[Columns]:
    links = _link_columns(segments, lines)
    yield links
    for field in ("name", "ref"):
        joined = label_lines.join(lines, links[f"link.{field}"], segments.classes, segments.flags)
        yield {f"label.{field}.{key}": column for key, column in joined.items()}
    for level, table in pyramid.levels(lines, segments.classes, segments.flags):
        tiled = tiles.sort(level, table)
        yield {
            f"level.{level}.segments": tiled.segments,
            f"level.{level}.keys": tiled.keys,
            f"level.{level}.offsets": tiled.offsets,
        }


def _link_columns(segments: Segments, lines: Lines) -> Columns:
    distinct = sorted({"", *segments.names, *segments.refs})
    number = {text: index for index, text in enumerate(distinct)}
    encoded = [text.encode() for text in distinct]
    ends = np.cumsum([len(text) for text in encoded], dtype=np.int64)
    return {
        "link.class": segments.classes.astype(np.uint8),
        "link.flags": segments.flags.astype(np.uint8),
        "link.way": segments.way_ids.astype(np.int64),
        "link.name": np.array([number[text] for text in segments.names], dtype=np.int32),
        "link.ref": np.array([number[text] for text in segments.refs], dtype=np.int32),
        "line.vertices": lines.vertices,
        "line.offsets": lines.offsets,
        "text.bytes": np.frombuffer(b"".join(encoded), dtype=np.uint8),
        "text.offsets": np.concatenate(([0], ends)).astype(np.int64),
    }


def _fingerprint(arrays: Columns) -> str:
    """The same for the same links in the same order."""
    digest = hashlib.blake2b(digest_size=16)
    for name in ("link.class", "link.flags", "link.way", "line.vertices", "line.offsets"):
        digest.update(np.ascontiguousarray(arrays[name]).data)
    return digest.hexdigest()


def _extent(lines: Lines) -> list[int]:
    """Bounding box x0, y0, x1, y1 on the grid; the whole world when there are no vertices."""
    if not len(lines.vertices):
        return [-(2**31), -(2**31), 2**31 - 1, 2**31 - 1]
    low, high = lines.vertices.min(axis=0), lines.vertices.max(axis=0)
    return [int(low[0]), int(low[1]), int(high[0]), int(high[1])]
