"""System packages that Qt, OpenGL, fonts, the virtual screen and the tests need; how to get them.

Python 3.8, standard library only.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

from installers.machine import SetupError, headless, output, say, succeeds

# Debian package -> the library that it brings: loading it is the surest test on any distribution
LIBRARIES = {
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libglib2.0-0": "libgthread-2.0.so.0",
    "libgssapi-krb5-2": "libgssapi_krb5.so.2",
    "libfontconfig1": "libfontconfig.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libx11-xcb1": "libX11-xcb.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-shm0": "libxcb-shm.so.0",
    "libxcb-sync1": "libxcb-sync.so.1",
    "libxcb-xfixes0": "libxcb-xfixes.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
}
DRIVERS = ("*/dri/swrast_dri.so", "dri/swrast_dri.so", "*/libgallium-*.so", "libgallium-*.so")
# the tests' cameras: an RTSP server under the system's Python
RTSP_PACKAGES = (
    "gir1.2-gst-plugins-base-1.0",
    "gir1.2-gst-rtsp-server-1.0",
    "gstreamer1.0-plugins-base",
    "gstreamer1.0-plugins-good",
    "python3-gi",
)
RTSP_PROBE = """
import gi
for name in ("Gst", "GstApp", "GstRtsp", "GstRtspServer"):
    gi.require_version(name, "1.0")
from gi.repository import Gst, GstApp, GstRtsp, GstRtspServer
Gst.init(None)
assert all(Gst.ElementFactory.find(name) for name in ("appsrc", "rtph264pay", "rtph265pay"))
"""
CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.conf")


def missing_packages(profile: str) -> list[str]:
    """Debian names of what this machine lacks for `run` or `test`; always empty off Linux."""
    if not sys.platform.startswith("linux"):
        return []
    testing = profile == "test"
    missing = [package for package, library in LIBRARIES.items() if not _loads(library)]
    tools = {
        "libgl1-mesa-dri": _has_software_opengl(),
        "fontconfig": bool(shutil.which("fc-list")),
        "fonts-noto-cjk": bool(output("fc-list", ":lang=zh-cn", "family")),
        "xvfb": bool(shutil.which("Xvfb")) or not (testing or headless()),
        "postgresql": _has_postgresql() or not testing,
    }
    missing += [package for package, present in tools.items() if not present]
    return missing + list(RTSP_PACKAGES if testing and not _has_rtsp_server() else ())


def install(packages: list[str]) -> None:
    """Install with apt as root; anybody else is told the exact command."""
    if not shutil.which("apt-get"):
        wanted = ", ".join(LIBRARIES.get(package, package) for package in packages)
        raise SetupError(
            f"缺少系统组件，请用本机的包管理器安装：{wanted}\n"
            f"System parts are missing; install them with your package manager: {wanted}"
        )
    names = " ".join(packages)
    if os.geteuid() != 0:
        raise SetupError(
            "缺少系统组件，请执行下面的命令后重试。\n"
            "System packages are missing. Run this command, then try again:\n\n"
            f"    sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"
        )
    say(f"安装系统组件：{names}", "installing system packages")
    if "postgresql" in packages:
        _want_no_default_cluster()
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    apt = ("apt-get", "-q", "-o", "DPkg::Lock::Timeout=300")
    succeeds(*apt, "update", **quiet)  # an old list may still do: the next line decides
    if not succeeds(*apt, "install", "-y", "--no-install-recommends", *packages, **quiet):
        raise SetupError(f"系统组件安装失败，原因见上。\napt-get could not install: {names}")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_software_opengl() -> bool:
    folders = (Path("/usr/lib"), Path("/usr/lib64"))
    return any(True for folder in folders for name in DRIVERS for _ in folder.glob(name))


def _has_postgresql() -> bool:
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return any(True for _ in installed) or bool(shutil.which("initdb"))


def _has_rtsp_server() -> bool:
    return output("/usr/bin/python3", "-c", RTSP_PROBE) is not None


def _want_no_default_cluster() -> None:
    """Debian's packages start a server of their own unless told not to; the tests need none.

    A machine that knows postgresql-common has been set up by somebody: it stays as it is.
    """
    if not CLUSTER_SETTINGS.parent.exists():
        CLUSTER_SETTINGS.parent.mkdir(parents=True)
        CLUSTER_SETTINGS.write_text("create_main_cluster = false\n", encoding="ascii")
