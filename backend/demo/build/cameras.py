"""The demo city's cameras: invented, but at real places. Health, heads and presets by number."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from app.domain.camera import Camera, FaultKind, Health, Preset, PtzLink
from app.domain.incident import Place
from app.domain.stakes import format_stake
from backend.demo.build.objects import OPERATOR, City, way_name
from backend.demo.ids import demo_id
from backend.demo.spots import staked

CAMERA_CODE = "12011600001310{:06d}"  # GB/T 28181: area, trade, type 131 (camera), number
NODE_OF = {"bridge": "BRIDGE", "tunnel": "TUNNEL", "port": "PORT", "junction": "INTERCHANGE"}
ROAD_VIEWS = ("原位", "上行来车", "下行来车")
PLACE_VIEWS = ("原位", "入口", "出口", "全景")
STREAMS = ("sub", "main")


def cameras(city: City) -> tuple[Camera, ...]:
    numbers = count(1)
    return tuple(
        equipped(
            Camera(
                id=demo_id("camera", f"{node} {name}"),
                version=1,
                code=CAMERA_CODE.format(number),
                name=name,
                node=node,
                place=place,
                org_id=OPERATOR if place.route_id else demo_id("org", "POLICE"),
                demo=True,
            ),
            number,
        )
        for number, (node, name, place) in zip(numbers, _watched(city), strict=False)
    )


def equipped(camera: Camera, number: int) -> Camera:
    """Every second one has a head, every fourth goes home by itself; about one in ten has a
    trouble. Times of health are set when the city is seeded."""
    health, fault = _health(number)
    moves = number % 2 == 0
    views = ROAD_VIEWS if camera.place.route_id else PLACE_VIEWS
    presets = tuple(Preset(number=n, name=name) for n, name in enumerate(views, 1))
    return replace(
        camera,
        streams=STREAMS,
        health=health,
        fault=fault,
        ptz=PtzLink.GATEWAY if moves else "",
        patrol=number % 4 == 0,
        presets=presets if moves else (),
    )


def _health(number: int) -> tuple[Health, str]:
    if number % 24 == 7:
        return Health.OFFLINE, ""
    if number % 60 == 33:
        return Health.MAINTENANCE, ""
    if number % 64 == 45:
        return Health.FAULT, FaultKind.BLACK
    return (Health.UNKNOWN if number % 50 == 3 else Health.ONLINE), ""


def _watched(city: City) -> Iterator[tuple[str, str, Place]]:
    for label in city.labels:
        if label.kind in NODE_OF:
            yield NODE_OF[label.kind], label.name, city.at_label(label)
        if label.kind == "airport":
            yield "HUB", f"{label.name}出发层", city.at_label(label)
    for name in city.wanted["watched_crossings"]:
        yield "JUNCTION", name, city.at_crossing(name)
    for name in city.wanted["watched_port_crossings"]:
        yield "PORT", name, city.at_crossing(name)
    for route, stake, direction in city.along(8_000):
        place = staked(route, stake, direction)
        if place:
            yield "ROAD", f"{route.code} {format_stake(stake)} {way_name(direction)}", place
    for row in city.wanted["camera"]:
        yield row["node"], row["name"], city.at_crossing(row["crossing"])
