"""How many things there are, as colour."""

import math
from dataclasses import dataclass
from typing import Final

from maps.geo.camera import Camera

_FEWEST: Final = 3.0


@dataclass(frozen=True, slots=True)
class HeatStep:
    """One mark of the legend."""

    part: float  # place on the ramp, 0 to 1
    per_km2: float  # so many, by weight, on a square kilometre of ground


@dataclass(frozen=True, slots=True)
class HeatScale:
    """From how many things are near to a place on the ramp; the ramp is logarithmic."""

    radius: float = 24.0  # logical pixels: what is nearer counts, the middle more than the edge
    full: float = 20.0  # as many in one such circle are the end of the ramp at this zoom:
    zoom: float = 11.0

    def full_at(self, zoom: float) -> float:
        """How many are the end of the ramp: twice as many one level farther away, as on a road."""
        return max(self.full * math.pow(2.0, self.zoom - zoom), _FEWEST)

    def steps(
        self, camera: Camera, parts: tuple[float, ...] = (0.25, 0.5, 0.75, 1.0)
    ) -> list[HeatStep]:
        """Values for the legend at this zoom and latitude."""
        circle_km2 = math.pi * (self.radius * camera.metres_per_pixel / 1000.0) ** 2
        return [
            HeatStep(part, ((1.0 + self.full_at(camera.zoom)) ** part - 1.0) / circle_km2)
            for part in parts
        ]
