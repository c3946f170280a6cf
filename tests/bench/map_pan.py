"""`map-pan`: panning and zooming without a rest over the region, with labels and icons.

2,000 place names are offered, those that fit are drawn, beside the roads' own names and plates; 500
icons, none clustered. A frame is all that the GUI thread does for it: moving the camera,
taking what the render thread has, the paint, the way to the screen. A crisp picture is late by the
time from the camera set to the paint that shows the picture of that very camera. Baseline of
the same run: MapLibre GL JS in Chromium with the same links as GeoJSON on the same route, roads
only; its frame is the time from one drawn frame to the next.
"""

from __future__ import annotations

from random import Random

import numpy as np
import numpy.typing as npt

from installers.peers import CHROMIUM, require
from maps.geo.mercator import from_grid
from maps.labels.label import LabelStyle
from maps.layers.label_layer import LabelLayer
from maps.layers.point_layer import PointLayer, Symbol
from maps.network.network import Network
from tests.bench import networks
from tests.bench.desk import neighbour, share
from tests.bench.map_view import (
    HEIGHT,
    ROAD_PX,
    WIDTH,
    Route,
    Stalls,
    Traveller,
    bound,
    head,
    home_of,
    roads,
    row,
    window,
)
from tests.bench.peers import maplibre

LABELS, ICONS = 2_000, 500
SECONDS, WORLD_SECONDS, PEER_SECONDS = 30.0, 20.0, 40.0
ZOOM_REACH = 1.5
FRAME_MS, CRISP_MS, WORLD_CRISP_MS = 16.0, 150.0, 250.0
FRAME_RATIO, CRISP_RATIO = 30.0, 3.0


def run() -> dict[str, object]:
    require(CHROMIUM)
    stalls, region = Stalls(), Network.open(networks.region())
    with neighbour() as beside, window((roads(region), names(region), icons(region))) as canvas:
        route = Route.over(home_of(canvas), ZOOM_REACH)
        traveller = Traveller(canvas, route)
        traveller.travel(5.0)  # sprites and places of labels come into the caches
        beside.worst_ms()
        with stalls.during("region"):
            traveller.travel(SECONDS)
        beside_ms = beside.worst_ms()
        frames, crisp = list(canvas.clockwork.frames_ms), list(traveller.lags_ms)
        own = list(canvas.clockwork.frames_cpu_ms)
        traveller.close()
    with window((roads(Network.open(networks.world())),)) as canvas:
        traveller = Traveller(canvas, Route.over(home_of(canvas), ZOOM_REACH))
        with stalls.during("world"):
            traveller.travel(WORLD_SECONDS)
        world_frames, world_crisp = list(canvas.clockwork.frames_ms), list(traveller.lags_ms)
        traveller.close()
    peer = maplibre.move(
        networks.geojson(region.path), route, (WIDTH, HEIGHT), ROAD_PX, PEER_SECONDS
    )
    head()
    row("region: frame on the GUI thread", frames)
    row("  its own processor time", own)
    row("region: crisp picture behind the camera", crisp)
    row("world: frame on the GUI thread", world_frames)
    row("world: crisp picture behind the camera", world_crisp)
    row("MapLibre GL JS: frame to frame", peer.frames_ms)
    print(f"MapLibre: first idle after {peer.idle_ms / 1000:.1f} s; {peer.renderer}")
    print(f"stalls: ours {stalls.worst_ms:.0f} ms, an empty window beside it {beside_ms:.0f} ms")
    bound(
        frame_p95_ms="3 to 5 ms, the processor: one blit of 1.6 million pixels, sprites of the texts"
        " and icons",
        crisp_p95_ms="20 to 40 ms: gathering the segments of a new box of tiles (2 to 10 ms of the"
        " processor), their way to the card, reading 14 MB back, one frame of the screen",
        maplibre_ratio="about 1 to 3, since its frames are drawn by the card too, at the screen's pace",
        maplibre_crisp_ratio="below 1: the card draws its frame within one of the screen's, while ours"
        " is read back and is crisp one or two frames later",
        world_frame_p95_ms="the same as the region's: what lies behind a frame is one picture",
        world_crisp_p95_ms="30 to 50 ms, as above with more segments",
    )
    frame, world_frame = share(frames, 0.95), share(world_frames, 0.95)
    late, world_late = share(crisp, 0.95), share(world_crisp, 0.95)
    ratio = share(peer.frames_ms, 0.95) / frame
    crisp_ratio = share(peer.frames_ms, 0.5) / share(crisp, 0.5)
    met = (
        max(frame, world_frame) <= FRAME_MS and late <= CRISP_MS and world_late <= WORLD_CRISP_MS
        and ratio >= FRAME_RATIO and crisp_ratio >= CRISP_RATIO
    )  # fmt: skip
    return {
        "frame_p95_ms": round(frame, 2),
        "crisp_p95_ms": round(late, 1),
        "maplibre_ratio": round(ratio, 1),
        "maplibre_crisp_ratio": round(crisp_ratio, 2),
        "world_frame_p95_ms": round(world_frame, 2),
        "world_crisp_p95_ms": round(world_late, 1),
        "crisp_p50_ms": round(share(crisp, 0.5), 1),
        "maplibre_p50_ms": round(share(peer.frames_ms, 0.5), 1),
        "maplibre_p95_ms": round(share(peer.frames_ms, 0.95), 1),
        "frame_cpu_p95_ms": round(share(own, 0.95), 2),
        "frames_per_s": round(len(frames) / SECONDS, 1),
        "max_stall_ms": round(stalls.worst_ms, 1),
        "beside_stall_ms": round(beside_ms, 1),
        "met": met,
    }


def names(network: Network) -> LabelLayer:
    """So many place names, at random ends of links; the weight decides which are kept."""
    texts = tuple(f"地点{number:04d}" for number in range(LABELS))
    return LabelLayer(
        id="names",
        title="names",
        source="invented",
        texts=texts,
        styles=(LabelStyle.PLACE,) * LABELS,
        lonlat=_places(network, LABELS, seed=1),
        priorities=np.arange(LABELS) / 100.0,
        text_zooms=np.tile([0.0, 30.0], (LABELS, 1)),
    )


def icons(network: Network) -> PointLayer:
    """So many icons of all kinds, none clustered."""
    kinds = tuple(Symbol)
    return PointLayer(
        id="icons",
        title="icons",
        source="invented",
        ids=tuple(f"icon-{number}" for number in range(ICONS)),
        lonlat=_places(network, ICONS, seed=2),
        symbols=tuple(kinds[number % len(kinds)] for number in range(ICONS)),
        cluster_below=0.0,
    )


def _places(network: Network, count: int, seed: int) -> npt.NDArray[np.float64]:
    """(N, 2) lon, lat of vertices of the network."""
    vertices = networks.lines_of(network).vertices
    chosen = Random(seed).sample(range(len(vertices)), count)
    return networks.degrees(from_grid(vertices[chosen]))
