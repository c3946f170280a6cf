"""Is there a screen? If not: a virtual one of 1920×1080, and the story on it."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
SIZE = "1920x1080x24"


def has_screen() -> bool:
    """True where Qt can open a window."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def virtual_screen() -> Iterator[str]:
    """Run Xvfb on a free display and yield its name. Raises FileNotFoundError without Xvfb."""
    if shutil.which("Xvfb") is None:
        raise FileNotFoundError("Xvfb")
    ready, tell = os.pipe()
    server = subprocess.Popen(  # noqa: S603 - our own arguments
        ["Xvfb", "-displayfd", str(tell), "-screen", "0", SIZE, "-nolisten", "tcp"],  # noqa: S607
        pass_fds=(tell,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(tell)
    try:
        with os.fdopen(ready) as lines:
            yield f":{lines.readline().strip()}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def play_on_virtual_screen(out: Path) -> int:
    """Start the desk anew on a virtual screen; the exit code is the story's."""
    print("没有屏幕:在 1920×1080 的虚拟屏幕上播放值班故事,图片写入 " + str(out))  # noqa: T201
    print("No screen found: playing the shift story on a virtual one.", flush=True)  # noqa: T201
    try:
        with virtual_screen() as display:
            command = [sys.executable, str(ROOT / "main.py"), "--tour", "--out", str(out)]
            environment = {**os.environ, "DISPLAY": display}
            return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603
    except FileNotFoundError:
        print("缺少虚拟屏幕 Xvfb。请运行: sudo apt-get install xvfb")  # noqa: T201
        print("The virtual screen Xvfb is missing: sudo apt-get install xvfb")  # noqa: T201
        return 1
