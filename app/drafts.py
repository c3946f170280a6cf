"""Half-typed reports of the user: on disk within 300 ms of the last key."""

import json
import logging
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from app.private_file import write_private

log = logging.getLogger(__name__)

GATHER_S = 0.15


class Drafts:
    """JSON objects by id. Reading is from memory, writing is done on a thread of its own."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._drafts: dict[str, dict[str, Any]] = {}
        self._dirty: dict[Path, bytes | None] = {}
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="tocc-drafts")
        self._thread.start()

    def save(self, draft_id: str, draft: Mapping[str, Any]) -> None:
        self._drafts.pop(draft_id, None)
        self._drafts[draft_id] = dict(draft)
        self._put(draft_id, json.dumps(self._drafts[draft_id], ensure_ascii=False).encode())

    def load(self, draft_id: str) -> dict[str, Any] | None:
        return self._drafts.get(draft_id)

    def drop(self, draft_id: str) -> None:
        if self._drafts.pop(draft_id, None) is not None:
            self._put(draft_id, None)

    def ids(self) -> list[str]:
        """The user's drafts, the newest first."""
        return list(reversed(self._drafts))

    def use(self, folder: Path | None, drafts: dict[str, dict[str, Any]]) -> None:
        """Take over another user's drafts, as `read` found them. None: nobody is signed in."""
        self._folder, self._drafts = folder, drafts

    @staticmethod
    def read(folder: Path) -> dict[str, dict[str, Any]]:
        """The drafts of a folder, the oldest first. Off the GUI thread."""
        if not folder.is_dir():
            return {}
        found: dict[str, dict[str, Any]] = {}
        for file in sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime):
            try:
                draft = json.loads(file.read_text("utf-8"))
            except (OSError, ValueError) as error:
                log.warning("a draft cannot be read: %s", error)
                continue
            if isinstance(draft, dict):
                found[unquote(file.stem)] = draft
        return found

    def shutdown(self) -> None:
        """Write what is left, then stop."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join()

    def _put(self, draft_id: str, content: bytes | None) -> None:
        if self._folder is not None:
            with self._changed:
                self._dirty[self._folder / f"{quote(draft_id, safe='')}.json"] = content
                self._changed.notify_all()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._dirty or self._closed)
                end = time.monotonic() + GATHER_S
                while not self._closed and (left := end - time.monotonic()) > 0:
                    self._changed.wait(left)
                dirty, self._dirty = self._dirty, {}
                if not dirty and self._closed:
                    return
            for path, content in dirty.items():
                self._write(path, content)

    def _write(self, path: Path, content: bytes | None) -> None:
        try:
            if content is None:
                path.unlink(missing_ok=True)
            else:
                write_private(path, content)
        except OSError as error:
            log.warning("a draft cannot be saved: %s", error)
