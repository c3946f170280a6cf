"""Attached files: taken in by hash, handed out to those who see a case that uses them."""

import hashlib
import os
from pathlib import Path

from sqlalchemy import insert, select

from app.domain.roles import WRITERS, may_watch
from backend.adapters.tables import entity as rows
from backend.adapters.tables import file as files
from backend.adapters.tables import file_use
from backend.adapters.unit import Unit
from backend.context import Context
from backend.problems import Problem
from backend.services.sessions import SignedIn
from backend.services.sight import in_sight, with_case


class Intake:
    """One upload. `write` as it comes, `finish` once; `abandon` is harmless after it."""

    def __init__(self, context: Context, asking: SignedIn, sha256: str, media_type: str) -> None:
        if asking.user.role not in WRITERS:
            raise Problem("NOT_ALLOWED")
        self._context, self._asking = context, asking
        self._sha256, self._media_type = sha256, media_type[:200]
        self._part = context.files.new_part()
        self._file = self._part.open("xb")
        self._hash, self._size = hashlib.sha256(), 0

    def write(self, chunk: bytes) -> None:
        """Raises Problem TOO_LARGE."""
        self._size += len(chunk)
        if self._size > self._context.settings.file_limit:
            raise Problem("TOO_LARGE", limit=self._context.settings.file_limit)
        self._hash.update(chunk)
        self._file.write(chunk)

    def finish(self) -> bool:
        """True if the file is new. Raises Problem HASH_MISMATCH."""
        if self._hash.hexdigest() != self._sha256:
            raise Problem("HASH_MISMATCH")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._context.files.keep(self._part, self._sha256)
        return self._context.change(self._register)

    def abandon(self) -> None:
        self._file.close()
        self._part.unlink(missing_ok=True)

    def _register(self, unit: Unit) -> bool:
        query = select(files.c.sha256).where(files.c.sha256 == self._sha256)
        if unit.connection.scalar(query) is not None:
            return False
        row = {
            "sha256": self._sha256,
            "media_type": self._media_type,
            "size": self._size,
            "by_user": self._asking.user.id,
            "at": self._context.now(),
        }
        unit.connection.execute(insert(files), row)
        return True


def find(context: Context, asking: SignedIn, sha256: str) -> tuple[Path, str]:
    """Path and media type. Raises Problem NOT_FOUND, also for what lies out of sight."""
    used_by = select(file_use.c.entry_id).where(file_use.c.sha256 == sha256)
    uses = with_case(rows.c.id).where(rows.c.kind == "entry").where(rows.c.id.in_(used_by))
    with context.database.read() as connection:
        row = connection.execute(select(files).where(files.c.sha256 == sha256)).one_or_none()
        seen = row is not None and (
            row.by_user == asking.user.id
            or any(in_sight(asking.user, "entry", *use[1:]) for use in connection.execute(uses))
            or any(
                may_watch(asking.user, camera.place)
                for camera_id in connection.scalars(used_by)
                if (camera := Unit(connection).get("camera", camera_id)) is not None
            )
        )
    if row is None or not seen or not context.files.has(sha256):
        raise Problem("NOT_FOUND")
    return context.files.path(sha256), row.media_type
