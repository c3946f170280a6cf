"""When labels that were placed would touch because the camera moves away."""

from typing import Final

import numpy as np
import numpy.typing as npt

from maps.geo.mercator import Floats

type Rows = npt.NDArray[np.int64]

# Looked at down to two zoom levels farther away. Texts beside their places may touch on the way and
# be apart again at its end: between two looks they do so by less than the air around them.
_FACTORS: Final = (0.25, 0.3, 0.35, 0.42, 0.5, 0.6, 0.71, 0.84)
_NEARER: Final = 1.2  # and a little nearer: what stands is left there while it just touches


def apart_from(boxes: Floats, owners: Rows, spots: Floats, zoom: float) -> Floats:
    """(N,) the zoom from which each label keeps clear of those before it that are seen themselves.

    Worked out once when labels are placed, so that a frame only compares numbers.

    :param boxes: (B, 4) what the labels cover, from their places, in pixels
    :param owners: (B,) the label of each box; the lower is the more important
    :param spots: (N, 2) the places in pixels, at ``zoom``
    """
    zooms = np.full(len(spots), -np.inf)
    if not len(boxes):
        return zooms
    places = np.tile(spots[owners], 2)
    pairs = [_overlapping(boxes + places * factor) for factor in _FACTORS]
    one, other = np.concatenate(pairs, axis=1)
    one, other = np.where(owners[one] > owners[other], (one, other), (other, one))
    two = owners[one] != owners[other]
    one, other = one[two], other[two]
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2.0
    reach = (boxes[:, 2:] - boxes[:, :2]) / 2.0
    aside, reach = middles[one] - middles[other], reach[one] + reach[other]
    away = spots[owners[one]] - spots[owners[other]]
    # They touch while |factor * away + aside| < reach, in x and in y.
    with np.errstate(all="ignore"):
        ends = np.maximum((reach - aside) / away, (-reach - aside) / away)
    factor = np.clip(np.nan_to_num(ends, nan=1.0, posinf=1.0).min(axis=1), _FACTORS[0], _NEARER)
    touch = zoom + np.log2(factor)
    order = np.argsort(owners[one], kind="stable")  # of all that are before one is known by then
    columns = owners[one[order]], owners[other[order]], touch[order]
    found = zooms.tolist()
    for later, before, since in zip(*(column.tolist() for column in columns), strict=True):
        if since > found[before]:
            found[later] = max(found[later], since)
    return np.array(found)


def _overlapping(boxes: Floats) -> tuple[Rows, Rows]:
    """All pairs of boxes that overlap, each once. (shapely's tree would delay the first map.)"""
    order = np.argsort(boxes[:, 0])
    left, top, right, bottom = boxes[order].T
    rows = np.arange(len(order))
    counts = np.searchsorted(left, right, side="right") - rows - 1  # that begin before it ends
    other = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts - rows - 1, counts)
    below = np.repeat(top, counts) <= bottom[other]
    pairs = np.flatnonzero(below & (top[other] <= np.repeat(bottom, counts)))
    return order[np.repeat(rows, counts)[pairs]], order[other[pairs]]
