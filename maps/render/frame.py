"""What an item needs to draw itself."""

from dataclasses import dataclass, replace
from typing import Any, Self

from maps.geo.camera import Camera
from maps.render.request import Followed
from maps.render.target import Target
from maps.theme import MapTheme


class Programs:
    """The GPU programs of one context, each made when it is first used."""

    def __init__(self) -> None:
        self._made: dict[type, Any] = {}

    def get[P](self, kind: type[P]) -> P:
        """The one program of this kind."""
        made = self._made.get(kind)
        if made is None:
            made = self._made[kind] = kind()
        program: P = made
        return program


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture in the making: its camera sees the margin too."""

    camera: Camera
    theme: MapTheme
    programs: Programs
    target: Target  # bound; an item that draws elsewhere in between binds it again
    followed: Followed | None
    at: float  # seconds since 1970, UTC

    def onto(self, target: Target) -> Self:
        """The same picture, drawn somewhere else."""
        return replace(self, target=target)
