"""Fixtures and guards that every test gets. What is special to a room lives beside its tests."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest

pytest_plugins = [
    "pytester",
    "tests.guards.log_guard",
    "tests.guards.qt_guard",
    "tests.guards.thread_guard",
    "tests.screen",
    "tests.postgres",  # uses the screen module, so comes after it
]

hypothesis.settings.register_profile("tocc", deadline=None, print_blob=True)
hypothesis.settings.load_profile("tocc")

_HOME = pytest.StashKey[Path]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--on-screen", action="store_true", help="show the windows on your screen")


def pytest_configure(config: pytest.Config) -> None:
    """No test reads or writes what belongs to the person who runs it."""
    home = config.stash[_HOME] = Path(tempfile.mkdtemp(prefix="tocc-tests-"))
    foreign = ("TOCC_", "QT_", "http_proxy", "https_proxy", "all_proxy")
    for name in [
        name for name in os.environ if name.lower().startswith(tuple(map(str.lower, foreign)))
    ]:
        del os.environ[name]
    if not config.getoption("--on-screen"):
        os.environ.pop("DISPLAY", None)
        os.environ.pop("WAYLAND_DISPLAY", None)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(home / name.lower())
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    os.environ["TOCC_DATA_DIR"] = str(home / "data")
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    os.environ["LIBGL_ALWAYS_SOFTWARE"] = "1"


def pytest_unconfigure(config: pytest.Config) -> None:
    if _HOME in config.stash:
        shutil.rmtree(config.stash[_HOME], ignore_errors=True)


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own, also for the processes that it starts."""
    monkeypatch.setenv("TOCC_DATA_DIR", str(tmp_path))
    return tmp_path
