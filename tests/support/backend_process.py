"""A real backend process with data of the test's own, its time, and its sudden end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app.domain.people import User
from backend.context import open_context
from backend.services.seeding import load
from backend.services.users import add_users
from backend.settings import Settings

ROOT = Path(__file__).parents[2]
END_S = 30
PASSWORD = "night-shift-26"


class BackendProcess:
    """`at` is what its clock shows when this is made; a restart does not set it back."""

    def __init__(
        self, data_dir: Path, database_url: str = "", at: datetime | None = None, **environment: str
    ) -> None:
        self.settings = Settings(data_dir=data_dir, database_url=database_url)
        self.url = ""
        self._ahead = at - datetime.now(UTC) if at else timedelta()
        self.environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def pass_time(self, span: timedelta) -> None:
        """Its clock has gone on when it is started again."""
        self._ahead += span

    def seed(self, entities: Iterable[Any], users: Iterable[User]) -> None:
        """Fill the database; everybody's password is PASSWORD. Not while it runs on SQLite."""
        context = open_context(self.settings, self.now)
        try:
            load(context, entities)
            add_users(context, [(user, PASSWORD) for user in users])
        finally:
            context.close()

    def start(self) -> str:
        """Start it on a free port, wait until it answers, return its address."""
        self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        ahead = str(self._ahead.total_seconds())
        options = ["--embedded", "--data", str(self.settings.data_dir), "--url", self.settings.url]
        with (self.settings.data_dir / "stderr.log").open("ab") as stderr:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.backend_at", ahead, *options],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                env={**os.environ, **self.environment},
            )
        assert self._process.stdout is not None
        self.url = f"http://127.0.0.1:{json.loads(self._process.stdout.readline())['port']}"
        return self.url

    def kill(self) -> None:
        """kill -9."""
        assert self._process is not None
        self._process.kill()
        self._reap()

    def close(self) -> None:
        """Ask it to end, and wait."""
        if self._process is not None:
            self._reap()

    def _reap(self) -> None:
        process, self._process = self._process, None
        assert process is not None
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            process.wait(END_S)
        finally:
            process.kill()
            process.wait()
