"""One interface to whatever moves a camera's head."""

from typing import Final, Protocol

from app.domain.ptz import Move

UNREACHABLE: Final = "UNREACHABLE"
UNAUTHORIZED: Final = "UNAUTHORIZED"
DEVICE_FAULT: Final = "DEVICE_FAULT"
EXPIRED: Final = "EXPIRED"
NO_SUCH_PRESET: Final = "NO_SUCH_PRESET"


class PtzError(Exception):
    """`code`: one of the above, or one of the backend's (PTZ_HELD, EXPIRED …)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code


class Device(Protocol):
    """Every call blocks for some seconds at most and raises PtzError. One thread uses it."""

    def move(self, move: Move) -> None:
        """Move until told otherwise; without another word the camera stops by itself."""

    def stop(self) -> None:
        """Harmless for a camera that stands."""

    def go_to(self, number: int) -> None:
        """Raises PtzError NO_SUCH_PRESET."""

    def set_preset(self, number: int, name: str) -> None:
        """Keep where the camera looks now."""

    def remove_preset(self, number: int) -> None:
        """Raises PtzError NO_SUCH_PRESET."""

    def close(self) -> None:
        """Let connections go."""
