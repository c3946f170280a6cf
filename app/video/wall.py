"""Which camera stands on which tile: a frozen state, and what may be done with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

FIRST_LAYOUT = "9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """`camera` empty: the tile is free. A pinned tile is changed by hand alone.

    `incident`: the case that called this camera up, empty otherwise.
    """

    camera: str = ""
    pinned: bool = False
    incident: str = ""


FREE = Tile()

type Tiles = tuple[Tile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """Tiles are counted from 0 here and from 1 on screen.

    `tiles` may be longer than `shown`, the number of tiles of the layout: cameras beyond it are
    kept and come back with a larger one. `earlier` is the wall before an incident took its
    tiles; what is done by hand to the other tiles in the meantime is done to it as well.
    """

    layout: str = FIRST_LAYOUT
    shown: int = 9
    tiles: Tiles = ()
    earlier: "Wall | None" = None

    def tile(self, index: int) -> Tile:
        return _at(self.tiles, index)

    def index_of(self, camera: str) -> int | None:
        """Where a camera stands, also beyond the layout."""
        return _index(self.tiles, camera)

    @property
    def cameras(self) -> tuple[str, ...]:
        """Those that are to be seen now."""
        return tuple(tile.camera for tile in self.tiles[: self.shown] if tile.camera)

    @property
    def called(self) -> tuple[int, ...]:
        """Tiles that incidents have taken."""
        return tuple(i for i in range(self.shown) if self.tile(i).incident)

    # by hand

    def put(self, index: int, camera: str) -> "Wall":
        """A camera onto a tile; if it stands on another, the two change places."""
        at = self.index_of(camera)
        touched = (index,) if at is None else (index, at)
        return self._by_hand(touched, lambda tiles: _put(tiles, index, camera))

    def swap(self, one: int, other: int) -> "Wall":
        """Two tiles change places, pins and all."""
        return self._by_hand((one, other), lambda tiles: _swapped(tiles, one, other))

    def clear(self, index: int) -> "Wall":
        return self._by_hand((index,), lambda tiles: _with(tiles, index, FREE))

    def pin(self, index: int, pinned: bool) -> "Wall":
        """A free tile cannot be pinned. A called camera that is pinned stays for good."""
        tile = self.tile(index)
        if not tile.camera:
            return self
        now = replace(self, tiles=_with(self.tiles, index, replace(tile, pinned=pinned)))
        if self.earlier is None or (tile.incident and not pinned):
            return now
        there = Tile(camera=tile.camera, pinned=pinned)
        kept = _kept(self.earlier.tiles, index, there, self.earlier.shown)
        return replace(now, earlier=replace(self.earlier, tiles=kept))

    def divided(self, layout: str, shown: int) -> "Wall":
        """Another layout; no camera is lost, and none slips out of sight while a tile is free."""
        tiles = self.tiles
        for hidden in range(shown, len(tiles)):
            free = _free(tiles, shown)
            if free and tiles[hidden].camera:
                tiles = _swapped(tiles, hidden, free[0])
        return replace(self, layout=layout, shown=shown, tiles=_trimmed(tiles))

    def place_for(self, focus: int) -> int:
        """The tile for one more camera: the one in hand if it is free, else the first free one,
        else the one in hand, unless it is pinned; then the first that is not."""
        if not self.tile(focus).camera:
            return focus
        free = _free(self.tiles, self.shown)
        if free:
            return free[0]
        loose = self.loose()
        return focus if focus in loose or not loose else loose[0]

    def on_tour(self, index: int, camera: str) -> "Wall":
        """A tour's next camera; a pinned tile, one with an incident's camera and one beyond the
        layout stay as they are, and a camera that is in sight already is not moved."""
        tile, at = self.tile(index), self.index_of(camera)
        if index >= self.shown or tile.pinned or tile.incident:
            return self
        return self if at is not None and at < self.shown else self.put(index, camera)

    # for an incident

    def call_up(
        self, incident: str, cameras: Sequence[str], layout: str = "", shown: int = 0
    ) -> "Wall":
        """Show an incident's cameras, in order: on free tiles if there are enough, else on the
        first ones; never on a pinned tile. A camera on a pinned tile is in sight already.

        An incident after another takes the place of the first: there is one way back.
        """
        ground = self.earlier or self
        wall = ground.divided(layout, shown) if layout else ground
        wanted = [camera for camera in dict.fromkeys(cameras) if not wall.pins(camera)]
        tiles, free = wall.tiles, _free(wall.tiles, wall.shown)
        places = free if len(free) >= len(wanted) else wall.loose()
        for index, camera in zip(places, wanted, strict=False):
            tiles = _with(_put(tiles, index, camera), index, Tile(camera=camera, incident=incident))
        called = replace(wall, tiles=tiles, earlier=ground)
        return called if called.called else self

    def back(self) -> "Wall":
        """The wall before the call-up; without one, this wall."""
        return self.earlier or self

    # inside

    def loose(self) -> list[int]:
        return [i for i in range(self.shown) if not self.tile(i).pinned]

    def pins(self, camera: str) -> bool:
        at = self.index_of(camera)
        return at is not None and at < self.shown and self.tile(at).pinned

    def _by_hand(self, touched: tuple[int, ...], act: Callable[[Tiles], Tiles]) -> "Wall":
        """Do it here, and to the wall behind a call-up unless a called tile is touched."""
        done = replace(self, tiles=act(self.tiles))
        if self.earlier is None or any(self.tile(i).incident for i in touched):
            return done
        return replace(done, earlier=replace(self.earlier, tiles=act(self.earlier.tiles)))


def written(wall: Wall) -> dict[str, Any]:
    """For keeping it: the wall behind a call-up, no case on it."""
    kept = wall.back()
    return {"layout": kept.layout, "tiles": [[tile.camera, tile.pinned] for tile in kept.tiles]}


def read(row: Any, layouts: Mapping[str, Sequence[Any]]) -> Wall:
    """A kept wall as far as it makes sense; an unknown layout becomes the first one."""
    given = row if isinstance(row, Mapping) else {}
    layout = given.get("layout")
    if not isinstance(layout, str) or layout not in layouts:
        layout = FIRST_LAYOUT
    rows = given.get("tiles")
    tiles = tuple(_tile(tile) for tile in (rows if isinstance(rows, list) else []))
    return Wall(layout=layout, shown=len(layouts[layout]), tiles=_trimmed(tiles))


def _tile(row: Any) -> Tile:
    match row:
        case [str(camera), bool(pinned)]:
            return Tile(camera=camera, pinned=pinned and bool(camera))
    return FREE


def _at(tiles: Tiles, index: int) -> Tile:
    return tiles[index] if 0 <= index < len(tiles) else FREE


def _index(tiles: Tiles, camera: str) -> int | None:
    return next((i for i, tile in enumerate(tiles) if camera and tile.camera == camera), None)


def _free(tiles: Tiles, shown: int) -> list[int]:
    return [i for i in range(shown) if not _at(tiles, i).camera]


def _with(tiles: Tiles, index: int, tile: Tile) -> Tiles:
    longer = [*tiles, *[FREE] * (index + 1 - len(tiles))]
    longer[index] = tile
    return _trimmed(tuple(longer))


def _trimmed(tiles: Tiles) -> Tiles:
    """Without the free ones at the end, so that equal walls are equal."""
    used = max((i + 1 for i, tile in enumerate(tiles) if tile != FREE), default=0)
    return tiles[:used]


def _swapped(tiles: Tiles, one: int, other: int) -> Tiles:
    return _with(_with(tiles, one, _at(tiles, other)), other, _at(tiles, one))


def _put(tiles: Tiles, index: int, camera: str) -> Tiles:
    at = _index(tiles, camera)
    if at is not None:
        return _swapped(tiles, at, index)
    return _with(tiles, index, Tile(camera=camera, pinned=_at(tiles, index).pinned))


def _kept(tiles: Tiles, index: int, tile: Tile, shown: int) -> Tiles:
    """With this tile here; what stood here finds another place, at worst beyond the layout."""
    at = _index(tiles, tile.camera)
    if at is None:
        free = [*_free(tiles, shown), max(len(tiles), shown)]
        at = free[0] if _at(tiles, index).camera else index
    return _with(_swapped(tiles, at, index), index, tile)
