"""How the seat stands with its backend, in words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject, Signal


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
    never. `lag_s`: age of what is shown, in seconds. `detail`: a translated sentence."""

    state: LinkState = LinkState.SIGNED_OUT
    since: datetime | None = None
    last_word_at: datetime | None = None
    lag_s: float = 0.0
    server_version: str = ""
    detail: str = ""


class LinkStatus(QObject):
    """Signals: changed(Link)."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.now = Link()

    def show(self, link: Link) -> None:
        """Take the newest word on the link. Only app.sync calls it."""
        if link != self.now:
            self.now = link
            self.changed.emit(link)
