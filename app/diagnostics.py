"""One zip for the person who helps: logs, settings without secrets, versions, counts."""

import json
import platform
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import Any

from app.api.codec import dropped
from app.domain.kinds import KINDS
from app.logs import without_secrets
from app.services import Services

PACKAGES = (
    "PySide6_Essentials", "PySide6-QtAds", "PyOpenGL", "numpy", "shapely", "requests", "SQLAlchemy",
    "msgspec", "fastapi", "uvicorn", "truststore",
)  # fmt: skip


def export(services: Services, target: Path, done: Callable[[str | None], None]) -> None:
    """Write the zip off the GUI thread: `done(None)`, or `done(reason)` on the GUI thread."""
    documents = {
        "settings.json": _settings(services),
        "link.json": asdict(services.link.now),
        "counts.json": _counts(services),
        "clock.json": {"skew_s": services.clock.skew_s, "now": services.clock.now()},
    }
    services.tasks.run(
        _write,
        services,
        target,
        documents,
        done=done,
        failed=lambda error: done(str(error)),
    )


def _settings(services: Services) -> dict[str, Any]:
    values = asdict(services.settings)
    return {name: without_secrets(str(value)) for name, value in values.items()}


def _counts(services: Services) -> dict[str, Any]:
    store = services.store
    outbox = Counter(str(item.state) for item in store.all("outbox").values())
    return {
        "store": {kind: len(store.all(kind)) for kind in KINDS},
        "outbox": dict(outbox),
        "dropped_messages": dict(dropped),
    }


def _write(services: Services, target: Path, documents: Mapping[str, Any]) -> None:
    """In a worker. Raises OSError."""
    cache = services.engine.sync.cache if services.engine is not None else None
    texts = {name: _json(content) for name, content in documents.items()}
    texts["versions.json"] = _json(_versions())
    texts["cache.json"] = _json(cache.counts() if cache is not None else None)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
        for folder in ("logs", "backend/logs"):
            for file in sorted((services.settings.data_dir / folder).glob("*.log*")):
                content = without_secrets(file.read_text("utf-8", "replace"))
                archive.writestr(f"{folder}/{file.name}", content)


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, default=str)


def _versions() -> dict[str, str]:
    found = {"python": sys.version, "platform": platform.platform()}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "?"
    return found
