"""Pin every dependency with its hashes: requirements*.in -> requirements*.lock.

    python installers/lock.py [--upgrade]

Needs uv. Versions already locked stay unless they no longer fit or --upgrade is given. The locks
serve Linux and Windows, name no index, and every package in them comes as a wheel.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCKS = ("requirements", "requirements-dev", "requirements-uv")
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)( ; .+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def main(options: list[str]) -> int:
    for name in LOCKS:
        compile_lock(name, options)
    runtime, dev = (pins((HERE / f"{name}.lock").read_text()) for name in LOCKS[:2])
    differing = sorted(name for name in runtime if dev.get(name) != runtime[name])
    if differing:
        print(f"test and runtime lock differ in {', '.join(differing)}", file=sys.stderr)
        return 1
    print(f"{len(runtime)} packages to run, {len(dev)} to test")
    return 0


def compile_lock(name: str, options: list[str]) -> None:
    oldest = "3.8" if name == "requirements-uv" else "3.12"
    command = ["uv", "pip", "compile", "--universal", "--python-version", oldest]
    command += ["--generate-hashes", "--only-binary", ":all:", "--quiet", *options]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url"]
    if name == "requirements-dev":
        command += ["--constraint", "requirements.lock"]
    command += [f"{name}.in", "--output-file", f"{name}.lock"]
    subprocess.run(command, cwd=HERE, check=True)
    pins((HERE / f"{name}.lock").read_text())


def pins(lock: str) -> dict[str, str]:
    """Package -> version; ValueError for a line that is neither a pin nor its hash."""
    found: dict[str, str] = {}
    for line in lock.splitlines():
        if pin := PINNED.match(line):
            found[pin[1]] = pin[2]
        elif not HASH.match(line):
            raise ValueError(f"not a pin with hashes: {line}")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
