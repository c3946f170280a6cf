"""Which moving things a picture shows."""

from typing import Any

import numpy as np
import numpy.typing as npt

from maps.geo.camera import Camera, grid_scale
from maps.geo.mercator import Grid, to_grid
from maps.layers.mover_layer import MoverLayer

type Mask = npt.NDArray[np.bool_]


def in_view(camera: Camera, before: Grid, newest: Grid) -> Mask:
    """(N,) those with one end of their way in the picture."""
    centre = to_grid([camera.x, camera.y])
    reach = np.array([camera.width, camera.height]) * camera.pixel_ratio / 2.0 / grid_scale(camera)
    return _near(before, centre, reach) | _near(newest, centre, reach)


def is_wanted(layer: MoverLayer, kinds: npt.NDArray[Any], states: npt.NDArray[Any]) -> Mask:
    """(N,) those whose kind and state are not hidden."""
    hidden = np.isin(kinds, list(layer.hidden_kinds))
    hidden |= np.isin(states, list(layer.hidden_states))
    return ~hidden


def _near(spots: Grid, centre: Grid, reach: npt.NDArray[np.float64]) -> Mask:
    # Differences of int32 wrap at the antimeridian as the grid does.
    near: Mask = (np.abs((spots - centre).astype(np.float64)) <= reach).all(axis=1)
    return near
