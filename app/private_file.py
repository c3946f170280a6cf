"""Files that belong to one person alone: tokens, accounts, drafts, preferences."""

import os
import threading
from pathlib import Path

_one_at_a_time = threading.Lock()  # the new content has one name until it takes the place


def write_private(path: Path, content: bytes) -> None:
    """Replace a file at one stroke; only its owner can read it. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    with _one_at_a_time:
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
