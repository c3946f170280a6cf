"""A virtual screen for the tests, so that no window ever opens on the developer's own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PySide6.QtWidgets import QApplication

_SERVER = pytest.StashKey[subprocess.Popen[bytes]]()


def tied_to_parent(signal_name: str) -> list[str]:
    """Command prefix: the child gets the signal should the test run die without a word."""
    linux = sys.platform.startswith("linux")
    return ["setpriv", "--pdeathsig", signal_name] if linux else []


@pytest.fixture(scope="session")
def virtual_screen(pytestconfig: pytest.Config) -> str:
    """The DISPLAY of an X server of this run, 1920×1080, also set for child processes.

    The server ends with this process, not before: pytest-qt keeps its application to the end.
    """
    if not sys.platform.startswith("linux") or pytestconfig.getoption("--on-screen"):
        return os.environ.get("DISPLAY", "")
    read_end, write_end = os.pipe()
    command = [*tied_to_parent("TERM"), "Xvfb", "-displayfd", str(write_end)]
    command += ["-screen", "0", "1920x1080x24"]
    command += ["-nolisten", "tcp", "+extension", "GLX", "-noreset"]
    pytestconfig.stash[_SERVER] = subprocess.Popen(
        command,
        pass_fds=[write_end],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    with os.fdopen(read_end) as numbers:
        number = numbers.readline().strip()  # empty if the server ended at once
    if not number:
        pytest.fail("Xvfb did not start; `make test` installs what it needs", pytrace=False)
    os.environ["DISPLAY"] = f":{number}"
    return os.environ["DISPLAY"]


@pytest.fixture(scope="session")
def qapp_cls(virtual_screen: str) -> type[QApplication]:
    """pytest-qt makes its application with this: the screen must be there before."""
    return QApplication
