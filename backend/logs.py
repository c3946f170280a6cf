"""JSON lines in rotating files. What is logged is listed here: no bodies, no tokens."""

import json
import logging
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

_EXTRA = ("request_id", "method", "path", "status", "ms", "user")
_FILES = 5


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in _EXTRA if hasattr(record, name)}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def log_to(folder: Path, limit: int) -> None:
    """`limit` bytes per file, five files."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "backend.log", maxBytes=limit, backupCount=_FILES - 1, encoding="utf-8"
    )
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for noisy in ("alembic", "sqlalchemy", "uvicorn.error"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
