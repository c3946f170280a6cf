"""A seat whose clock is wrong is told so, and counts right even before the next link."""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QObject

from app.clock import Clock
from app.link import Link, LinkState, LinkStatus
from app.messages import Level, Messages

log = logging.getLogger(__name__)

NOTABLE_S = 60.0


def known_clock(file: Path) -> Clock:
    """A clock that is set as the server set it the last time."""
    clock = Clock()
    try:
        skew_s = float(json.loads(file.read_text("utf-8"))["skew_s"])
    except (OSError, ValueError, KeyError, TypeError):
        return clock
    clock.set_server_time(datetime.now(UTC) - timedelta(seconds=skew_s))
    return clock


class ClockWatch(QObject):
    """`save(content)` keeps the difference for the next start, off the GUI thread."""

    def __init__(
        self, clock: Clock, link: LinkStatus, messages: Messages, save: Callable[[bytes], None]
    ) -> None:
        super().__init__()
        self._clock = clock
        self._messages = messages
        self._save = save
        self._told_s = 0.0
        self._state = link.now.state
        link.changed.connect(self._on_link_changed)

    def _on_link_changed(self, link: Link) -> None:
        before, self._state = self._state, link.state
        skew_s = self._clock.skew_s
        if link.state is not LinkState.LIVE or before is LinkState.LIVE or skew_s is None:
            return
        self._save(json.dumps({"skew_s": skew_s}).encode())
        if abs(skew_s - self._told_s) > NOTABLE_S:
            self._told_s = skew_s
            self._tell(skew_s)

    def _tell(self, skew_s: float) -> None:
        if abs(skew_s) < NOTABLE_S:
            return
        words = (
            self.tr("本机时钟快 {minutes} 分钟")
            if skew_s > 0
            else self.tr("本机时钟慢 {minutes} 分钟")
        )
        text = words.format(minutes=round(abs(skew_s) / 60))
        self._messages.post(
            Level.WARN, self.tr("{what},已按服务器时间计时,请校准").format(what=text), key="clock"
        )
