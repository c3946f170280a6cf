"""Which entities stand on the map, and what a change in the store costs."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.domain.camera import Camera
from app.domain.incident import IncidentState, Place
from app.services import Services
from maps.layers.point_layer import PointLayer, Symbol
from tests.support.fake_services import incident, put
from widgets.map.feed import PointFeed
from widgets.map.points import MANY

HERE = Place(text="渤海十路", lon=117.70, lat=38.98)


def build(qtbot: QtBot, feed: PointFeed) -> dict[str, PointLayer]:
    with qtbot.waitSignal(feed.built) as built:
        feed.set_active(True)
    return {layer.id: layer for layer in built.args[0]}


def test_an_open_case_shows_its_level_sign_and_that_nobody_took_it(
    qtbot: QtBot, services: Services
) -> None:
    services.store.apply(put(incident(1, severity="III"), incident(2, state="CLOSED")))
    layer = build(qtbot, PointFeed(services, QObject(services.store)))["incident"]
    assert layer.ids == ("case-1",)
    assert (layer.symbols, layer.glyphs, layer.labels) == (
        (Symbol.SEVERITY_3,),
        ("事",),
        ("待受理",),
    )


def test_unaccepted_cases_stand_above_worse_ones(qtbot: QtBot, services: Services) -> None:
    services.store.apply(
        put(incident(1, severity="I", state=IncidentState.RESPONDING), incident(2, severity=None))
    )
    layer = build(qtbot, PointFeed(services, QObject(services.store)))["incident"]
    assert layer.ranks is not None
    ranks = dict(zip(layer.ids, layer.ranks.tolist(), strict=True))
    assert ranks["case-2"] > ranks["case-1"]


def test_a_change_that_waits_in_the_outbox_is_marked(qtbot: QtBot, services: Services) -> None:
    services.store.apply(put(incident(1)))
    services.commands.online = False  # type: ignore[attr-defined]  # the switch of the fake
    assert services.commands.fire("incident", "case-1", "ACCEPT", {}) == ()
    layer = build(qtbot, PointFeed(services, QObject(services.store)))["incident"]
    assert layer.labels == ("待发",)


def test_a_case_without_a_point_is_counted_not_drawn(qtbot: QtBot, services: Services) -> None:
    services.store.apply(put(incident(1, place=Place(text="说不清")), incident(2)))
    feed = PointFeed(services, QObject(services.store))
    assert (feed.shown, feed.nowhere) == (1, 1)
    services.store.apply(put(incident(1, place=HERE, version=2)))
    assert (feed.shown, feed.nowhere) == (2, 0)


def test_a_changed_case_builds_its_layer_alone(qtbot: QtBot, services: Services) -> None:
    services.store.apply(put(incident(1), Camera(id="c1", version=1, name="北疆", place=HERE)))
    feed = PointFeed(services, QObject(services.store))
    build(qtbot, feed)
    with qtbot.waitSignal(feed.built) as built:
        services.store.apply(put(incident(1, severity="II", version=2)))
    assert [layer.id for layer in built.args[0]] == ["incident"]


def test_a_change_that_looks_the_same_builds_nothing(qtbot: QtBot, services: Services) -> None:
    case = incident(1)
    services.store.apply(put(case))
    feed = PointFeed(services, QObject(services.store))
    build(qtbot, feed)
    with qtbot.assertNotEmitted(feed.built, wait=300):
        services.store.apply(put(replace(case, version=2, owner_id="user-dispatcher")))


def test_a_hidden_map_waits_with_its_layers(qtbot: QtBot, services: Services) -> None:
    feed = PointFeed(services, QObject(services.store))
    build(qtbot, feed)
    feed.set_active(False)
    with qtbot.assertNotEmitted(feed.built, wait=300):
        services.store.apply(put(incident(1)))
    assert build(qtbot, feed)["incident"].ids == ("case-1",)


def test_many_points_are_prepared_in_the_pool_and_the_newest_comes_last(
    qtbot: QtBot, services: Services
) -> None:
    cameras = [Camera(id=f"c{i}", place=replace(HERE, lon=117.0 + i / 1e5)) for i in range(MANY)]
    services.store.apply(put(*cameras))
    feed = PointFeed(services, QObject(services.store))
    built: list[PointLayer] = []
    feed.built.connect(built.extend)
    feed.set_active(True)
    assert [layer.id for layer in built if layer.id == "camera"] == []
    services.store.apply(put(Camera(id="late", place=HERE)))
    qtbot.waitUntil(lambda: sum(layer.id == "camera" for layer in built) == 2)
    first, second = (layer for layer in built if layer.id == "camera")
    assert (len(first.ids), len(second.ids)) == (MANY, MANY + 1)
    assert second.clusters is not None
