"""The drawn scenes by name."""

from collections.abc import Callable

from backend.demo.build.video.places import avenue, black, bridge, port, toll, tube, yard
from backend.demo.build.video.roads import curve, day, fog, night, quiet_night, rain
from backend.demo.build.video.scene import Scene

SCENES: dict[str, Callable[[], Scene]] = {
    "day": day, "curve": curve, "night": night, "quiet-night": quiet_night, "rain": rain,
    "fog": fog, "bridge": bridge, "tunnel": tube, "toll": toll, "port": port, "yard": yard,
    "avenue": avenue, "black": black,
}  # fmt: skip
