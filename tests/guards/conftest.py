"""Runs a test text in a process of its own, with one guard only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

type RunGuarded = Callable[[str, str], pytest.RunResult]


@pytest.fixture
def run_guarded(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> RunGuarded:
    """run_guarded("log_guard", text of a test module)"""

    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # the others cost two seconds a run

    def run(guard: str, text: str) -> pytest.RunResult:
        pytester.makeconftest(f'pytest_plugins = ["tests.guards.{guard}"]')
        pytester.makeini(f"[pytest]\npythonpath = {ROOT}\nqt_log_level_fail = WARNING\n")
        pytester.makepyfile(text)
        return pytester.runpytest_subprocess("-p", "pytestqt.plugin")

    return run
