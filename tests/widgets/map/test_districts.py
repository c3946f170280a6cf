"""Imported districts on the map: borders, and each name once."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from app.domain.changes import DROP, Change
from app.domain.district import District, Ring
from app.services import Services
from maps.geo.mercator import point_to_lonlat
from maps.layers.area_layer import AreaLayer
from tests.support.fake_services import put
from widgets.map.districts import district_layer
from widgets.map.panel import MapPanel


def square(lon: float, lat: float, side: float) -> Ring:
    corners = ((lon, lat), (lon + side, lat), (lon + side, lat + side), (lon, lat + side))
    return (*corners, corners[0])


BINHAI = District(
    id="120116", version=1, name="滨海新区", source="测试", licence="CC0",
    polygons=((square(117.9, 38.9, 0.01),), (square(117.5, 38.8, 0.3),)),
)  # fmt: skip
DONGLI = District(id="120110", version=1, name="东丽区", polygons=((square(117.3, 39.0, 0.1),),))


def test_a_district_has_its_name_once_in_its_largest_part() -> None:
    layer = district_layer([BINHAI, DONGLI])
    assert layer is not None
    assert layer.titles == ("", "滨海新区", "东丽区")
    lon, lat = point_to_lonlat(*layer.areas.anchors[1].tolist())
    assert 117.5 < lon < 117.8
    assert 38.8 < lat < 39.1
    assert layer.source.startswith("测试, CC0")


def test_a_district_without_a_border_is_left_out() -> None:
    layer = district_layer([District(id="120101", name="和平区"), DONGLI])
    assert layer is not None
    assert layer.titles == ("东丽区",)
    assert np.isfinite(layer.areas.anchors).all()


def test_the_map_follows_the_store(qtbot: QtBot, panel: MapPanel, services: Services) -> None:
    services.store.apply(put(BINHAI))
    qtbot.waitUntil(lambda: panel.stack.get("districts") is not None)
    services.store.apply(put(DONGLI))

    def names() -> tuple[str, ...]:
        layer = panel.stack.get("districts")
        assert isinstance(layer, AreaLayer)
        return layer.titles

    qtbot.waitUntil(lambda: "东丽区" in names())
    services.store.apply(
        [Change(rev=9, op=DROP, kind="district", id=o.id) for o in (BINHAI, DONGLI)]
    )
    qtbot.waitUntil(lambda: panel.stack.get("districts") is None)
