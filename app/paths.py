"""Where the seat keeps its things: one folder per backend, in it one per user."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QLockFile

from app.text import translate


class SeatInUseError(Exception):
    """Another client works on this folder; the text is a translated sentence."""


@dataclass(frozen=True, slots=True)
class SeatFolder:
    """All files of this seat for one backend."""

    root: Path

    @classmethod
    def of(cls, data_dir: Path, backend_url: str | None) -> "SeatFolder":
        """The folder of a backend; None means the embedded one."""
        if backend_url is None:
            return cls(data_dir / "seat" / "embedded")
        host = re.sub(r"[^A-Za-z0-9.-]", "_", urlsplit(backend_url).netloc)
        digest = hashlib.sha256(backend_url.encode()).hexdigest()[:8]
        return cls(data_dir / "seat" / f"{host}-{digest}")

    @property
    def outbox(self) -> Path:
        return self.root / "outbox.sqlite3"

    @property
    def accounts(self) -> Path:
        return self.root / "accounts.json"

    @property
    def blobs(self) -> Path:
        return self.root / "files"

    @property
    def clock(self) -> Path:
        return self.root / "clock.json"

    def user(self, user_id: str) -> Path:
        return self.root / "users" / re.sub(r"[^A-Za-z0-9_.-]", "_", user_id)

    def cache(self, user_id: str) -> Path:
        return self.user(user_id) / "cache.sqlite3"

    def drafts(self, user_id: str) -> Path:
        return self.user(user_id) / "drafts"

    def preferences(self, user_id: str) -> Path:
        return self.user(user_id) / "preferences.json"

    def lock(self) -> QLockFile:
        """Keep other clients out while the answer lives. Raises SeatInUseError, OSError."""
        self.root.mkdir(parents=True, exist_ok=True)
        lock = QLockFile(str(self.root / "lock"))
        lock.setStaleLockTime(0)
        if not lock.tryLock(0):
            pid, _, _ = lock.getLockInfo()
            raise SeatInUseError(
                translate(
                    "Seat", "本机已有一个值班台在使用这些数据(进程 {pid}),请先关闭它。"
                ).format(pid=pid)
            )
        return lock
