"""What the demo city's map is packed from, and what ships of it."""

import numpy as np

from installers.demo_network import OUT, sea
from maps.layers.areas import Areas


def test_the_packed_sea_is_that_of_the_open_data() -> None:
    packed, made = Areas.open(OUT / "sea.tarea"), sea(OUT / "sea.geojson")
    for name in Areas.__slots__:
        assert np.array_equal(getattr(packed, name), getattr(made, name)), name
