"""Live channels for widget tests: what comes is what a test brings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.domain.live import LiveKind
from app.live.channel import Channel, Fold, View
from app.live.frames import FrameReader
from app.live.live import Live


class FakeChannel(Channel):
    """`network` is what its links must be of. `bring(frame)` folds and shows at once, until it is closed."""

    def __init__(self, kind: LiveKind, view: View, fold: Fold, show: Callable[[Any], None]) -> None:
        self.kind, self.views, self.network, self.is_open = kind, [view], "", True
        self._fold, self._show = fold, show

    def bring(self, frame: bytes) -> None:
        if self.is_open:
            for head, columns in FrameReader().feed(frame):
                self._show(self._fold(head, columns))

    def look_at(self, view: View) -> None:
        self.views.append(view)

    def close(self) -> None:
        self.is_open = False


class FakeLive(Live):
    """`opened` keeps every channel; nothing comes but what a test brings."""

    def __init__(self) -> None:
        self.opened: list[FakeChannel] = []

    def open(
        self,
        kind: LiveKind,
        view: View,
        fold: Fold,
        show: Callable[[Any], None],
        network: str = "",
    ) -> FakeChannel:
        self.opened.append(FakeChannel(kind, view, fold, show))
        self.opened[-1].network = network
        return self.opened[-1]

    def channel(self, kind: LiveKind) -> FakeChannel:
        """The newest of a kind."""
        return next(c for c in reversed(self.opened) if c.kind is kind)
