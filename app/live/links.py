"""Frames of link states, folded into what is known of every link."""

import logging
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.domain.live import LEVEL_BITS, NEVER_S, WORST, Head
from app.live.frames import Columns

log = logging.getLogger(__name__)

type Values = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class LinkPicture:
    """What was known of L links at `at` (seconds since 1970, the server's clock)."""

    values: Values  # (L, 2) with and against the link's direction
    seen_at: npt.NDArray[np.float64]  # (L,) seconds since 1970; 0: never
    at: float
    demo: bool
    has_news: bool  # the last frame told of any link

    def at_time(self, now: float, stale_s: float) -> Values:
        """(L, 2) values without the levels that are too old; what was ordered stays."""
        old = now - self.seen_at > stale_s
        return np.where(old[:, None], self.values & ~np.uint8(LEVEL_BITS), self.values)


class LinkFold:
    """Belongs to one channel's thread. What lies outside the present extent is kept, and ages."""

    def __init__(self, links: int) -> None:
        self._values = np.zeros((links, 2), dtype=np.uint8)
        self._seen_at = np.zeros(links)
        self._at = 0.0
        self.unknown_links = 0
        """States for links that do not exist: they were ignored."""

    def __call__(self, head: Head, columns: Columns) -> LinkPicture:
        if head.server_time < self._at:  # its clock was set back: nothing is newer than now
            np.minimum(self._seen_at, head.server_time, out=self._seen_at)
        self._at = head.server_time
        link = columns["link"]
        known = np.flatnonzero(link < len(self._seen_at))
        if len(known) < len(link):
            self._count(len(link) - len(known))
        rows = link[known]
        self._values[rows, 0] = _told(columns["with_value"][known])
        self._values[rows, 1] = _told(columns["against_value"][known])
        age = columns["age_s"][known]
        self._seen_at[rows] = np.where(age == NEVER_S, 0.0, head.server_time - age)
        return LinkPicture(
            values=self._values.copy(),
            seen_at=self._seen_at.copy(),
            at=head.server_time,
            demo=head.demo,
            has_news=bool(head.count),
        )

    def _count(self, strangers: int) -> None:
        if not self.unknown_links:
            log.warning("states for links that do not exist are ignored")
        self.unknown_links += strangers


def _told(values: Values) -> Values:
    """A level that this version does not know is no data; the marks stay."""
    return np.where(values & LEVEL_BITS > WORST, values & ~np.uint8(LEVEL_BITS), values)
