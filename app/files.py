"""Photos and other attachments, kept on disk by their content hash."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from app.domain.entry import Attachment


class Files(QObject):
    """All work is done off the GUI thread; `done` is called on it."""

    def add(self, path: Path, done: Callable[[Attachment | None, str], None]) -> None:
        """Copy a file into the seat's folder: `done(attachment, sentence)`.

        No attachment: the sentence says why. With one, a sentence is a hint (not a picture).
        """
        raise NotImplementedError

    def thumbnail(self, sha256: str, done: Callable[[QImage | None], None]) -> None:
        """A picture of at most 256 px; None if it is none or cannot be had now."""
        raise NotImplementedError

    def path(self, sha256: str, done: Callable[[Path | None], None]) -> None:
        """The file on this seat, fetched from the server if needed; None if it cannot be had."""
        raise NotImplementedError
