from __future__ import annotations

import pytest

from installers import lock
from installers.machine import ROOT


def text(name: str) -> str:
    return (ROOT / "installers" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", lock.LOCKS)
def test_every_line_of_a_lock_is_a_pin_or_its_hash(name: str) -> None:
    assert lock.pins(text(f"{name}.lock"))


@pytest.mark.parametrize("name", lock.LOCKS)
def test_every_direct_dependency_is_locked_in_the_version_asked_for(name: str) -> None:
    locked = lock.pins(text(f"{name}.lock"))
    for line in text(f"{name}.in").splitlines():
        if "==" in line:
            package, version = line.lower().split("==")
            assert locked[package.split("[")[0]] == version


def test_the_test_lock_holds_all_of_the_runtime_lock() -> None:
    runtime, dev = (lock.pins(text(f"{name}.lock")) for name in lock.LOCKS[:2])
    assert runtime.items() <= dev.items()


@pytest.mark.parametrize(
    "line", ["--index-url somewhere", "numpy>=2 \\", "numpy==2.5.5", "    --hash=md5:00"]
)
def test_a_line_that_pins_nothing_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="not a pin"):
        lock.pins(line)
