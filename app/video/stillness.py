"""Frozen, or merely quiet: compares key frames with key frames.

Between two key frames an encoder copies what hardly changed, so that the frames of a quiet
night are equal to the last pixel. A key frame is coded anew, noise and all: two of a living
camera always differ, two of a frozen one are equal as soon as the encoder chooses the same
strength twice. So each key frame looks for its like among all of the last seconds.
"""

from collections import deque
from statistics import median
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

ROWS, COLUMNS = 12, 16
KEPT_ROWS = 144
"""A thinned picture has about so many: single pixels, never averaged."""
BAND = 2
"""Rows of cells at the top and the bottom where a clock may run."""
USUAL = 20
"""Key frames from which the usual difference is taken."""
KNOWN = 6
ALIKE = 2
"""So many of the most similar key frames are looked at part by part, without the clock."""
LIGHT = 0.08
"""Share of brightness lost in most parts of the picture: the usual is learnt anew."""

type Luma = npt.NDArray[np.uint8]


class _Seen(NamedTuple):
    at: float
    thin: npt.NDArray[np.int16]
    tone: npt.NDArray[np.float64]


class _Difference(NamedTuple):
    share: float
    energy: float


class Stillness:
    def __init__(self, rule: dict[str, Any]) -> None:
        self._rule = rule
        self.forget()

    def forget(self) -> None:
        self._seen: deque[_Seen] = deque()
        self._running: deque[npt.NDArray[np.bool_]] = deque(maxlen=8)
        self._usual: deque[_Difference] = deque(maxlen=USUAL)
        self._echoes: deque[bool] = deque(maxlen=self._rule["of"])
        self._since: float | None = None
        self._calm = 0.0
        self.frozen = False

    def look_at(self, luma: Luma, now: float) -> None:
        """A key frame."""
        step = max(1, round(luma.shape[0] / KEPT_ROWS))
        thin = luma[::step, ::step].astype(np.int16)
        while self._seen and now - self._seen[0].at > self._rule["window_s"] and self._enough():
            self._seen.popleft()
        tone = _parts(thin).mean((1, 3))
        if self._is_darker(tone):
            self._usual.clear()
        least = self._least(thin, now)
        self._seen.append(_Seen(now, thin, tone))
        if least is not None:
            self._take(least, now)

    def _is_darker(self, tone: npt.NDArray[np.float64]) -> bool:
        """Lamps went out: what was usual says nothing any more. Headlights do not count."""
        if not self._seen:
            return False
        before = np.median([seen.tone for seen in self._seen], 0)
        return bool(np.median((before - tone) / (before + 8)) > LIGHT)

    def _enough(self) -> bool:
        """With stills far apart the window holds at least these."""
        return len(self._seen) > 3

    def _least(self, thin: npt.NDArray[np.int16], now: float) -> _Difference | None:
        """The difference from the most similar key frame of the window, but for the clock."""
        before = [seen for seen in self._seen if now - seen.at >= self._rule["apart_s"]]
        if not before:
            return None
        self._running.append(_cells(before[-1].thin, thin)[0] > 0)
        counted = ~_clock(self._running)
        before.sort(key=lambda seen: np.count_nonzero(seen.thin != thin))
        cells = [_cells(seen.thin, thin) for seen in before[:ALIKE]]
        return min(
            _Difference(float(shares[counted].mean()), float(np.median(energies[counted])))
            for shares, energies in cells
        )

    def _take(self, least: _Difference, now: float) -> None:
        known = len(self._usual) >= KNOWN
        echo = self._is_echo(least)
        self._echoes.append(echo)
        if not echo:
            self._usual.append(least)
        if not any(self._echoes):
            if self._since is not None:
                self._calm = max(self._calm, now - self._since)
            self._since, self.frozen = None, False
            return
        if self._since is None:
            self._since = now
        if known:
            enough = sum(self._echoes) >= self._rule["echoes"] or self._is_sure(least)
        else:
            last = list(self._echoes)[-self._rule["unknown_echoes"] :]
            enough = len(last) == self._rule["unknown_echoes"] and all(last)
            enough = enough and now - self._since >= self._rule["unknown_s"]
        patience = min(2 * self._calm, self._rule["calm_s"])
        self.frozen = self.frozen or (enough and now - self._since >= patience)

    def _is_sure(self, least: _Difference) -> bool:
        usual = median(usual.share for usual in self._usual)
        return bool(least.share <= self._rule["sure_share"] * usual)

    def _is_echo(self, least: _Difference) -> bool:
        rule = self._rule
        if len(self._usual) < KNOWN:
            return bool(least.share <= rule["unknown_share"])
        share = median(usual.share for usual in self._usual)
        energy = median(usual.energy for usual in self._usual)
        if least.share <= rule["echo_share"] * share:
            return True
        weak = least.share <= rule["weak_share"] * share and energy >= rule["least_energy"]
        return bool(weak and least.energy <= rule["weak_energy"] * energy)


def _cells(
    one: npt.NDArray[np.int16], other: npt.NDArray[np.int16]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """By part of the picture: the share of differing pixels, the mean squared difference."""
    parts = np.clip(_parts(one - other), -8, 8)
    return (parts != 0).mean((1, 3)), (parts * parts).mean((1, 3))


def _parts(thin: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
    tall, wide = thin.shape[0] // ROWS, thin.shape[1] // COLUMNS
    return thin[: tall * ROWS, : wide * COLUMNS].reshape(ROWS, tall, COLUMNS, wide)


def _clock(running: deque[npt.NDArray[np.bool_]]) -> npt.NDArray[np.bool_]:
    """Parts at the edge that change from each key frame to the next."""
    always = np.logical_and.reduce(list(running))
    always[BAND:-BAND] = False
    return np.asarray(always, np.bool_)
