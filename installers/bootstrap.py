"""Make this machine ready for TOCC Desk: Python, .venv, hash-pinned packages, system libraries.

    python3 installers/bootstrap.py run|test [--check] [-- ARGUMENTS...]

`run` is what the desk needs; `test` adds the tools of the test run and a PostgreSQL server.
`--check` changes nothing and tells what is missing. ARGUMENTS go to the Python of .venv.
Any Python from 3.8 on, standard library only, Linux and Windows. May be stopped at any moment:
the next start goes on from there.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from installers.machine import ROOT, WINDOWS, SetupError, headless, output, say, succeeds

VENV = ROOT / ".venv"
STAMP = VENV / "ready.json"
UNFINISHED = VENV / "unfinished"
LOCKS = {"run": "requirements.lock", "test": "requirements-dev.lock"}


def main() -> int:
    parser = argparse.ArgumentParser(description="Make this machine ready for TOCC Desk.")
    parser.add_argument("profile", choices=list(LOCKS))
    parser.add_argument("--check", action="store_true", help="change nothing, tell what is missing")
    parser.add_argument("arguments", nargs="*", help="for the Python of .venv, after --")
    options = parser.parse_args()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a Western Windows console knows no Chinese
    if options.check:
        return check(options.profile)
    try:
        if not is_ready(options.profile):
            with alone():
                set_up(options.profile)
    except SetupError as error:
        print(f"\n{error}\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("已中断，下次继续", "stopped; the next start goes on from here")
        return 130
    return start(options.arguments) if options.arguments else 0


def set_up(profile: str) -> None:
    # the fast path needs neither
    from installers import find_python, system_packages

    packages = system_packages.missing_packages(profile)
    if packages and not os.environ.get("TOCC_SKIP_SYSTEM_CHECK"):
        system_packages.install(packages)
    whole = find_python.fits(python_of(VENV)) and has_pip(VENV)
    if not whole or UNFINISHED.exists():  # pip would take a half unpacked package for a whole one
        make_venv(find_python.obtain(make_tools), VENV)
    say("安装依赖包，首次约一两分钟", "installing packages; a minute or two the first time")
    UNFINISHED.touch()
    if not pip_install(VENV, LOCKS[profile]):
        raise SetupError(
            "依赖包安装失败。请检查网络后重试，会从中断处继续。\n"
            "The packages could not be installed. Check the network and start again to go on."
        )
    UNFINISHED.unlink()
    write_stamp(profile)
    say("准备就绪", "ready")


def check(profile: str) -> int:
    """Tell what a set-up would do; 0 if nothing."""
    from installers import find_python, system_packages

    missing, ready = system_packages.missing_packages(profile), is_ready(profile)
    python = str(python_of(VENV)) if find_python.fits(python_of(VENV)) else find_python.find()
    say(f"系统组件缺：{' '.join(missing) or '无'}", f"system packages missing: {len(missing)}")
    say(f"Python：{python or '未找到'}", f"Python {'found' if python else 'not found'}")
    say(
        f"依赖包：{'就绪' if ready else '待安装'}", f"packages {'ready' if ready else 'to install'}"
    )
    return 0 if ready and not missing else 1


def python_of(venv: Path) -> Path:
    return venv / "Scripts" / "python.exe" if WINDOWS else venv / "bin" / "python"


def has_pip(venv: Path) -> bool:
    return output(python_of(venv), "-I", "-m", "pip", "--version") is not None


def make_venv(python: str, venv: Path) -> None:
    say(f"建立虚拟环境 {venv.name}", f"making {venv.name} with {python}")
    if not succeeds(python, "-I", "-m", "venv", "--clear", venv):
        raise SetupError(f"无法建立虚拟环境。\nCould not make a virtual environment in {venv}.")


def make_tools(python: str, venv: Path) -> bool:
    """Put uv into a virtual environment of its own."""
    make_venv(python, venv)
    return pip_install(venv, "requirements-uv.lock")


def pip_install(venv: Path, lock: str) -> bool:
    """Install a lock, wheels only; the user may have a mirror, but no other target."""
    for variable in (
        "PIP_TARGET",
        "PIP_PREFIX",
        "PIP_ROOT",
        "PIP_USER",
        "PYTHONPATH",
        "PYTHONHOME",
    ):
        os.environ.pop(variable, None)
    pip = (python_of(venv), "-m", "pip", "install", "--no-input", "--disable-pip-version-check")
    strict = ("--require-hashes", "--only-binary", ":all:", "--no-deps")
    progress = ("--progress-bar", "on" if sys.stdout.isatty() else "off")
    return succeeds(*pip, *strict, *progress, "-r", ROOT / "installers" / lock)


def fingerprint(profile: str) -> str:
    """Changes with the lock, the system packages, the folder and the kind of screen."""
    digest = hashlib.sha256(f"{ROOT} {headless()}".encode())
    for name in ("system_packages.py", LOCKS[profile]):
        digest.update((ROOT / "installers" / name).read_bytes())
    return digest.hexdigest()


def stamps() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def is_ready(profile: str) -> bool:
    """What `test` installs covers `run`."""
    done = stamps()
    covering = {profile, "test"}
    return python_of(VENV).exists() and any(done.get(p) == fingerprint(p) for p in covering)


def write_stamp(profile: str) -> None:
    """The last act of a set-up: without it the next start takes up where this one stopped."""
    new = STAMP.with_suffix(".new")
    new.write_text(json.dumps({**stamps(), profile: fingerprint(profile)}), encoding="utf-8")
    new.replace(STAMP)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Two set-ups at once would spoil each other: the second one waits."""
    (ROOT / "out").mkdir(exist_ok=True)
    with (ROOT / "out" / "bootstrap.lock").open("w") as file:
        if not WINDOWS:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def start(arguments: list[str]) -> int:
    command = [str(python_of(VENV)), *arguments]
    if not WINDOWS:
        os.execv(command[0], command)
    return subprocess.call(command)


if __name__ == "__main__":
    sys.exit(main())
