"""The handle on a seat in another process: orders, answers, kill -9."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.support.backend_process import PASSWORD, ROOT
from tests.support.handbook import DISPATCHER

PATIENCE_S = 30
POLL_S = 0.02


class RemoteSeat:
    """Every call waits for the seat's answer."""

    def __init__(self, url: str, data_dir: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.seat_process", url, str(data_dir)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def tell(self, name: str, *args: Any) -> Any:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps([name, *args]) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def until(self, wanted: Any, name: str, *args: Any) -> None:
        """Ask until this is the answer. Fails after a long while."""
        end = time.monotonic() + PATIENCE_S
        while (answer := self.tell(name, *args)) != wanted:
            assert time.monotonic() < end, f"{name}: {answer}, not {wanted}"
            self._pause()

    def sign_in(self) -> None:
        assert self.tell("sign_in", DISPATCHER.username, PASSWORD) is None

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        self.close()

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()
        try:
            self._process.wait(PATIENCE_S)
        finally:
            self._process.kill()
            self._process.wait()

    def _pause(self) -> None:
        try:
            self._process.wait(POLL_S)
        except subprocess.TimeoutExpired:
            return
        raise AssertionError("the seat has ended")
