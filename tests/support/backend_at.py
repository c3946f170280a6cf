"""The backend as its own process, its clock ahead of the machine's by some seconds.

python -m tests.support.backend_at SECONDS --embedded --data DIR
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from backend import serving
from backend.__main__ import main
from backend.context import Context, open_context
from backend.settings import Settings


def run(ahead: timedelta, arguments: list[str]) -> int:
    def open_ahead(settings: Settings) -> Context:
        return open_context(settings, lambda: datetime.now(UTC) + ahead)

    with patch.object(serving, "open_context", open_ahead):
        return main(arguments)


if __name__ == "__main__":
    sys.exit(run(timedelta(seconds=float(sys.argv[1])), sys.argv[2:]))
