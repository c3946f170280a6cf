"""An incident comes to the wall: its cameras on tiles that are not pinned, and one way back."""

from collections.abc import Iterable
from itertools import groupby

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from app.domain.camera import Camera, Preset
from app.domain.describe import place_text, title_text
from app.domain.incident import Incident
from app.services import Services
from app.text import language
from app.video.wall_rules import load_wall_rules
from widgets.video.keeper import WallKeeper


class Calling(QObject):
    """Cameras are looked for in the pool: there may be thousands.

    Signals: said(str, str): what came of it, for the head of the wall, and the same at length;
    empty: nothing more to say.
    """

    said = Signal(str, str)

    def __init__(self, services: Services, keeper: WallKeeper) -> None:
        super().__init__(keeper)
        self._services, self._keeper = services, keeper
        self._asked = ""
        keeper.changed.connect(self._on_changed)

    def call(self, incident_id: str) -> None:
        """Show what is near this incident; nothing changes if it is on the wall already."""
        incident = self._services.store.get("incident", incident_id)
        if not isinstance(incident, Incident) or incident_id in self._incidents():
            return
        self._asked = incident_id
        cameras = list(self._services.store.all("camera").values())
        self._services.tasks.run(_find, incident, cameras, done=self._on_found)

    def preset(self) -> Preset | None:
        """Where the camera in hand should look for the incident that called it up."""
        tile = self._keeper.wall.tile(self._keeper.focus)
        store, rules = self._services.store, self._services.rules
        incident = store.get("incident", tile.incident) if tile.incident else None
        camera = store.get("camera", tile.camera)
        if not isinstance(incident, Incident) or not isinstance(camera, Camera) or not camera.ptz:
            return None
        direction = incident.place.direction
        side = rules.label("direction", direction, "zh") if direction else ""
        return load_wall_rules().preset_of(incident, camera, side)

    def _on_found(self, found: tuple[Incident, tuple[str, ...]]) -> None:
        incident, cameras = found
        if not isValid(self) or incident.id != self._asked:
            return
        self._asked = ""
        rules, keeper = load_wall_rules(), self._keeper
        if not cameras:
            self.said.emit(self._nothing(incident), "")
            return
        layout = rules.call_up(incident.type).layout
        shown = len(rules.layouts[layout]) if layout else 0
        wall = keeper.wall.call_up(incident.id, cameras, layout, shown)
        if wall == keeper.wall:
            self.said.emit(self.tr("附近的摄像机已在固定窗上,或各窗均已固定"), "")
            return
        keeper.show_alone(False)
        keeper.show(wall)
        keeper.take(wall.called[0])

    def _nothing(self, incident: Incident) -> str:
        if incident.place.resolved:
            return self.tr("事件附近没有可用的摄像机")
        return self.tr("事件位置未落到桩号或坐标,找不到附近的摄像机")

    def _incidents(self) -> set[str]:
        wall = self._keeper.wall
        return {wall.tile(i).incident for i in wall.called}

    def _on_changed(self) -> None:
        """The banner tells as long as an incident has tiles."""
        wall = self._keeper.wall
        called = sorted(self._incidents())
        incident = self._services.store.get("incident", called[0]) if called else None
        if not isinstance(incident, Incident) or wall.earlier is None:
            self.said.emit("", "")
            return
        rules, words = self._services.rules, language()
        told = {
            "where": incident.place.route_code or place_text(incident.place, rules, words),
            "title": title_text(incident, rules, words),
            "tiles": ranges(wall.called),
        }
        whole = self.tr("事件联动:{where} {title},占用 {tiles} 号窗 · Esc 返回原画面")
        self.said.emit(self.tr("{tiles} 号窗:{where} {title}").format(**told), whole.format(**told))


def ranges(indexes: Iterable[int]) -> str:
    """`1–3、6`: tiles as people count them."""
    runs = groupby(enumerate(sorted(indexes)), key=lambda pair: pair[1] - pair[0])
    parts = []
    for _, run in runs:
        numbers = [index + 1 for _, index in run]
        parts.append(f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 1 else str(numbers[0]))
    return (", " if language() == "en" else "、").join(parts)


def _find(incident: Incident, cameras: list[Camera]) -> tuple[Incident, tuple[str, ...]]:
    return incident, load_wall_rules().cameras_of(incident, cameras)
