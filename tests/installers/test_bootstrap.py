from __future__ import annotations

import ast
import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from installers import bootstrap, find_python, machine, system_packages

SETUP = ("bootstrap", "find_python", "machine", "system_packages")
linux_only = pytest.mark.skipif(os.name == "nt", reason="shell scripts stand in for Pythons")


def fake_python(folder: Path, name: str, answer: str) -> Path:
    """An executable that answers the probe with `answer`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho {answer}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any Python to be found."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(find_python, "_pyenv_roots", lambda: [tmp_path / "pyenv"])
    return tmp_path


@pytest.mark.parametrize("name", SETUP)
def test_the_set_up_is_python_3_8_and_standard_library(name: str) -> None:
    text = (machine.ROOT / "installers" / f"{name}.py").read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 8))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    roots = {str(node.module).split(".")[0] for node in nodes}
    assert roots <= {*sys.stdlib_module_names, "installers"}


@linux_only
def test_a_python_of_path_wins_and_an_old_or_32_bit_one_is_passed_over(bare: Path) -> None:
    fake_python(bare / "bin", "python3.13", "3 13 0 1")
    fake_python(bare / "bin", "python3", "3 11 1 1")
    good = fake_python(bare / "bin", "python", "3 12 1 1")
    assert find_python.find() == str(good)


@linux_only
def test_pyenv_is_searched_when_path_has_nothing(bare: Path) -> None:
    good = fake_python(bare / "pyenv/versions/3.13.4/bin", "python", "3 13 1 1")
    fake_python(bare / "pyenv/versions/3.11.7/bin", "python", "3 11 1 1")
    assert find_python.find() == str(good)


@linux_only
def test_a_python_without_ensurepip_is_only_second_best(bare: Path) -> None:
    lame = fake_python(bare / "bin", "python3.12", "3 12 1 0")
    assert find_python.find() == str(lame)
    good = fake_python(bare / "bin", "python3.14", "3 14 1 1")
    assert find_python.find() == str(good)


def test_without_python_and_without_uv_the_person_is_told_what_to_install(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_python, "_uv", lambda: None)
    with pytest.raises(machine.SetupError, match=r"pyenv install 3\.12"):
        find_python.obtain(lambda python, folder: False)


def test_who_is_not_root_gets_the_exact_apt_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/apt-get")
    with pytest.raises(machine.SetupError, match=r"sudo apt-get install -y .* libegl1 xvfb"):
        system_packages.install(["libegl1", "xvfb"])


def test_a_library_that_cannot_be_loaded_is_missing_by_its_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(system_packages.LIBRARIES, "libnowhere1", "libnowhere.so.1")
    assert "libnowhere1" in system_packages.missing_packages("run")


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / "ready.json")
    python = bootstrap.python_of(tmp_path)
    python.parent.mkdir()
    python.touch()
    return tmp_path


def test_what_was_installed_for_testing_also_runs_but_not_the_other_way_round(venv: Path) -> None:
    bootstrap.write_stamp("run")
    assert (bootstrap.is_ready("run"), bootstrap.is_ready("test")) == (True, False)
    bootstrap.write_stamp("test")
    bootstrap.STAMP.write_text(json.dumps({"test": bootstrap.fingerprint("test")}))
    assert (bootstrap.is_ready("run"), bootstrap.is_ready("test")) == (True, True)


def test_a_changed_lock_or_a_lost_interpreter_asks_for_a_new_set_up(
    venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.write_stamp("test")
    with monkeypatch.context() as other_lock:
        other_lock.setitem(bootstrap.LOCKS, "test", "requirements-uv.lock")
        assert not bootstrap.is_ready("test")
    assert bootstrap.is_ready("test")
    bootstrap.python_of(venv).unlink()
    assert not bootstrap.is_ready("test")


def test_a_torn_stamp_counts_as_none(venv: Path) -> None:
    bootstrap.STAMP.write_text('{"test": "4f')
    assert not bootstrap.is_ready("test")
