"""Frames of the live channel, by the row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from app.domain.live import COLUMNS, DEGREE, Head, LiveKind, encode


def frame(
    kind: LiveKind, rows: Iterable[Sequence[float]], at: float = 1e9, **more: object
) -> bytes:
    """One frame; `rows` in the order of the kind's columns."""
    table = np.array(list(rows), dtype=float).reshape(-1, len(COLUMNS[kind]))
    given = {"sequence": 1, "total": len(table), "whole": True, "demo": True, **more}
    head = Head(kind=kind, server_time=at, count=len(table), **given)  # type: ignore[arg-type]  # a test's values
    columns = {
        name: table[:, i].astype(code).tobytes() for i, (name, code) in enumerate(COLUMNS[kind])
    }
    return encode(head, columns)


def links(rows: Iterable[Sequence[float]], at: float = 1e9, **more: object) -> bytes:
    """Rows: link, with_value, against_value, age in seconds."""
    return frame(LiveKind.LINKS, rows, at, **more)


def vehicles(rows: Iterable[Sequence[float]], at: float = 1e9, **more: object) -> bytes:
    """Rows: id, lon, lat, age in seconds; then kind and state, if they matter."""
    told = [
        (row[0], *(row[4:6] or (0, 0)), row[1] * DEGREE, row[2] * DEGREE, 9000, 500, row[3] * 1000)
        for row in rows
    ]
    return frame(LiveKind.VEHICLES, told, at, **more)
