"""The backend as its own process, its clock ahead of the machine's by some seconds.

    python -m tests.support.backend_at SECONDS --embedded --data DIR

With TEST_API in the environment it speaks just that version of the contract.
"""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from backend import serving
from backend.__main__ import main
from backend.context import Context, open_context
from backend.settings import Settings


def run(ahead: timedelta, api: str | None, arguments: list[str]) -> int:
    def open_ahead(settings: Settings) -> Context:
        return open_context(settings, lambda: datetime.now(UTC) + ahead)

    with ExitStack() as changes:
        changes.enter_context(patch.object(serving, "open_context", open_ahead))
        if api is not None:
            for name in ("backend.middleware", "backend.routes.health"):
                spoken = patch.multiple(sys.modules[name], API_MIN=int(api), API_MAX=int(api))
                changes.enter_context(spoken)
        return main(arguments)


if __name__ == "__main__":
    ahead = timedelta(seconds=float(sys.argv[1]))
    sys.exit(run(ahead, os.environ.get("TEST_API"), sys.argv[2:]))
