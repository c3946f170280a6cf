"""Find a Python that TOCC Desk runs on: PATH, pyenv, Windows' py launcher, else through uv.

Python 3.8, standard library only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from installers.machine import ROOT, WINDOWS, SetupError, output, say
from installers.system_packages import install

OLDEST, NEWEST = 12, 14  # minor versions of Python 3; the first one is tested most
PROBE = (
    "import ctypes, sqlite3, ssl, sys, venv, zlib;"
    "from importlib.util import find_spec;"
    "print(*sys.version_info[:2], int(sys.maxsize > 2**32), int(bool(find_spec('ensurepip'))))"
)
TOOLS = ROOT / ".tools"
HELP = """\
需要 Python 3.12–3.14（64 位），请任选一种方式安装后重试。
Python 3.12 to 3.14 (64 bit) is needed. Install it in one of these ways, then try again:
  - Debian 13, Ubuntu 24.04 or newer:  sudo apt-get install python3 python3-venv
  - pyenv:                             pyenv install 3.12
  - uv:                                uv python install 3.12
  - Windows:                           winget install Python.Python.3.12"""


def probe(python: str | Path) -> tuple[int, bool]:
    """(minor version of a usable 64-bit Python 3 or 0, whether it can put pip into a venv)."""
    answer = (output(python, "-I", "-c", PROBE) or "").split()
    if len(answer) != 4 or answer[0] != "3" or answer[2] != "1":
        return 0, False
    return int(answer[1]), answer[3] == "1"


def fits(python: str | Path) -> bool:
    return OLDEST <= probe(python)[0] <= NEWEST


def find() -> str | None:
    """The best Python of this machine; one without ensurepip only if there is no other."""
    second_best = None
    for path in dict.fromkeys(_candidates()):
        minor, has_ensurepip = probe(path)
        if OLDEST <= minor <= NEWEST:
            if has_ensurepip:
                return path
            second_best = second_best or path
    return second_best


def obtain(make_tools: Callable[[str, Path], bool]) -> str:
    """A Python that can make a virtual environment, fetched through uv where there is none.

    `make_tools(python, folder)` puts uv into a virtual environment; False if it could not.
    """
    python = find() or _through_uv(make_tools)
    if not python:
        raise SetupError(HELP)
    ensure_ensurepip(python)
    return python


def ensure_ensurepip(python: str) -> None:
    """Debian keeps ensurepip in a package of its own: install it or say how."""
    minor, has_ensurepip = probe(python)
    if not has_ensurepip:
        install([f"python3.{minor}-venv" if minor else "python3-venv"])


def _candidates() -> Iterator[str]:
    minors = range(OLDEST, NEWEST + 1)
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    for name in [*(f"python3.{minor}" for minor in minors), "python3", "python"]:
        found = (shutil.which(name, path=folder) for folder in folders)
        yield from (path for path in found if path and ROOT not in Path(path).parents)
    for minor in minors:
        for root in _pyenv_roots():
            for version in sorted(root.glob(f"versions/3.{minor}.*")):
                yield str(version / ("python.exe" if WINDOWS else "bin/python"))
    for minor in minors if WINDOWS else ():
        answer = output("py", f"-3.{minor}", "-c", "import sys; print(sys.executable)")
        if answer:
            yield answer.strip()


def _pyenv_roots() -> list[Path]:
    homes = [Path.home()]
    if not WINDOWS:
        import pwd

        homes.append(Path(pwd.getpwuid(os.getuid()).pw_dir))  # HOME may point elsewhere
    named = (os.environ.get("PYENV_ROOT"), os.environ.get("PYENV"))
    roots = [Path(name) for name in named if name]
    folders = map(Path, os.environ.get("PATH", "").split(os.pathsep))
    roots += [folder.parent for folder in folders if folder.name == "shims"]
    for home in homes:
        roots += [home / ".pyenv", home / ".pyenv" / "pyenv-win"]
    return list(dict.fromkeys(roots))


def _uv() -> str | None:
    """A uv that works; the shim of a version that is not selected does not."""
    own = TOOLS / ("Scripts" if WINDOWS else "bin") / "uv"
    usual = (Path.home() / ".local" / "bin" / "uv", Path.home() / ".cargo" / "bin" / "uv")
    return next((str(uv) for uv in ("uv", own, *usual) if output(uv, "--version")), None)


def _through_uv(make_tools: Callable[[str, Path], bool]) -> str | None:
    uv = _uv()
    if not uv:
        say("未找到 Python 3.12 以上版本，先取 uv", "no Python 3.12 or newer, fetching uv first")
        ensure_ensurepip(sys.executable)
        uv = _uv() if make_tools(sys.executable, TOOLS) else None
    if not uv:
        return None
    wanted = f">=3.{OLDEST},<3.{NEWEST + 1}"
    look = (uv, "python", "find", "--no-project", wanted)
    if not output(*look):
        say(f"用 uv 下载 Python 3.{OLDEST}", f"fetching Python 3.{OLDEST} with uv")
        subprocess.call([uv, "python", "install", f"3.{OLDEST}"], stdin=subprocess.DEVNULL)
    return (output(*look) or "").strip() or None
