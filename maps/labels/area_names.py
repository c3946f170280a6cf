"""Names of areas, each at its anchor."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from maps.labels.label import Label, LabelStyle
from maps.layers.area_layer import AreaLayer

_PRIORITY: Final = 15.0  # after airports and ports, before what stands beside symbols


def area_names(layer: AreaLayer) -> Iterator[Label]:
    """The titles that have a place."""
    for row, title in enumerate(layer.titles):
        x, y = layer.areas.anchors[row].tolist()
        if title and np.isfinite((x, y)).all():
            yield Label((layer.id, row), title, LabelStyle.HUB, x, y, _PRIORITY + row / 1000.0)
