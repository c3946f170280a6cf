"""Black, covered, out of focus: against what the same camera showed shortly before.

Fine contrast is that between neighbours two pixels wide, so that noise counts little; coarse
between patches eight wide. A lens out of focus loses the fine alone; fog, dusk and another
exposure weaken both alike.
"""

from collections import deque
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from app.video.status import Look

ROWS, COLUMNS = 9, 12
SAMPLED_ROWS = 108
KEPT_S = 2.0
"""So long the picture of before is not worked out anew."""
type Luma = npt.NDArray[np.uint8]
type Cells = npt.NDArray[np.float32]


class _View(NamedTuple):
    at: float
    fine: Cells  # mean squared step, by part of the picture
    coarse: Cells


class Clarity:
    def __init__(self, black: dict[str, Any], blurred: dict[str, Any]) -> None:
        self._black, self._blurred = black, blurred
        self.forget()

    def forget(self) -> None:
        self._views: deque[_View] = deque()
        self._reference: _View | None = None
        self._kept: tuple[float, _View | None] | None = None
        self._black_since: float | None = None
        self._poor_since: float | None = None
        self._look = Look.UNKNOWN

    def look_at(self, luma: Luma, now: float) -> Look:
        sample = luma[:: max(1, round(luma.shape[0] / SAMPLED_ROWS))].astype(np.float32)
        fine = _halved(sample)
        coarse = _halved(_halved(fine))
        if self._is_black(coarse, now):
            return Look.BLACK
        view = _View(now, _energy(fine, 1), _energy(coarse, 2))
        self._views.append(view)
        while now - self._views[0].at > self._blurred["before_s"][1]:
            self._views.popleft()
        reference = self._reference or self._before(now)
        if reference is None:
            return Look.GOOD
        return Look.BLURRED if self._is_poor(reference, now) else Look.GOOD

    def _is_black(self, coarse: Cells, now: float) -> bool:
        """Without the bands where a clock may stand; patches, so that noise does not count."""
        rule = self._black
        band = int(len(coarse) * rule["band"])
        patches = _halved(coarse[band : len(coarse) - band].T)
        low, high = np.percentile(patches, (2, 99.8))
        if patches.mean() > rule["mean"] or high - low > rule["contrast"]:
            self._black_since = None
            return False
        self._black_since = now if self._black_since is None else self._black_since
        return bool(now - self._black_since >= rule["held_s"])

    def _before(self, now: float) -> _View | None:
        """The usual view of a short while ago; None while too little of it was seen."""
        latest, earliest = self._blurred["before_s"]
        if self._kept is not None and now - self._kept[0] < KEPT_S:
            return self._kept[1]
        old = [view for view in self._views if latest <= now - view.at <= earliest]
        before = _usual(old) if len(old) >= 4 else None
        self._kept = (now, before)
        return before

    def _is_poor(self, reference: _View, now: float) -> bool:
        rule = self._blurred
        newest = [view for view in self._views if now - view.at <= rule["current_s"]]
        if not _is_poor(_usual(newest), reference, rule):
            self._poor_since = self._reference = None
            return False
        if self._poor_since is None:
            self._poor_since, self._reference = now, reference
        return bool(now - self._poor_since >= rule["held_s"])


def _halved(sample: Cells) -> Cells:
    """Two columns become one."""
    wide = sample.shape[1] // 2 * 2
    return (sample[:, 0:wide:2] + sample[:, 1:wide:2]) * np.float32(0.5)


def _energy(sample: Cells, distance: int) -> Cells:
    """Mean squared step over so many columns, by part of the picture."""
    step = sample[:, distance:] - sample[:, :-distance]
    step *= step
    rows = np.linspace(0, step.shape[0], ROWS, endpoint=False, dtype=int)
    columns = np.linspace(0, step.shape[1], COLUMNS, endpoint=False, dtype=int)
    total = np.add.reduceat(np.add.reduceat(step, rows, 0), columns, 1)
    return np.asarray(total * (ROWS * COLUMNS / step.size), np.float32)


def _usual(views: list[_View]) -> _View:
    fine = np.median([view.fine for view in views], 0)
    return _View(views[-1].at, fine, np.median([view.coarse for view in views], 0))


def _is_poor(view: _View, reference: _View, rule: dict[str, Any]) -> bool:
    """Where there was contrast, nearly all of it is gone, or its fine part is."""
    had = reference.coarse > rule["least_contrast"] ** 2
    if had.sum() < had.size / 10:
        return False
    contrast = np.sqrt(view.coarse[had] / reference.coarse[had])
    if np.percentile(contrast, 70) < rule["contrast"]:
        return True
    sharp = np.sqrt(view.fine[had] / np.maximum(reference.fine[had], 0.01)) / contrast.clip(0.01)
    return bool(np.median(contrast) > rule["kept"] and np.median(sharp) < rule["sharpness"])
