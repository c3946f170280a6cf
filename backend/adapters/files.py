"""Attached files on disk under their own hash: written once, never changed."""

import contextlib
import os
import secrets
from pathlib import Path


class FileStore:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def new_part(self) -> Path:
        """A name for a file that is still coming in, on the same file system."""
        folder = self._folder / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / secrets.token_hex(16)

    def keep(self, part: Path, sha256: str) -> None:
        """Move a complete, synced file to its name; the rename makes it appear whole or not."""
        path = self.path(sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        part.replace(path)
        _sync_folder(path.parent)

    def clean(self) -> None:
        """Remove what an interrupted upload left behind."""
        for part in (self._folder / "incoming").glob("*"):
            part.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # not possible on Windows, and not needed there
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
