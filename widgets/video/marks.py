"""What stands at the head of a tile besides its camera: number, pin, demo, recording, incident."""

from dataclasses import dataclass

from app.domain.camera import Camera
from app.services import Services
from app.text import translate
from app.video.player import Player
from app.video.status import Status
from app.video.wall import Tile


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands at the head of a tile; `free` in the middle of one without a camera."""

    number: int
    free: str = ""
    pinned: str = ""
    demo: str = ""
    recording: str = ""
    incident: str = ""


def tile_marks(
    services: Services,
    index: int,
    tile: Tile,
    camera: Camera | None,
    status: Status,
    player: Player | None,
) -> Marks:
    demo = status.demo or (camera is not None and camera.demo)
    recording = player is not None and services.evidence.is_recording(player)
    return Marks(
        number=index + 1,
        free="" if tile.camera else translate("WallView", "空闲 · 拖入摄像机"),
        pinned=translate("WallView", "固定") if tile.pinned else "",
        demo=translate("WallView", "演示") if demo else "",
        recording=translate("WallView", "录像中") if recording else "",
        incident=_incident(services, tile.incident) if tile.incident else "",
    )


def _incident(services: Services, incident_id: str) -> str:
    case = services.store.get("incident", incident_id)
    number = case.number.rpartition("-")[2] if case is not None else ""
    return translate("WallView", "事件 {number}").format(number=number or "—")
