"""A test fails when a thread that it started outlives it.

Threads of session and module fixtures are there before the snapshot and may stay.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

# pools that live as long as the process, by the beginning of their thread names
SINGLETONS = ("Thread (pooled)", "tocc-pool", "execnet", "pytest_timeout")
PATIENCE = 2.0  # seconds for threads that were told to end


@pytest.fixture(autouse=True)
def _no_leaked_thread() -> Iterator[None]:
    before = {thread.ident for thread in threading.enumerate()}
    yield
    end = time.monotonic() + PATIENCE
    pause = threading.Event()
    while (leaked := _leaked(before)) and time.monotonic() < end:
        pause.wait(0.01)
    if leaked:
        pytest.fail(f"threads outlive the test: {', '.join(leaked)}", pytrace=False)


def _leaked(before: set[int | None]) -> list[str]:
    new = [thread for thread in threading.enumerate() if thread.ident not in before]
    names = [_name(thread) for thread in new if thread.is_alive()]
    return [name for name in names if name and not name.startswith(SINGLETONS)]


def _name(thread: threading.Thread) -> str:
    """Its name; for a thread that Qt started the one the system knows, empty once it has ended."""
    if not isinstance(thread, threading._DummyThread):
        return thread.name
    try:
        return Path(f"/proc/self/task/{thread.native_id}/comm").read_text().strip()
    except OSError:
        return ""
