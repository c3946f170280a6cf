"""`map-pick`: what lies under the cursor, from the whole extent to the street.

The cursor stands anywhere in a view that shows roads; every zoom comes as often. Baseline of the
same run: shapely's STRtree over the same links, nearest within the same reach, all in memory.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from time import perf_counter

import shapely

from maps.geo.camera import Camera
from maps.geo.mercator import from_grid
from maps.network.network import Network, extent_of
from maps.picking import Pickable, pick
from tests.bench import networks
from tests.bench.desk import share
from tests.bench.map_view import HEIGHT, WIDTH, bound, head, roads, row

REGION_MS, WORLD_MS = 2.0, 5.0
PICKS, FARTHEST_ZOOM, REACH_PX = 4_000, 17.0, 7.0


def run() -> dict[str, object]:
    region, region_tree, region_hits = _measured(networks.region())
    world, world_tree, world_hits = _measured(networks.world())
    head()
    row("region: under the cursor", region)
    row("region: STRtree of shapely", region_tree)
    row("world: under the cursor", world)
    row("world: STRtree of shapely", world_tree)
    print(f"found something: region {region_hits:.0%}, world {world_hits:.0%}")
    bound(region_p99_ms="the same, numpy over one tile; no GPU is asked", world_p99_ms="the same")
    region_p99, world_p99 = share(region, 0.99), share(world, 0.99)
    return {
        "region_p99_ms": round(region_p99, 3),
        "world_p99_ms": round(world_p99, 3),
        "region_max_ms": round(max(region), 3),
        "world_max_ms": round(max(world), 3),
        "tree_p99_ms": round(share(region_tree, 0.99), 3),
        "world_tree_p99_ms": round(share(world_tree, 0.99), 3),
        "met": region_p99 <= REGION_MS and world_p99 <= WORLD_MS,
    }


def _measured(packed: Path) -> tuple[list[float], list[float], float]:
    """Milliseconds of each pick, of each look-up in a tree, and how many found something."""
    network, chance = Network.open(packed), Random(11)
    layer = roads(network)
    extent = extent_of([network])
    assert extent is not None
    home = Camera(x=0.0, y=0.0, zoom=4.0, width=WIDTH, height=HEIGHT).fitted(extent)
    links = networks.lines_of(network)
    enough = (links.offsets[1:] - links.offsets[:-1] > 1)[links.link_of_vertex()]
    link = links.link_of_vertex()[enough]
    lines = shapely.linestrings(from_grid(links.vertices)[enough], indices=networks.dense(link))
    tree = shapely.STRtree(lines)
    ours, trees, hits = list[float](), list[float](), 0
    for _ in range(PICKS):
        x, y = from_grid(links.vertices[chance.randrange(len(links.vertices))]).tolist()
        zoom = chance.uniform(home.zoom, FARTHEST_ZOOM)
        camera = replace(home, zoom=zoom).centred(x, y)
        px, py = chance.uniform(0, WIDTH), chance.uniform(0, HEIGHT)
        began = perf_counter()
        found = pick(Pickable(roads=[layer]), camera, px, py)
        ours.append((perf_counter() - began) * 1000)
        hits += found is not None
        place = shapely.Point(*camera.to_world(px, py))
        began = perf_counter()
        tree.query_nearest(place, max_distance=REACH_PX / camera.scale)
        trees.append((perf_counter() - began) * 1000)
    return ours, trees, hits / PICKS
