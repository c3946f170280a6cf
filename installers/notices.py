"""Write THIRD-PARTY-NOTICES.md: what runs inside the desk, under which licence, with its words.

Run it with the Python of .venv after every change of installers/requirements.lock (`make notices`).
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from installers.lock import HERE, pins

TARGET = HERE.parent / "THIRD-PARTY-NOTICES.md"
HEAD = """\
# Third-party notices

TOCC Desk is licensed under Apache-2.0 (see LICENSE). It runs with the packages below, which keep
their own licences. Qt for Python, PySide6-QtAds and psycopg are used under the LGPL: unchanged, as
separate shared libraries that may be replaced. The wheels of av (PyAV) carry FFmpeg (LGPL-3.0 or
later) with, among others, x264 and x265 (GPL-2.0 or later): docs/dependencies.md tells what that
means for whoever passes on a packed desk. This file is made by `make notices`; the origin of
map and demo data is told in docs/data.md. resources/demo/video/street-*.mp4 are made of
"car-detection.mp4" (intel-iot-devkit/sample-videos of GitHub; CC BY 4.0,
https://creativecommons.org/licenses/by/4.0/): cut, scaled and encoded anew.

| package | version | licence |
|---|---|---|
"""


def licence(package: metadata.PackageMetadata) -> str:
    """The licence in few words: expression, short free text, or classifiers."""
    named = package.get("License-Expression") or package.get("License") or ""
    if named and len(named) < 80 and "\n" not in named:
        return str(named).replace("|", "/")
    classifiers = [str(value) for value in package.get_all("Classifier") or []]
    short = [c.rpartition(" :: ")[2] for c in classifiers if c.startswith("License ::")]
    return ", ".join(short) or str(named).splitlines()[0]


def texts(distribution: metadata.Distribution) -> list[str]:
    """The licence and notice files that the package brings, the package's own first."""
    files = sorted(distribution.files or [], key=lambda path: len(path.parts))
    inside = [f for f in files if any(part.endswith(".dist-info") for part in f.parts)]
    wanted = [f for f in inside if re.match(r"(?i)(licen[cs]e|copying|notice)", f.name)]
    found = [Path(str(f.locate())).read_text(encoding="utf-8", errors="replace") for f in wanted]
    return [re.sub(r"(?m)[ \t]+$", "", text).strip("\n") for text in found]


def main() -> int:
    rows, words = [], []
    seen: dict[str, str] = {}
    for name, version in pins((HERE / "requirements.lock").read_text(encoding="utf-8")).items():
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            rows.append(f"| {name} | {version} | only installed on another system |")
            continue
        rows.append(f"| {name} | {version} | {licence(distribution.metadata)} |")
        words.append(f"## {name}\n")
        for text in texts(distribution):
            first = seen.setdefault(text, name)
            known = f"The same words as {first}.\n"
            words.append(f"````text\n{text}\n````\n" if first == name else known)
    TARGET.write_text(HEAD + "\n".join(rows) + "\n\n" + "\n".join(words), encoding="utf-8")
    print(f"{TARGET.name}: {len(rows)} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
