"""How the seat stands with its backend: one small machine, fed by the reader."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.clock import Clock, elapsed

LATE_S = 2.0
"""The server speaks each second; older news than this is no longer called live."""


class LinkState(StrEnum):
    CONNECTING = "CONNECTING"
    LIVE = "LIVE"
    LAGGING = "LAGGING"
    OFFLINE = "OFFLINE"
    SIGNED_OUT = "SIGNED_OUT"
    INCOMPATIBLE = "INCOMPATIBLE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`since`: begin of this state. `last_word_at`: when the server was last heard, None if
    never. `lag_s`: age of what is shown, whole seconds. `done_share`: how much of a long
    synchronisation is done, 0 to 1, None if none runs. `detail`: a code in app.sync, a
    translated sentence in LinkStatus."""

    state: LinkState = LinkState.SIGNED_OUT
    since: datetime | None = None
    last_word_at: datetime | None = None
    lag_s: float = 0.0
    done_share: float | None = None
    server_version: str = ""
    detail: str = ""

    @property
    def is_connected(self) -> bool:
        """The stream runs, late or not."""
        return self.state in (LinkState.LIVE, LinkState.LAGGING)


class LinkTracker:
    """Safe from any thread; `tell(link)` is called on the thread that brings the news.
    `waiting_s` says how long news that came has been waiting for the screen.

    `tick` must be called about twice a second, so that silence is noticed.
    """

    def __init__(
        self,
        clock: Clock,
        tell: Callable[[Link], None],
        waiting_s: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self._clock = clock
        self._tell = tell
        self._waiting_s = waiting_s
        self._lock = threading.Lock()
        self._link = Link(since=clock.now())
        self._heard = 0.0  # as elapsed() counts
        self._behind_since: float | None = None
        self._head = self._rev = 0
        self._offset_s: float | None = None

    def signed_out(self, code: str = "") -> None:
        self._become(LinkState.SIGNED_OUT, code)

    def connecting(self) -> None:
        """A first try; later ones stay `offline since` until one succeeds."""
        self._offset_s = None
        if self._link.state is not LinkState.OFFLINE:
            self._become(LinkState.CONNECTING, "")

    def greeted(self, server_version: str, server_time: datetime | None) -> None:
        """The server answered; what it knows is still to come."""
        with self._lock:
            self._link = replace(self._link, server_version=server_version)
        if server_time is not None:
            self._set_clock(server_time)

    def lost(self, code: str) -> None:
        starting = code == "NO_BACKEND" and self._link.state is LinkState.CONNECTING
        self._become(LinkState.CONNECTING if starting else LinkState.OFFLINE, code)

    def incompatible(self, server_version: str) -> None:
        with self._lock:
            self._link = replace(self._link, server_version=server_version)
        self._become(LinkState.INCOMPATIBLE, "API")

    def word(self, head: int, server_time: datetime | None = None) -> None:
        """The server spoke; its log ends at `head` now."""
        if server_time is not None:
            self._set_clock(server_time)
        with self._lock:
            self._heard = elapsed()
            self._head = max(self._head, head)
            before = self._link
            self._link = replace(before, last_word_at=self._clock.now())
        link = self._looked()
        if replace(link, last_word_at=before.last_word_at) != before:
            self._tell(link)  # else the next tick does: under load words come by the dozen

    def reached(self, rev: int, head: int) -> None:
        """What is shown stands for `rev`; a synchronisation reports each page."""
        with self._lock:
            self._rev, self._head = rev, head
            share = None if rev >= head else round(rev / head, 2)
            self._link = replace(self._link, done_share=share)
        if share is not None and self._link.state is LinkState.OFFLINE:
            self._become(LinkState.CONNECTING, "")
        self.word(head)

    def live(self) -> None:
        """The seat has caught up and follows the stream."""
        with self._lock:
            self._link = replace(self._link, done_share=None)
        self._become(LinkState.LIVE, "")

    def tick(self) -> None:
        """Look at the time: live may have become lagging, or the other way round."""
        self._tell(self._looked())

    def _looked(self) -> Link:
        with self._lock:
            if not self._link.is_connected:
                link = self._link
            else:
                lag = self._lag(elapsed())
                state = LinkState.LIVE if lag < LATE_S else LinkState.LAGGING
                link = self._with_state(state, lag_s=float(int(lag)) if lag >= LATE_S else 0.0)
            self._link = link
            return link

    def _lag(self, now: float) -> float:
        if self._rev >= self._head:
            self._behind_since = None
        elif self._behind_since is None:
            self._behind_since = now
        behind = now - self._behind_since if self._behind_since is not None else 0.0
        return max(now - self._heard, behind, self._waiting_s())

    def _become(self, state: LinkState, code: str) -> None:
        with self._lock:
            if state is LinkState.LIVE:
                self._heard, self._behind_since = elapsed(), None
            link = self._link = self._with_state(state, detail=code, lag_s=0.0)
        self._tell(link)

    def _with_state(self, state: LinkState, **values: object) -> Link:
        since = self._link.since if state == self._link.state else self._clock.now()
        return replace(self._link, state=state, since=since, **values)  # type: ignore[arg-type]  # values are fields of Link

    def _set_clock(self, server_time: datetime) -> None:
        """Of all words of one connection the quickest one tells the server's time best."""
        offset = server_time.timestamp() - elapsed()
        known = self._offset_s
        if known is None or offset > known or known - offset > 10:
            self._offset_s = offset
            self._clock.set_server_time(server_time)
