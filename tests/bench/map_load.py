"""`map-load`: from the packed file to the first frame with it, each time in a process of its own.

`…_s` counts from before the file is opened to the end of the paint that shows the roads, in a
window whose map has shown nothing yet: OpenGL is loaded, its context and programs are made in that
time too. `…_known_s` is the same in a map that already shows another network. `world_mb` is what
the resident set has grown by in the first case, OpenGL included. Baseline of the same run: reading
the same links from a GeoPackage, which is what a map without a packed file has to do.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

import psutil

from app.bootstrap import SWITCH_S
from maps.network.network import Network
from tests.bench import networks
from tests.bench.desk import ROOT, Heartbeat, application, run_for, wait_until
from tests.bench.map_view import bound, roads, timed_canvas, until_shown

REGION_S, WORLD_S, WORLD_MB = 0.5, 2.0, 350.0
RUNS = 5
CODE = """
import sys
from app.imports import keep_imports_plain
keep_imports_plain()
from pathlib import Path
from tests.bench.map_load import load
load(*map(Path, sys.argv[1:]))
"""


def run() -> dict[str, object]:
    region, world = networks.region(), networks.world()
    seen = {"region": _runs(region), "world": _runs(world)}
    read = {
        "region": _read(networks.geopackage(region)),
        "world": _read(networks.geopackage(world)),
    }
    print(f"{'median of ' + str(RUNS):<34}{'region':>10}{'world':>10}")
    for name, key, unit in (
        ("file to first frame, first map", "first_s", "s"),
        ("file to first frame, map in use", "known_s", "s"),
        ("longest of them", "worst_s", "s"),
        ("resident memory, more", "more_mb", "MB"),
        ("  the first map's, OpenGL included", "first_mb", "MB"),
    ):
        values = "".join(f"{seen[area][key]:>10.2f}" for area in seen)
        print(f"{name:<34}{values} {unit}")
    print(f"{'reading a GeoPackage alone':<34}{read['region']:>10.2f}{read['world']:>10.2f} s")
    bound(
        region_s="the same: loading the driver, making the context and compiling the programs come"
        " first (0.1 to 0.3 s, the driver's own), the network takes 0.05 s of it",
        world_s="the same, and the pages of one level from the disk",
        world_mb="the driver's own memory instead of the software renderer's; buffers of the roads"
        " and of the picture lie on the card",
    )
    region_s, world_s = seen["region"]["first_s"], seen["world"]["first_s"]
    world_mb = seen["world"]["first_mb"]
    return {
        "region_s": round(region_s, 3),
        "world_s": round(world_s, 3),
        "world_mb": round(world_mb, 1),
        "region_known_s": round(seen["region"]["known_s"], 3),
        "world_known_s": round(seen["world"]["known_s"], 3),
        "geopackage_s": round(read["region"], 2),
        "world_known_mb": round(seen["world"]["more_mb"], 1),
        "world_geopackage_s": round(read["world"], 2),
        "max_stall_ms": round(max(told["stall_ms"] for told in seen.values()), 1),
        "met": region_s <= REGION_S and world_s <= WORLD_S and world_mb <= WORLD_MB,
    }


def _runs(packed: Path) -> dict[str, float]:
    """The medians of what the processes tell."""
    first = [_told(packed) for _ in range(RUNS)]
    known = [_told(packed, networks.city()) for _ in range(RUNS)]
    return {
        "first_s": median(one["s"] for one in first),
        "known_s": median(one["s"] for one in known),
        "worst_s": max(one["s"] for one in (*first, *known)),
        "first_mb": median(one["mb"] for one in first),
        "more_mb": median(one["mb"] for one in known),
        "stall_ms": max(one["stall_ms"] for one in known),
    }


def _read(layer: Path) -> float:
    """Seconds to read all lines, the second time."""
    import pyogrio

    def once() -> float:
        began = perf_counter()
        pyogrio.raw.read(layer)
        return perf_counter() - began

    return min(once(), once())


def _told(*networks_shown: Path) -> dict[str, float]:
    command = [sys.executable, "-c", CODE, *map(str, networks_shown)]
    done = subprocess.run(command, stdout=subprocess.PIPE, cwd=ROOT, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def load(packed: Path, known: Path | None = None) -> None:
    """In a process of its own: prints seconds, megabytes, the longest stall."""
    application()
    sys.setswitchinterval(SWITCH_S)
    canvas, beat = timed_canvas(), Heartbeat()
    if known is not None:
        canvas.set_layers((roads(Network.open(known)),))
        canvas.show()
        wait_until(lambda: canvas.is_crisp)
    run_for(0.5)
    before = psutil.Process().memory_info().rss
    beat.start()

    def show() -> None:
        canvas.set_layers((roads(Network.open(packed)),))
        canvas.show()

    shown_ms = until_shown(canvas, show).ms
    run_for(1.0)
    beat.stop()
    more = psutil.Process().memory_info().rss - before
    print(json.dumps({"s": shown_ms / 1000, "mb": more / 1e6, "stall_ms": beat.worst_ms}))
    canvas.close()
