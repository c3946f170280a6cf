"""The small picture of a preset, taken from the stream of the tile in hand."""

import os
import tempfile
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from app.domain.entry import Attachment
from app.held import Held
from app.services import Services

if TYPE_CHECKING:
    from app.video.player import Player
    from app.video.snapshot import Snapshot

WIDTH_PX: Final = 480
QUALITY: Final = 85

type Done = Callable[[str], None]


class Photographer:
    """`player()` is that of the tile in hand. Call it with `done(sha256)`, empty if there is no
    picture now."""

    def __init__(self, services: Services, player: "Callable[[], Player | None]") -> None:
        self._services = services
        self._player = player
        self._waiting = Held[Done]()

    def __call__(self, done: Done) -> None:
        player = self._player()
        if player is None:
            done("")
            return
        ticket = self._waiting.keep(done)
        # the stream's thread must not be the last to hold what hangs on this
        player.snapshot(
            partial(_hand_over, self._services.tasks.post, weakref.WeakMethod(self._taken), ticket)
        )

    def _taken(self, ticket: int, snapshot: "Snapshot | None") -> None:
        if snapshot is None:
            self._tell(ticket, "")
            return
        self._services.tasks.run(
            develop,
            snapshot,
            done=partial(self._developed, ticket),
            failed=lambda _error: self._tell(ticket, ""),
        )

    def _developed(self, ticket: int, path: Path) -> None:
        def added(attachment: Attachment | None, _hint: str) -> None:
            self._services.tasks.run(path.unlink, True)
            self._tell(ticket, attachment.sha256 if attachment is not None else "")

        self._services.files.add(path, added)

    def _tell(self, ticket: int, sha256: str) -> None:
        done = self._waiting.take(ticket)
        if done is not None:
            done(sha256)


def _hand_over(
    post: Callable[[Callable[[], None]], None],
    taken: "weakref.WeakMethod[Callable[[int, Snapshot | None], None]]",
    ticket: int,
    snapshot: "Snapshot | None",
) -> None:
    def call() -> None:
        method = taken()
        if method is not None:
            method(ticket, snapshot)

    post(call)


def develop(snapshot: "Snapshot") -> Path:
    """A JPEG file of at most WIDTH_PX; in a worker. Raises OSError."""
    height, width = snapshot.pixels.shape[:2]
    image = QImage(snapshot.pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)
    if width > WIDTH_PX:
        image = image.scaledToWidth(WIDTH_PX, Qt.TransformationMode.SmoothTransformation)
    handle, name = tempfile.mkstemp(prefix="preset-", suffix=".jpg")
    os.close(handle)
    if not image.save(name, quality=QUALITY):
        Path(name).unlink()
        raise OSError("the picture cannot be written")
    return Path(name)
