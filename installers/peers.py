"""The programs that benchmarks measure beside the map: only these benchmarks need them.

Packages come from Debian, MapLibre GL JS from npm: one version, whose file must have the hash
that stands here.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from installers.machine import SetupError, output, say
from installers.system_packages import install


@dataclass(frozen=True)
class Peer:
    """Debian packages, and a command for each that works once it is there."""

    name: str
    packages: dict[str, tuple[str, ...]]

    def missing(self) -> list[str]:
        return [name for name, probe in self.packages.items() if output(*probe) is None]


QGIS: Final = Peer("QGIS", {"python3-qgis": ("/usr/bin/python3", "-c", "import qgis.core")})
CHROMIUM: Final = Peer("Chromium", {"chromium": ("chromium", "--version")})
FFMPEG: Final = Peer("FFmpeg", {"ffmpeg": ("ffmpeg", "-version")})
NPM: Final = Peer("npm", {"nodejs": ("node", "--version"), "npm": ("npm", "--version")})

MAPLIBRE: Final = "maplibre-gl@6.17.0"
# What the page loads; the library itself comes last and tells that all is there.
MAPLIBRE_FILES: Final = (
    "maplibre-gl.css",
    "maplibre-gl-worker.mjs",
    "maplibre-gl-shared.mjs",
    "maplibre-gl.mjs",
)
MAPLIBRE_SHA512: Final = (
    "2chIZwpLGenoUQOcnm9Pk4SLbA8ppNFq8jlpXiq9vcYm3Y1wJ3fc82FL0GLwBaPYJCLzPv/mC46KEupVov75rQ=="
)


def require(peer: Peer) -> None:
    """Install what is missing of a peer; raises SetupError with the command for who may not."""
    if not sys.platform.startswith("linux"):
        raise SetupError(
            f"对比程序只支持 Linux：{peer.name}\n{peer.name} is measured on Linux only."
        )
    missing = peer.missing()
    if missing:
        install(missing)


def maplibre(folder: Path) -> Path:
    """The folder with MapLibre GL JS; raises SetupError when it cannot be had."""
    kept = folder / MAPLIBRE.replace("@", "-")
    if not (kept / "maplibre-gl.mjs").exists():
        require(NPM)
        say(f"取 {MAPLIBRE}", f"fetching {MAPLIBRE}")
        kept.mkdir(parents=True, exist_ok=True)
        _unpack(_fetched(kept), kept)
    return kept


def _fetched(folder: Path) -> Path:
    npm = shutil.which("npm") or "npm"
    done = subprocess.run(
        [npm, "pack", MAPLIBRE, "--json", "--ignore-scripts"],
        cwd=folder,
        stdout=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        raise SetupError(f"无法取得 {MAPLIBRE}\nnpm could not fetch {MAPLIBRE}.")
    archive = folder / str(json.loads(done.stdout)[0]["filename"])
    if sha512(archive.read_bytes()) != MAPLIBRE_SHA512:
        archive.unlink()
        raise SetupError(f"{MAPLIBRE} 的校验和不符\nThe file of {MAPLIBRE} has another hash.")
    return archive


def sha512(content: bytes) -> str:
    """As npm writes it."""
    return base64.b64encode(hashlib.sha512(content).digest()).decode()


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as files:
        for name in MAPLIBRE_FILES:
            source = files.extractfile(f"package/dist/{name}")
            assert source is not None
            (folder / name).write_bytes(source.read())
    archive.unlink()
