"""What the card says of vehicles and areas."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.services import Services
from maps.layers.area_layer import AreaLayer
from maps.layers.areas import Areas
from maps.layers.movers import Movers, grid_of
from tests.support.fake_services import NOW
from widgets.map.live_movers import no_vehicles
from widgets.map.words import area_words, mover_words

AT = NOW.timestamp()


def one_bus(age_s: float) -> Movers:
    place = grid_of(np.array([[117.7, 39.0]]))
    at, code = np.array([AT - age_s]), np.array([0], dtype=np.uint8)
    heading = np.array([np.nan], dtype=np.float32)
    return Movers(np.array([7], dtype=np.uint32), code, code, place, place, at, at, heading)


def test_a_vehicle_tells_its_kind_state_and_the_age_of_its_fix(services: Services) -> None:
    layer = replace(no_vehicles(services.rules.live), movers=one_bus(12.0), demo=True)
    words = mover_words(layer, 7, AT)
    assert words is not None
    assert (words.head, words.lines) == ("公交车 7", ("行驶 · 定位 12 秒前", "演示数据"))
    assert words.warning == ""


def test_an_old_fix_is_warned_of_and_a_vehicle_that_left_has_no_card(services: Services) -> None:
    layer = replace(no_vehicles(services.rules.live), movers=one_bus(4000.0))
    words = mover_words(layer, 7, AT)
    assert words is not None
    assert words.warning == "位置过时"
    assert mover_words(layer, 8, AT) is None


def test_an_area_tells_its_name_and_of_what_kind_it_is() -> None:
    ring = np.array([[117.0, 39.0], [117.1, 39.0], [117.1, 39.1]])
    layer = AreaLayer(
        id="zones", title="预警区域", source="test", areas=Areas.prepare([[ring], [ring]]),
        ids=("a", "b"), titles=("大风蓝色预警", ""),
    )  # fmt: skip
    assert (area_words(layer, "a").head, area_words(layer, "a").lines) == (
        "大风蓝色预警",
        ("预警区域",),
    )
    assert (area_words(layer, "b").head, area_words(layer, "b").lines) == ("预警区域", ())
