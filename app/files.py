"""Photos and other attachments, kept on disk by their content hash."""

import hashlib
import logging
import mimetypes
import os
import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QImageReader

from app.api.errors import ApiError
from app.cache.seat_files import PLACING, tidy
from app.domain.entry import Attachment
from app.paths import SeatFolder
from app.sync.sync import Sync
from app.tasks import TaskRunner

log = logging.getLogger(__name__)

LIMIT = 25_000_000
THUMBNAIL_PX = 256
FIRST_TIDY_MS, DAILY_MS = 5 * 60_000, 24 * 3_600_000


class _RefusedError(Exception):
    """A file that is not taken; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Files(QObject):
    """All work is done off the GUI thread; `done` is called on it."""

    def __init__(self, seat: SeatFolder, tasks: TaskRunner, sync: Sync) -> None:
        super().__init__()
        self._seat = seat
        self._folder = seat.blobs
        self._tasks = tasks
        self._sync = sync
        self._tidying = QTimer(self, interval=FIRST_TIDY_MS)

    def start(self, kept: timedelta) -> None:
        """Remove what nobody has needed for so long, when the seat is at rest, then daily."""

        def tidy_up() -> None:
            self._tidying.setInterval(DAILY_MS)
            self._tasks.run(tidy, self._seat, kept)

        self._tidying.timeout.connect(tidy_up)
        self._tidying.start()

    def shutdown(self) -> None:
        self._tidying.stop()

    def add(self, path: Path, done: Callable[[Attachment | None, str], None]) -> None:
        """Copy a file into the seat's folder: `done(attachment, sentence)`.

        No attachment: the sentence says why. With one, a sentence is a hint (not a picture).
        """

        def taken(attachment: Attachment) -> None:
            hint = attachment.width is None and attachment.media_type.startswith("image/")
            done(attachment, self.tr("这不是可显示的图片,将作为普通文件保存") if hint else "")

        self._tasks.run(
            partial(take, self._folder, path),
            done=taken,
            failed=lambda error: done(None, self._sentence(error)),
        )

    def thumbnail(self, sha256: str, done: Callable[[QImage | None], None]) -> None:
        """A picture of at most 256 px; None if it is none or cannot be had now."""
        self._tasks.run(lambda: self._thumbnail(sha256), done=done)

    def path(self, sha256: str, done: Callable[[Path | None], None]) -> None:
        """The file on this seat, fetched from the server if needed; None if it cannot be had."""
        self._tasks.run(lambda: self._fetched(sha256), done=done)

    def _sentence(self, error: Exception) -> str:
        if isinstance(error, _RefusedError) and error.code == "EMPTY":
            return self.tr("文件是空的")
        if isinstance(error, _RefusedError):
            return self.tr("文件超过 25 MB")
        log.warning("a file cannot be taken: %s", error)
        return self.tr("文件无法读取或保存:{reason}").format(
            reason=getattr(error, "strerror", None) or type(error).__name__
        )

    def _thumbnail(self, sha256: str) -> QImage | None:
        path = self._fetched(sha256)
        if path is None:
            return None
        reader = _reader(path)
        size = reader.size()
        if size.isValid():
            box = QSize(THUMBNAIL_PX, THUMBNAIL_PX)
            reader.setScaledSize(size.scaled(box, Qt.AspectRatioMode.KeepAspectRatio))
        image = reader.read()
        return None if image.isNull() else image

    def _fetched(self, sha256: str) -> Path | None:
        path = self._folder / sha256
        if path.exists():
            return path
        part = _part(self._folder)
        try:
            self._sync.asked(lambda token: self._sync.api.get_file(token, sha256, part))
            if _digest(part) == sha256:
                part.replace(path)
                return path
            log.warning("a file from the server does not match its hash")
        except (ApiError, OSError) as error:
            log.info("a file cannot be had now: %s", error)
        finally:
            part.unlink(missing_ok=True)
        return None


def take(folder: Path, path: Path) -> Attachment:
    """Copy into the folder under the content's hash. Raises OSError, _RefusedError."""
    size = path.stat().st_size
    if size == 0:
        raise _RefusedError("EMPTY")
    if size > LIMIT:
        raise _RefusedError("TOO_LARGE")
    part = _part(folder)
    try:
        digest = hashlib.sha256()
        with path.open("rb") as source, part.open("wb") as target:
            while chunk := source.read(1 << 20):
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        with PLACING:
            part.replace(folder / digest.hexdigest())
    finally:
        part.unlink(missing_ok=True)
    shown = _reader(path).size()
    return Attachment(
        sha256=digest.hexdigest(),
        name=path.name[:200],
        media_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        size=size,
        width=shown.width() if shown.isValid() else None,
        height=shown.height() if shown.isValid() else None,
    )


def _part(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{uuid.uuid4().hex}.part"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _reader(path: Path) -> QImageReader:
    """By content, not by name, and turned as the camera was held."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    return reader
