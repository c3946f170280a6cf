"""The players of one wall: as many as there are cameras to be seen, and a few at rest."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from app.domain.camera import Camera
from app.video.address import Quality
from app.video.player import Player
from app.video.videos import Videos


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """How a camera is to be seen; sizes in device pixels."""

    width: int
    height: int
    focused: bool = False
    incident: bool = False
    quality: Quality = Quality.SUB


class Deck:
    """`camera(id)` looks a camera up; one that is not known gets no player. `leaving(player)` is
    called before a player is hidden or closed."""

    def __init__(
        self,
        videos: Videos,
        camera: Callable[[str], Camera | None],
        leaving: Callable[[Player], None],
    ) -> None:
        self._videos, self._camera, self._leaving = videos, camera, leaving
        self._players: dict[str, Player] = {}
        self._wanted: dict[str, Want] = {}

    def player(self, camera_id: str) -> Player | None:
        return self._players.get(camera_id)

    def arrange(
        self,
        wanted: Mapping[str, Want],
        kept: Collection[str] = (),
        ahead: Collection[str] = (),
    ) -> None:
        """Show these cameras. Of the others those in `kept` are hidden, the rest closed; those
        `ahead` are opened, so that their picture is there when their turn comes."""
        known = {c: want for c, want in wanted.items() if self._camera(c) is not None}
        rest = {c for c in (*kept, *ahead) if self._camera(c) is not None}
        for camera_id in [c for c in self._players if c not in known]:
            self._drop(camera_id, closed=camera_id not in rest)
        for camera_id, want in known.items():
            self._show(camera_id, want)
        for camera_id in rest.intersection(ahead) - self._players.keys():
            self._open(camera_id).hide()

    def hide_all(self) -> None:
        for camera_id in list(self._wanted):
            self._drop(camera_id, closed=False)

    def close_all(self) -> None:
        for camera_id in list(self._players):
            self._drop(camera_id, closed=True)

    def _show(self, camera_id: str, want: Want) -> None:
        player = self._players.get(camera_id) or self._open(camera_id)
        before = self._wanted.get(camera_id)
        if before is None or _manner(before) != _manner(want):
            player.prefer(focused=want.focused, incident=want.incident, quality=want.quality)
        if before is None or (before.width, before.height) != (want.width, want.height):
            player.show(want.width, want.height)
        self._wanted[camera_id] = want

    def _open(self, camera_id: str) -> Player:
        camera = self._camera(camera_id)
        assert camera is not None, "only known ones are opened"
        player = self._players[camera_id] = self._videos.open(camera_id, camera.code)
        return player

    def _drop(self, camera_id: str, *, closed: bool) -> None:
        shown = self._wanted.pop(camera_id, None) is not None
        if shown:
            self._leaving(self._players[camera_id])
        if closed:
            self._players.pop(camera_id).close()
        elif shown:
            self._players[camera_id].hide()


def _manner(want: Want) -> tuple[bool, bool, Quality]:
    return want.focused, want.incident, want.quality
