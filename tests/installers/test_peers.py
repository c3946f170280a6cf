"""What the benchmarks measure beside: found, asked for, checked."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest

from installers import peers
from installers.machine import SetupError

ABSENT = peers.Peer("Absent", {"absent-package": ("absent-command", "--version")})
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian packages")


@linux
def test_who_is_not_root_is_told_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(SetupError, match=r"sudo apt-get update .* absent-package"):
        peers.require(ABSENT)


@linux
def test_what_is_there_is_not_installed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "install", lambda packages: pytest.fail(f"asked for {packages}"))
    peers.require(peers.Peer("Python", {"python3": (sys.executable, "--version")}))


def test_a_library_with_another_hash_is_refused_and_removed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _fetch(monkeypatch, _archive())
    with pytest.raises(SetupError, match="another hash"):
        peers.maplibre(tmp_path)
    assert not list(tmp_path.rglob("*.tgz"))


def test_a_library_with_the_right_hash_is_unpacked_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    archive = _archive()
    monkeypatch.setattr(peers, "MAPLIBRE_SHA512", peers.sha512(archive))
    _fetch(monkeypatch, archive)
    folder = peers.maplibre(tmp_path)
    assert (folder / "maplibre-gl.mjs").read_bytes() == b"maplibre-gl.mjs"
    _fetch(monkeypatch, b"")
    assert peers.maplibre(tmp_path) == folder


def _archive() -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w:gz") as files:
        for name in peers.MAPLIBRE_FILES:
            member = tarfile.TarInfo(f"package/dist/{name}")
            member.size = len(name)
            files.addfile(member, io.BytesIO(name.encode()))
    return whole.getvalue()


def _fetch(monkeypatch: pytest.MonkeyPatch, archive: bytes) -> None:
    """npm leaves this archive in the folder that it is called in."""

    def run(_command: Any, *, cwd: Path, **_options: Any) -> subprocess.CompletedProcess[bytes]:
        (cwd / "library.tgz").write_bytes(archive)
        told = json.dumps([{"filename": "library.tgz"}]).encode()
        return subprocess.CompletedProcess([], 0, stdout=told)

    monkeypatch.setattr(peers, "require", lambda peer: None)
    monkeypatch.setattr("subprocess.run", run)
