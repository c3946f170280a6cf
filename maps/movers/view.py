"""Which moving things a picture shows."""

from typing import Any

import numpy as np
import numpy.typing as npt

from maps.geo.camera import Camera, grid_scale
from maps.geo.mercator import Grid, to_grid
from maps.layers.mover_layer import MoverLayer

type Mask = npt.NDArray[np.bool_]


def in_view(camera: Camera, before: Grid, newest: Grid) -> Mask:
    """(N,) those whose way may come into the picture: the box around it meets the picture's."""
    centre = to_grid([camera.x, camera.y])
    reach = np.array([camera.width, camera.height]) * camera.pixel_ratio / 2.0 / grid_scale(camera)
    # Differences of int32 wrap at the antimeridian as the grid does.
    half = (newest - before).astype(np.float64) / 2.0
    away = (before - centre).astype(np.float64) + half
    near: Mask = (np.abs(away) <= reach + np.abs(half)).all(axis=1)
    return near


def is_wanted(layer: MoverLayer, kinds: npt.NDArray[Any], states: npt.NDArray[Any]) -> Mask:
    """(N,) those whose kind and state are not hidden."""
    hidden = np.isin(kinds, list(layer.hidden_kinds))
    hidden |= np.isin(states, list(layer.hidden_states))
    return ~hidden
