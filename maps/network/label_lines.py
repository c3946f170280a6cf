"""Lines that carry a text: links of one name or route number joined end to end."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from maps.network.lines import Lines
from maps.network.roads import RoadFlag

_TOLERANCE = 500.0  # grid units, about 5 m

type Columns = dict[str, npt.NDArray[Any]]


def join(
    lines: Lines,
    text: npt.NDArray[np.int32],
    classes: npt.NDArray[np.uint8],
    flags: npt.NDArray[np.uint8],
) -> Columns:
    """Join the links that carry the same text on the same class; ramps carry none.

    :param text: (L,) number of the link's text, 0 for none
    :returns: ``vertices`` (V, 2) int32, ``offsets`` (C + 1,), ``text`` (C,), ``class`` (C,)
    """
    group = text.astype(np.int64) * 256 + classes
    usable = (text > 0) & (np.diff(lines.offsets) > 1) & (flags & RoadFlag.LINK == 0)
    link = lines.link_of_vertex()
    order = np.argsort(np.where(usable, group, -1)[link], kind="stable")
    order = order[usable[link[order]]]
    merged, groups = _merge(lines.unwrapped()[order], link[order], group)
    simple = shapely.simplify(merged, _TOLERANCE, preserve_topology=False)
    counts = shapely.get_num_coordinates(simple)
    vertices = np.rint(shapely.get_coordinates(simple)).astype(np.int64).astype(np.int32)
    return {
        "vertices": vertices.reshape(-1, 2),
        "offsets": np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        "text": (groups // 256).astype(np.int32),
        "class": (groups % 256).astype(np.uint8),
    }


def _merge(
    points: npt.NDArray[np.float64],
    link: npt.NDArray[np.int64],
    group: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.int64]]:
    """Chains and the group of each, from vertices sorted by group and link."""
    if not len(link):
        return np.empty(0, np.object_), np.empty(0, np.int64)
    new = np.concatenate(([True], link[1:] != link[:-1]))
    parts = shapely.linestrings(points, indices=np.cumsum(new) - 1)
    groups, member = np.unique(group[link[new]], return_inverse=True)
    merged = shapely.line_merge(shapely.multilinestrings(parts, indices=member))
    chains, index = shapely.get_parts(merged, return_index=True)
    return chains, groups[index]
