"""The client's log: rotating files, written off the GUI thread, without secrets."""

import atexit
import logging
import logging.handlers
import queue
import re
import time
from collections.abc import Callable
from pathlib import Path

FILE = "desk.log"
FILE_BYTES = 5_000_000
FILES_KEPT = 5

_SECRETS = re.compile(
    r"(?P<name>(?:access_token|refresh_token|password|authorization)[\"']?\s*[:=]\s*[\"']?"
    r"(?:Bearer\s+)?|Bearer\s+)[^\s\"',;}&]+",
    re.IGNORECASE,
)
_LOGIN_IN_URL = re.compile(r"(?P<scheme>\w+://)[^/\s@]+@")


def without_secrets(text: str) -> str:
    """The same text with tokens, passwords and logins inside URLs blotted out."""
    return _LOGIN_IN_URL.sub(r"\g<scheme>***@", _SECRETS.sub(r"\g<name>***", text))


class Formatter(logging.Formatter):
    """UTC time, level, thread, logger, words. Never a secret, whoever logged it."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")
        self.default_msec_format = "%s.%03d"

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


def set_up_logs(data_dir: Path, level: int = logging.INFO) -> Callable[[], None]:
    """Send all logging to `logs/` in the folder; call the answer to flush and stop early.

    Raises OSError when the folder cannot be made.
    """
    folder = data_dir / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    file = logging.handlers.RotatingFileHandler(
        folder / FILE, maxBytes=FILE_BYTES, backupCount=FILES_KEPT - 1, encoding="utf-8", delay=True
    )
    formatter = Formatter()
    formatter.converter = time.gmtime
    file.setFormatter(formatter)
    lines: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    door = logging.handlers.QueueHandler(lines)
    listener = logging.handlers.QueueListener(lines, file)
    root = logging.getLogger()
    root.addHandler(door)
    root.setLevel(level)
    logging.getLogger("urllib3").setLevel(logging.WARNING)
    listener.start()

    def stop() -> None:
        root.removeHandler(door)
        listener.stop()
        file.close()
        atexit.unregister(stop)

    atexit.register(stop)
    return stop
