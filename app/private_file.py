"""Files that belong to one person alone: tokens, accounts, drafts, preferences."""

import os
from pathlib import Path


def write_private(path: Path, content: bytes) -> None:
    """Replace a file at one stroke; only its owner can read it. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
