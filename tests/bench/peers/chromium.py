"""A headless Chromium on the software renderer, told what to do through its debugging pipe."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import IO, Any

from installers.peers import CHROMIUM, require

# The pipe is file 3 (to the browser) and 4 (from it).
SHELL = ("sh", "-c", 'exec "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1', "sh")
FLAGS = (
    "--headless",
    "--no-sandbox",  # as root, in a container, there is none
    "--disable-dev-shm-usage",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-extensions",
    "--remote-debugging-pipe",
)


class Page:
    """One page. Raises RuntimeError for an answer that tells an error."""

    def __init__(self, to: IO[bytes], back: IO[bytes]) -> None:
        self._to, self._back, self._numbers = to, back, count(1)
        self._session: str | None = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]

    def call(self, method: str, **parameters: Any) -> Any:
        """The result of a command of the DevTools protocol."""
        order = {"id": next(self._numbers), "method": method, "params": parameters}
        if self._session:
            order["sessionId"] = self._session
        self._to.write(json.dumps(order).encode() + b"\0")
        self._to.flush()
        while True:
            answer = json.loads(self._message())
            if answer.get("id") == order["id"]:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def evaluate(self, code: str) -> Any:
        """The value of an expression, once it is fulfilled when it is a promise."""
        told = self.call("Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in told:
            raise RuntimeError(str(told["exceptionDetails"]))
        return told["result"].get("value")

    def _message(self) -> bytes:
        parts = bytearray()
        while (byte := self._back.read(1)) not in (b"\0", b""):
            parts += byte
        if not byte:
            raise RuntimeError("Chromium has ended")
        return bytes(parts)


@contextmanager
def page(width: int, height: int) -> Iterator[Page]:
    """A page of this size."""
    require(CHROMIUM)
    with tempfile.TemporaryDirectory(prefix="tocc-chromium-", ignore_cleanup_errors=True) as data:
        command = [*SHELL, "chromium", *FLAGS, f"--user-data-dir={data}"]
        size = f"--window-size={width},{height}"
        process = subprocess.Popen([*command, size], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            shown = Page(process.stdin, process.stdout)
            shown.call(
                "Emulation.setDeviceMetricsOverride",
                width=width, height=height, deviceScaleFactor=1, mobile=False,
            )  # fmt: skip
            yield shown
        finally:
            process.stdin.close()  # the browser ends with its pipe
            process.wait(30)
            process.stdout.close()
