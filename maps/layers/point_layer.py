"""Things that stand at a point: incidents, cameras, signs, facilities."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from maps.layers.layer import Layer
from maps.points.clusters import ClusterSteps


class Symbol(StrEnum):
    """What a point looks like. Severity has a shape of its own, so that colour is not alone."""

    SEVERITY_1 = "severity_1"  # square
    SEVERITY_2 = "severity_2"  # diamond
    SEVERITY_3 = "severity_3"  # triangle
    SEVERITY_4 = "severity_4"  # circle
    SEVERITY_UNKNOWN = "severity_unknown"  # grey outline
    PLANNED = "planned"  # violet
    CAMERA = "camera"
    SIGN = "sign"
    TOLL = "toll"
    SERVICE = "service"
    FACILITY = "facility"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PointLayer(Layer):
    """N points as columns. New data come as a new layer with the same id."""

    ids: tuple[str, ...]
    lonlat: npt.NDArray[np.float64]  # (N, 2) degrees, WGS-84; NaN: nowhere, not shown
    symbols: tuple[Symbol, ...]
    glyphs: tuple[str, ...] = ()  # N single characters inside the symbols, or none at all
    labels: tuple[str, ...] = ()  # N texts beside the symbols, or none at all
    ranks: npt.NDArray[np.int64] | None = None  # (N,) the higher is above and speaks for a cluster
    dimmed: npt.NDArray[np.bool_] | None = None  # (N,) offline, stale, closed
    pick_rank: int = 0  # the layer with the higher one is hit first
    labels_from: float = 13.0  # no texts below
    cluster_below: float = 15.0  # no clusters from this zoom on; 0 for none at all
    clusters: ClusterSteps | None = None  # made ahead; else when a zoom needs them
    lift: float = 0.0  # logical pixels above the place, for what shares places with other layers
