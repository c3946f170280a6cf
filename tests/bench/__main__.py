"""`python -m tests.bench [NAME]`: run one benchmark or all, each in a process of its own.

A benchmark is a module of this folder with `run() -> dict`: it prints its table, and the
dict becomes its last line, one JSON object. `--soak` runs those of `SOAKS` instead.
"""

import argparse
import importlib
import json
import os
import subprocess
import sys
import time

from app.imports import keep_imports_plain
from installers.machine import SetupError
from widgets.tour.screen import has_screen, virtual_screen

DESK = ("startup", "changes", "snapshot", "queue", "memory")
MAP = ("redraw", "pan", "recolour", "vehicles", "pick", "load", "idle")
VIDEO = ("cpu", "latency", "start", "recover")
BENCHES = (*DESK, *(f"map-{name}" for name in MAP), *(f"video-{name}" for name in VIDEO))
SOAKS = ("shift", "map-soak", "video-soak", "video-cycles", "video-truth")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("name", nargs="?", choices=(*BENCHES, *SOAKS))
    parser.add_argument("--soak", action="store_true")
    parser.add_argument("--here", action="store_true", help="in this process (used by itself)")
    options = parser.parse_args()
    if options.here:
        return _run_here(options.name)
    names = [options.name] if options.name else SOAKS if options.soak else BENCHES
    if has_screen():
        return _run_all(names, {})
    with virtual_screen() as display:
        return _run_all(names, {"DISPLAY": display})


def _run_all(names: list[str] | tuple[str, ...], extra: dict[str, str]) -> int:
    began = time.monotonic()
    failed = [name for name in names if _run_apart(name, extra)]
    if len(names) > 1:
        print(f"\n{len(names)} in {(time.monotonic() - began) / 60:.1f} minutes")
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


def _run_apart(name: str, extra: dict[str, str]) -> int:
    print(f"\n== {name}", flush=True)
    command = [sys.executable, "-m", "tests.bench", name, "--here"]
    return subprocess.run(command, env={**os.environ, **extra}, check=False).returncode


def _run_here(name: str) -> int:
    keep_imports_plain()  # as main.py does
    module = importlib.import_module(f"tests.bench.{name.replace('-', '_')}")
    try:
        figures = module.run()
    except SetupError as error:  # a program to measure beside is missing
        print(error)
        return 1
    print(json.dumps({"bench": name, **figures}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
