"""Collect the texts of the screen for translation, and pack what is translated.

    python installers/translations.py

Brings resources/translations/en.ts up to date with the tr() and translate() calls of the code:
new texts come in as unfinished, unused ones go. Fill those in there (Qt Linguist or an editor),
then run it again: en.qm is what the desk loads. Chinese is the source and needs no file.
"""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import PySide6

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from installers.machine import ROOT

ENGLISH = ROOT / "resources" / "translations" / "en.ts"
ROOMS = ("app", "maps", "widgets")


def main() -> int:
    update(ENGLISH)
    release(ENGLISH, ENGLISH.with_suffix(".qm"))
    missing = unfinished(ENGLISH)
    for text in missing:
        print(f"not translated: {text}", file=sys.stderr)
    return 1 if missing else 0


def sources() -> list[Path]:
    """The files that may speak to a person, always in the same order."""
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def update(ts: Path) -> None:
    """Let `ts` hold exactly the texts of the code; what is translated stays."""
    ts.parent.mkdir(parents=True, exist_ok=True)
    languages = ["-source-language", "zh_CN", "-target-language", "en"]
    listing = ["-no-obsolete", "-locations", "none", "-silent"]
    _tool("lupdate", *map(str, sources()), *languages, *listing, "-ts", str(ts))


def release(ts: Path, qm: Path) -> None:
    _tool("lrelease", "-silent", str(ts), "-qm", str(qm))


def unfinished(ts: Path) -> list[str]:
    messages = ET.parse(ts).getroot().iter("message")  # noqa: S314 - our own file
    return [
        message.findtext("source", "")
        for message in messages
        if not message.findtext("translation") or message.find("translation[@type]") is not None
    ]


def _tool(name: str, *arguments: str) -> None:
    subprocess.run([str(Path(PySide6.__file__).parent / name), *arguments], check=True)


if __name__ == "__main__":
    sys.exit(main())
