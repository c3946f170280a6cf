"""When labels that were placed would touch because the camera moves away."""

from typing import Final

import numpy as np
import numpy.typing as npt

from maps.geo.mercator import Floats

type Rows = npt.NDArray[np.int64]

# Looked at down to two zoom levels farther away. Texts beside their places may touch on the way and
# be apart again at its end: between two looks they do so by less than the air around them.
_FACTORS: Final = (0.25, 0.3, 0.35, 0.42, 0.5, 0.6, 0.71, 0.84)
_NONE: Final = np.empty((0, 4))
_NEARER: Final = 1.2  # and a little nearer: what stands is left there while it just touches


def apart_from(
    boxes: Floats, owners: Rows, spots: Floats, zoom: float, symbols: Floats = _NONE
) -> Floats:
    """(N,) the zoom from which each label keeps clear of those before it that are seen themselves.

    Worked out once when labels are placed, so that a frame only compares numbers.

    :param boxes: (B, 4) what the labels cover, from their places, in pixels
    :param owners: (B,) the label of each box; the lower is the more important
    :param spots: (N, 2) the places in pixels, at ``zoom``
    :param symbols: (S, 4) what stands before all labels and makes way for none, in pixels
    """
    if not len(boxes):
        return np.full(len(spots), -np.inf)
    middles = (symbols[:, :2] + symbols[:, 2:]) / 2.0
    boxes = np.concatenate((symbols - np.tile(middles, 2), boxes))
    owners = np.concatenate((np.arange(len(symbols)), owners + len(symbols)))
    spots = np.concatenate((middles, spots))
    later, before = _pairs(boxes, owners, spots, len(symbols))
    away = spots[owners[later]] - spots[owners[before]]
    touch = zoom + np.log2(_factors(boxes, later, before, away))
    zooms = [-np.inf] * len(spots)
    order = np.argsort(owners[later], kind="stable")  # of all before one all is known by then
    columns = owners[later[order]], owners[before[order]], touch[order]
    for label, other, since in zip(*(column.tolist() for column in columns), strict=True):
        if since > zooms[other]:
            zooms[label] = max(zooms[label], since)
    return np.array(zooms[len(symbols) :])


def _pairs(boxes: Floats, owners: Rows, spots: Floats, symbols: int) -> tuple[Rows, Rows]:
    """Boxes of labels that touch a box of somebody before them as the camera moves away."""
    places = np.tile(spots[owners], 2)
    found = [_overlapping(boxes + places * factor) for factor in _FACTORS]
    one, other = np.concatenate(found, axis=1)
    later, before = np.where(owners[one] > owners[other], (one, other), (other, one))
    two = (owners[later] != owners[before]) & (owners[later] >= symbols)
    return later[two], before[two]


def _factors(boxes: Floats, later: Rows, before: Rows, away: Floats) -> Floats:
    """(P,) how far the picture has shrunk when two boxes touch, whose places are so far apart."""
    middles, reach = (boxes[:, :2] + boxes[:, 2:]) / 2.0, (boxes[:, 2:] - boxes[:, :2]) / 2.0
    aside, reach = middles[later] - middles[before], reach[later] + reach[before]
    # They touch while |factor * away + aside| < reach, in x and in y.
    with np.errstate(all="ignore"):
        ends = np.maximum((reach - aside) / away, (-reach - aside) / away)
    nearest: Floats = np.nan_to_num(ends, nan=1.0, posinf=1.0).min(axis=1)
    return np.clip(nearest, _FACTORS[0], _NEARER)


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
