"""All players of this seat."""

import time
from collections.abc import Callable
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING

from app.video.way import DIRECT, Way

if TYPE_CHECKING:  # what a stream needs is imported with the first one, not at the start
    from app.video.gate import Gate
    from app.video.ladder import Ladder, Load
    from app.video.limits import Limits
    from app.video.line import Ask
    from app.video.player import Player
    from app.video.processor_use import ProcessorUse


class Videos:
    """Opens players; holds what they share: the gate and the ladder. Used on the GUI thread."""

    def __init__(
        self,
        ask: "Ask",
        leave: Callable[[], None] = lambda: None,
        *,
        limits: "Limits | None" = None,
        clock: Callable[[], float] = time.monotonic,
        is_steered: Callable[[str], bool] = lambda _camera: False,
        way: Way = DIRECT,
    ) -> None:
        """`leave` is called by a thread that asks no more. `is_steered(camera_id)`: somebody has
        its head in hand; asked once a second."""
        self._ask, self._leave, self._clock = ask, leave, clock
        self._given_limits, self._is_steered, self._way = limits, is_steered, way
        self._numbers = count(1)
        self._players: list[Player] = []
        self._closing: list[Player] = []

    @cached_property
    def _limits(self) -> "Limits":
        from app.video.limits import stream_limits

        return self._given_limits or stream_limits()

    @cached_property
    def _gate(self) -> "Gate":
        from app.video.gate import Gate

        return Gate(self._limits.open)

    @cached_property
    def _ladder(self) -> "Ladder":
        from app.video.ladder import Ladder, LadderRule

        return Ladder(LadderRule.read())

    @cached_property
    def _use(self) -> "ProcessorUse":
        from app.video.processor_use import ProcessorUse

        return ProcessorUse()

    def open(self, camera_id: str, code: str) -> "Player":
        """A player of its own for one tile; `code`: the 20 digits that must come back."""
        from app.video.line import Line
        from app.video.player import Player

        line = Line(
            camera_id,
            code,
            self._ask,
            self._gate,
            self._limits,
            self._clock,
            self._leave,
            self._way,
        )
        player = Player(line, next(self._numbers))
        self._sort_out()
        self._players.append(player)
        return player

    @property
    def players(self) -> "tuple[Player, ...]":
        """Those that are not closed."""
        self._sort_out()
        return tuple(self._players)

    def gui_was_late(self, seconds: float) -> None:
        """Call it once a second with how late the event loop was (p95): the ladder goes by it, and
        the players hear whose camera is being moved."""
        players = {player.number: player for player in self.players}
        for player in players.values():
            player.steered(self._is_steered(player.camera_id))
        loads = [_load(player) for player in players.values()]
        for order in self._ladder.step(loads, seconds, self._clock(), self._use.share()):
            players[order.player_id].order(order.quality, order.mode)

    def user_changed(self) -> None:
        """Nobody watches on with the rights of the last one: ask for every stream anew."""
        for player in self.players:
            player.renew()

    def close_all(self) -> None:
        """Close all players; wait for their threads, but not long for a server that is silent."""
        for player in self._players:
            player.close()
        self._sort_out()
        if not self._closing:
            return
        until = time.monotonic() + self._limits.live.close_s
        for player in self._closing:
            player.join(max(until - time.monotonic(), 0.0))
        self._closing.clear()

    def _sort_out(self) -> None:
        """Closed players are kept until their threads have ended."""
        self._closing += [player for player in self._players if player.is_closed]
        self._closing = [player for player in self._closing if player.is_running]
        self._players = [player for player in self._players if not player.is_closed]


def _load(player: "Player") -> "Load":
    from app.video.ladder import Load

    wish, status = player.wish, player.status
    return Load(
        player_id=player.number,
        lag_s=status.lag_s,
        focused=wish.focused,
        incident=wish.incident,
        visible=wish.visible,
        wanted=wish.quality,
    )
