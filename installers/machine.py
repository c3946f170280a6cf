"""How the set-up asks the machine and tells the person. Python 3.8, standard library only."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = os.name == "nt"


class SetupError(Exception):
    """What the person has to do, in Chinese and English."""


def headless() -> bool:
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def say(chinese: str, english: str) -> None:
    print(f"[tocc] {chinese} | {english}", flush=True)


def output(*command: str | Path) -> str | None:
    """The standard output of a command, or None when it is missing or fails."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=60,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def succeeds(*command: str | Path, **variables: str) -> bool:
    """Run a command that the person may watch, but not answer."""
    environment = dict(os.environ, **variables)
    parts = [str(part) for part in command]
    return subprocess.call(parts, env=environment, stdin=subprocess.DEVNULL) == 0
