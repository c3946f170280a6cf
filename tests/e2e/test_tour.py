"""`python main.py` on a machine without a screen: the shift story, its pictures, its report."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImageReader

from tests.support.backend_process import ROOT

LONGEST_S = 200


@pytest.mark.slow
@pytest.mark.timeout(LONGEST_S + 20)
def test_without_a_screen_the_story_is_played_and_reported(tmp_path: Path) -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY")
    blind = {name: value for name, value in os.environ.items() if name not in screens}
    played = subprocess.run(
        [sys.executable, "main.py", "--out", str(tmp_path)],
        cwd=ROOT, env=blind, capture_output=True, text=True, timeout=LONGEST_S, check=False,
    )  # fmt: skip
    report = (tmp_path / "report.md").read_text("utf-8")
    assert played.returncode == 0, report + played.stderr
    assert "No screen found" in played.stdout
    assert "Traceback" not in played.stderr
    rows = re.findall(r"^\| .* \| (\w+) \|$", report, re.MULTILINE)
    assert len(rows) > 10 and set(rows[1:]) == {"ok"}
    named = set(re.findall(r"!\[.*\]\((.*)\)", report))
    assert named == {path.name for path in tmp_path.glob("*.png")}
    assert len(named) > 10
    for name in named:
        size = QImageReader(str(tmp_path / name)).size()
        assert (size.width(), size.height()) == (1920, 1080), name
