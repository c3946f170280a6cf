"""Which camera of the demo city shows which scene, and which ones fail on purpose."""

from itertools import count, cycle
from pathlib import Path

import msgspec

from app.domain.camera import Camera, FaultKind
from backend.demo.media import Shown
from backend.demo.people import FOLDER

BY_NODE: dict[str, tuple[str, ...]] = {
    "ROAD": ("day", "curve", "night", "rain", "fog", "quiet-night"),
    "INTERCHANGE": ("toll", "curve", "day"),
    "JUNCTION": ("avenue",),
    "BRIDGE": ("bridge",),
    "TUNNEL": ("tunnel",),
    "PORT": ("port",),
    "HUB": ("yard",),
    "COACH": ("street",),
    "BUSYARD": ("yard",),
}
FROZEN = {"day"}
"""Scenes that are also encoded as a second in which nothing changes."""
FROZEN_CAMERA, LIVE_S, FROZEN_S = "G2 K102+000 下行", 180.0, 120.0
BLACK_CAMERA = "G2 K110+000 下行"
STEP_S = 3.7
"""Cameras of one scene are so far apart in it."""


def shown(cameras: list[Camera]) -> list[Shown]:
    scenes = {node: cycle(names) for node, names in BY_NODE.items()}
    offsets = count()
    return [_shown(camera, next(scenes[camera.node]), next(offsets)) for camera in cameras]


def _shown(camera: Camera, scene: str, number: int) -> Shown:
    if camera.name == BLACK_CAMERA or camera.fault == FaultKind.BLACK:
        return Shown(camera.code, "black")
    offset_s = round(number * STEP_S % 20, 1)
    if camera.name == FROZEN_CAMERA:
        return Shown(camera.code, "day", offset_s, LIVE_S, FROZEN_S)
    return Shown(camera.code, scene, offset_s)


def write(out: Path) -> None:
    cameras = msgspec.json.decode((FOLDER / "cameras.json").read_bytes(), type=list[Camera])
    rows = [msgspec.json.encode(row) for row in shown(cameras)]
    (out / "cameras.json").write_bytes(b"[\n" + b",\n".join(rows) + b"\n]\n")
