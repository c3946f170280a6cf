"""How the tiles of a wall may lie, and what of an incident it shows: resources/rules."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.domain.camera import Camera, Health, Preset
from app.domain.incident import Incident
from app.domain.nearby import nearest_along
from app.domain.rules import RULES_DIR


@dataclass(frozen=True, slots=True)
class Cell:
    """One tile's place as shares (0…1) of the wall."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CallUp:
    """What an incident of one type calls up; `layout` empty: the wall stays divided as it is."""

    cameras: int
    reach_m: float
    layout: str
    presets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WallRules:
    """`late_s`: a picture of this age is no longer called live; `stale_s`, by step of the
    ladder: it stands still. A tile from `main_from_px` device pixels of height on is worth the
    main stream. Cameras in a state of `without`, or with a fault of
    `without_faults`, are never called up."""

    layouts: Mapping[str, tuple[Cell, ...]]
    default: CallUp
    types: Mapping[str, CallUp]
    without: frozenset[str]
    without_faults: frozenset[str]
    late_s: float
    stale_s: Mapping[str, float]
    main_from_px: int

    def call_up(self, incident_type: str | None) -> CallUp:
        return self.types.get(incident_type or "", self.default)

    def cameras_of(self, incident: Incident, cameras: Iterable[Camera]) -> tuple[str, ...]:
        """Ids of the cameras to look at it with, in order: own carriageway first, then by
        distance; empty if its place is not known well enough."""
        rule = self.call_up(incident.type)
        able = (camera for camera in cameras if self._sees(camera))
        near = nearest_along(incident.place, able, rule.reach_m)
        return tuple(found.entity.id for found in near[: rule.cameras])

    def preset_of(self, incident: Incident, camera: Camera, side: str) -> Preset | None:
        """The position of a called camera that its incident asks for; `side` in words."""
        parts = (part.replace("{side}", side) for part in self.call_up(incident.type).presets)
        named = ((part, preset) for part in parts for preset in camera.presets)
        return next((preset for part, preset in named if part in preset.name), None)

    def _sees(self, camera: Camera) -> bool:
        broken = camera.health == Health.FAULT and camera.fault in self.without_faults
        return camera.health not in self.without and not broken


@cache
def load_wall_rules() -> WallRules:
    """Raises OSError, KeyError when the file is damaged."""
    read = tomllib.loads((RULES_DIR / "video_walls.toml").read_text("utf-8"))
    rules = read["call_up"]
    return WallRules(
        layouts={row["id"]: _cells(row) for row in read["layout"]},
        default=_call_up(rules["default"]),
        types={name: _call_up(row) for name, row in rules["type"].items()},
        without=frozenset(rules["without"]),
        without_faults=frozenset(rules["without_faults"]),
        late_s=read["picture"]["late_s"],
        stale_s=read["picture"]["stale_s"],
        main_from_px=read["picture"]["main_from_px"],
    )


def _cells(row: Mapping[str, Any]) -> tuple[Cell, ...]:
    columns, rows = row["grid"]
    fields = row.get("cells") or [(x, y, 1, 1) for y in range(rows) for x in range(columns)]
    return tuple(Cell(x / columns, y / rows, w / columns, h / rows) for x, y, w, h in fields)


def _call_up(row: Mapping[str, Any]) -> CallUp:
    return CallUp(
        cameras=row["cameras"],
        reach_m=row["reach_m"],
        layout=row["layout"],
        presets=tuple(row["presets"]),
    )
