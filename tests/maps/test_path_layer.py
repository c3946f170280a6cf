"""The pieces of a layer of lines."""

from __future__ import annotations

import numpy as np

from maps.layers.path_layer import PathLayer


def layer(*lines: list[tuple[int, int]]) -> PathLayer:
    grids = tuple(np.array(line, dtype=np.int32).reshape(-1, 2) for line in lines)
    return PathLayer(id="path", title="path", source="test", lines=grids)


def test_each_line_is_cut_into_its_own_pieces_and_measured_from_its_start() -> None:
    lines = layer([(0, 0), (30, 40), (30, 50)], [], [(7, 7)], [(0, 0), (0, 5), (12, 5)])
    assert lines.segments().tolist() == [
        [0, 0, 30, 40, 0, 0],
        [30, 40, 30, 50, 0, 50],
        [0, 0, 0, 5, 3, 0],
        [0, 5, 12, 5, 3, 5],
    ]


def test_a_piece_across_the_antimeridian_is_short() -> None:
    east, west = 2**31 - 10, -(2**31) + 10
    lines = layer([(east, 0), (west, 0), (west + 5, 0)])
    assert lines.segments()[:, 5].tolist() == [0, 20]


def test_no_lines_are_no_pieces() -> None:
    assert layer().segments().shape == (0, 6)
    assert layer([], [(1, 1)]).segments().shape == (0, 6)
