"""Moving things for tests."""

from dataclasses import dataclass

import numpy as np

from maps.layers.mover_layer import MoverKind, MoverLayer, MoverShape, MoverState
from maps.layers.movers import Movers, grid_of

NOW = 1_800_000_000.0
CENTRE = (117.7, 39.0)
KINDS = (
    MoverKind("巡逻", MoverShape.ARROW, "device"),
    MoverKind("客运", MoverShape.WEDGE, "accent"),
)
STATES = (MoverState("正常"), MoverState("报警", "closed"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """One thing: places as offsets from CENTRE in degrees, times as seconds from NOW."""

    newest: tuple[float, float] = (0.0, 0.0)
    before: tuple[float, float] | None = None  # the same place
    at: float = 0.0
    step: float = 1.0  # s since the fix before
    heading: float = np.nan
    kind: int = 0
    state: int = 0


def movers(*fixes: Fix) -> Movers:
    """Columns of these; ids count from 1."""
    at = np.array([NOW + fix.at for fix in fixes])
    newest = np.array([fix.newest for fix in fixes]).reshape(-1, 2)
    before = np.array([fix.before or fix.newest for fix in fixes]).reshape(-1, 2)
    return Movers(
        ids=np.arange(1, len(fixes) + 1, dtype=np.uint32),
        kinds=np.array([fix.kind for fix in fixes], dtype=np.uint8),
        states=np.array([fix.state for fix in fixes], dtype=np.uint8),
        before=grid_of(before + CENTRE),
        newest=grid_of(newest + CENTRE),
        before_at=at - [fix.step for fix in fixes],
        newest_at=at,
        heading=np.array([fix.heading for fix in fixes], dtype=np.float32),
    )


def layer(*fixes: Fix, **fields: object) -> MoverLayer:
    """A layer of these, a minute to grow stale."""
    given = {"kinds": KINDS, "states": STATES, "stale_s": 60.0} | fields
    return MoverLayer(id="vehicles", title="车辆", source="test", movers=movers(*fixes), **given)  # type: ignore[arg-type]  # fields of the layer
