"""What moving things look like: forms, colours, sizes, as mover.vert reads them."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from maps.layers.mover_layer import MoverLayer, MoverShape
from maps.render.colour import rgba
from maps.theme import MapTheme

# Two half planes, each normal (across, ahead) and distance, of a form with radius 1. Across is
# mirrored; where the heading is unknown, ahead is too.
type Form = tuple[float, float, float, float, float, float]

_AHEAD: Final[Mapping[MoverShape, Form]] = {
    MoverShape.ARROW: (0.928, 0.371, 0.371, -0.486, -0.874, 0.350),
    MoverShape.WEDGE: (0.956, 0.292, 0.292, 0.0, -1.0, 0.80),
    MoverShape.KITE: (0.881, 0.472, 0.472, 0.738, -0.674, 0.607),
    MoverShape.CHEVRON: (0.857, 0.515, 0.515, -0.600, -0.800, -0.080),
}
_NOWHERE: Final[Mapping[MoverShape, Form]] = {
    MoverShape.ARROW: (0.924, 0.383, 0.60, 0.383, 0.924, 0.60),
    MoverShape.WEDGE: (1.0, 0.0, 0.55, 0.0, 1.0, 0.55),
    MoverShape.KITE: (0.707, 0.707, 0.58, 0.707, 0.707, 0.58),
    MoverShape.CHEVRON: (1.0, 0.0, 0.85, 0.0, 1.0, 0.38),
}
_SIZES: Final = ((8.0, 2.6), (10.0, 3.6), (12.0, 5.0), (15.0, 8.0), (18.0, 11.0))  # zoom, pixels


def symbol_radius(zoom: float) -> float:
    """Logical pixels from a symbol's middle to its tip."""
    zooms, pixels = zip(*_SIZES, strict=True)
    return float(np.interp(zoom, zooms, pixels))


def symbol_border(zoom: float) -> float:
    """Logical pixels of the dark or light edge around a symbol."""
    return float(np.interp(zoom, (8.0, 11.0, 14.0), (0.6, 0.8, 1.3)))


def mover_styles(layer: MoverLayer, theme: MapTheme) -> npt.NDArray[np.float32]:
    """(4 K + S, 4) texels. Each kind: colour and 1 if it is shown; normals of its form with and
    without a heading; distances of both. Each state: colour and 1 for a mark, -1 if it is hidden.
    """
    kinds = np.zeros((len(layer.kinds), 4, 4), dtype=np.float32)
    for row, kind in enumerate(layer.kinds):
        ahead, nowhere = _AHEAD[kind.shape], _NOWHERE[kind.shape]
        shown = float(row not in layer.hidden_kinds)
        kinds[row, 0] = (*rgba(getattr(theme, kind.colour))[:3], shown)
        kinds[row, 1] = (*ahead[:2], *ahead[3:5])
        kinds[row, 2] = (*nowhere[:2], *nowhere[3:5])
        kinds[row, 3] = (ahead[2], ahead[5], nowhere[2], nowhere[5])
    states = np.zeros((len(layer.states), 4), dtype=np.float32)
    for row, state in enumerate(layer.states):
        if state.mark is not None:
            states[row] = rgba(getattr(theme, state.mark))
        if row in layer.hidden_states:
            states[row, 3] = -1.0
    return np.concatenate((kinds.reshape(-1, 4), states))
