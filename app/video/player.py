"""One camera in one tile."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.video.address import Quality
from app.video.slot import Picture
from app.video.status import Mode, Status

if TYPE_CHECKING:
    from app.video.ring import Ring
    from app.video.snapshot import Snapshot


class Player:
    """Every call returns at once, whatever the network does. Safe from any thread."""

    camera_id: str
    code: str
    ring: "Ring"

    def show(self, width: int, height: int) -> None:
        """The tile is on the screen, so many device pixels; a paused stream starts again."""
        raise NotImplementedError

    def hide(self) -> None:
        """Nobody looks: read on for a while, then let go of the line."""
        raise NotImplementedError

    def prefer(
        self, *, focused: bool = False, incident: bool = False, quality: Quality = Quality.SUB
    ) -> None:
        raise NotImplementedError

    def order(self, quality: Quality, mode: Mode) -> None:
        """What the ladder grants."""
        raise NotImplementedError

    def take(self) -> Picture | None:
        """The newest picture that was not taken yet."""
        raise NotImplementedError

    @property
    def status(self) -> Status:
        raise NotImplementedError

    def retry(self) -> None:
        """Somebody asks for another attempt now."""
        raise NotImplementedError

    def snapshot(self, done: "Callable[[Snapshot | None], None]") -> None:
        """Call `done`, on the player's thread, with the next frame at full size.

        None if none comes within two seconds.
        """
        raise NotImplementedError

    def close(self) -> None:
        """No more pictures; the thread ends by itself."""
        raise NotImplementedError
