"""What the legend says of a density."""

import numpy as np
import pytest

from app.domain.rules import load_rules
from maps.layers.heat import HeatScale
from maps.layers.heat_layer import HeatLayer
from widgets.map.swatches import swatches_of


@pytest.mark.parametrize(("zoom", "most"), [(10.0, "0.2"), (10.3, "0.2"), (12.0, "0.7")])
def test_the_end_of_the_ramp_has_a_value_on_the_ground(zoom: float, most: str) -> None:
    # at 39 degrees and zoom 10 a circle of 40 pixels covers 73 square kilometres
    heat = HeatLayer(
        id="density", title="", source="", lonlat=np.array([[117.7, 39.0], [np.nan, np.nan]]),
        scale=HeatScale(radius=40.0, full=12.0, zoom=10.0),
    )  # fmt: skip
    (swatch,) = swatches_of(heat, load_rules(), "zh", zoom)
    assert f"每平方公里 {most} 以上" in swatch.words


def test_without_a_place_there_is_no_value() -> None:
    heat = HeatLayer(id="density", title="", source="", lonlat=np.empty((0, 2)))
    (swatch,) = swatches_of(heat, load_rules(), "zh", 10.0)
    assert swatch.words == "少至多"
