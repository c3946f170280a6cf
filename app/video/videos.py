"""All players of this seat."""

from collections.abc import Callable

from app.video.address import Address, Quality
from app.video.player import Player

type Ask = Callable[[str, Quality], Address]
"""The address of a camera's stream by its id; blocks. Raises NoAddressError."""


class Videos:
    """Opens and closes players; holds what they share: the gate and the ladder."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def open(self, camera_id: str, code: str) -> Player:
        """A player of its own for one tile; `code`: the 20 digits that must come back."""
        raise NotImplementedError

    @property
    def players(self) -> tuple[Player, ...]:
        raise NotImplementedError

    def gui_was_late(self, seconds: float) -> None:
        """How late the event loop was (p95 of the last second): the ladder goes by it."""
        raise NotImplementedError

    def close_all(self) -> None:
        """Close all players; wait for their threads, but not for a server that is silent."""
        raise NotImplementedError
