"""`map-recolour`: new traffic states for every link of the region, in both directions.

The whole extent, every class drawn. From the new layer given to the map until the paint that shows
it; beside it what the GUI thread worked for it, that paint and its way to the screen included.
Baseline of the same run: the same network given as a layer that is not known yet, so that all of
it goes to the GPU again.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from maps.layers.link_states import LinkStates
from maps.layers.network_layer import NetworkLayer
from maps.network.network import Network
from tests.bench import networks
from tests.bench.desk import run_for, share
from tests.bench.map_redraw import picture_of
from tests.bench.map_view import (
    Shown,
    Stalls,
    TimedCanvas,
    bound,
    head,
    roads,
    row,
    until_shown,
    window,
)

GUI_MS, SHOWN_MS = 30.0, 150.0
RUNS, ANEW = 30, 8
LEVELS = 6


def run() -> dict[str, object]:
    network, stalls = Network.open(networks.region()), Stalls()
    layer, chance = roads(network), np.random.default_rng(3)
    with window((replace(layer, states=states(network, chance)),)) as canvas:
        before = _bytes(canvas)
        with stalls.during("recolour"):
            seen = [recolour(canvas, layer, states(network, chance)) for _ in range(RUNS)]
        picture_of(canvas).save(str(networks.CACHE / "recolour.png"))
        changed = float((before != _bytes(canvas)).any(axis=-1).mean())
        anew = [
            until_shown(canvas, lambda n=number: _as_new(canvas, network, f"roads {n}"))  # type: ignore[misc]
            for number in range(ANEW)
        ]
    head()
    for name, shown in (("new states", seen), ("the network as a new layer", anew)):
        row(f"{name}: on the screen", [one.ms for one in shown])
        row("  of it the GUI thread", [one.gui_ms for one in shown])
        row("    its own processor time", [one.gui_cpu_ms for one in shown])
    print(f"{changed:.1%} of the pixels have another colour than before")
    bound(
        gui_ms="the same: one paint",
        shown_ms="15 to 30 ms: 278 kB to the card, one draw, reading 14 MB back, one frame",
    )
    gui, on_screen = (
        share([one.gui_ms for one in seen], 0.95),
        share([one.ms for one in seen], 0.95),
    )
    return {
        "gui_ms": round(gui, 2),
        "shown_ms": round(on_screen, 1),
        "gui_cpu_ms": round(share([one.gui_cpu_ms for one in seen], 0.95), 2),
        "anew_ms": round(share([one.ms for one in anew], 0.5), 1),
        "changed": round(changed, 4),
        "links": len(network),
        "max_stall_ms": round(stalls.worst_ms, 1),
        "met": gui <= GUI_MS and on_screen <= SHOWN_MS and changed > 0.01,
    }


def states(network: Network, chance: np.random.Generator) -> LinkStates:
    """Any level for any direction of any link."""
    return LinkStates(chance.integers(0, LEVELS, (len(network), 2), dtype=np.uint8))


def recolour(canvas: TimedCanvas, layer: NetworkLayer, new: LinkStates) -> Shown:
    run_for(0.2)  # the labels of the last picture are there
    return until_shown(canvas, lambda: canvas.set_layers((replace(layer, states=new),)))


def _as_new(canvas: TimedCanvas, network: Network, layer_id: str) -> None:
    canvas.set_layers((roads(network, layer_id),))


def _bytes(canvas: TimedCanvas) -> np.ndarray:
    picture = picture_of(canvas)
    flat = np.frombuffer(picture.constBits(), np.uint8)
    return flat.reshape(picture.height(), -1, 4)[:, :, :3].copy()
