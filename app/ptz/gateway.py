"""A camera's head behind the backend: it speaks GB/T 28181 with the platform that has it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from app.api.errors import ApiError, OfflineError
from app.domain.ptz import Move
from app.ptz.device import UNREACHABLE, PtzError


class Gateway:
    """`send(body)` brings one act to the backend. `now`: UTC as the server has it; what is late
    when it arrives is refused there."""

    def __init__(
        self, send: Callable[[Mapping[str, Any]], None], now: Callable[[], datetime]
    ) -> None:
        self._send = send
        self._now = now

    def move(self, move: Move) -> None:
        self._ask(move=asdict(move))

    def stop(self) -> None:
        self._ask(stop=True)

    def go_to(self, number: int) -> None:
        self._ask(preset=number)

    def set_preset(self, number: int, name: str) -> None:
        """The backend keeps the names."""
        self._ask(set_preset=number)

    def remove_preset(self, number: int) -> None:
        self._ask(remove_preset=number)

    def close(self) -> None:
        """The thread's connections are closed with it."""

    def _ask(self, **act: Any) -> None:
        try:
            self._send({"issued_at": self._now().isoformat(), **act})
        except OfflineError as error:
            raise PtzError(UNREACHABLE, error.code) from error
        except ApiError as error:
            raise PtzError(error.code) from error
