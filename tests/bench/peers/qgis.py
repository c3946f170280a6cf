"""QGIS, what a GIS room would use: its parallel renderer over a GeoPackage."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from PySide6.QtGui import QImage

from installers.peers import QGIS, require
from maps.geo.camera import Camera

PYTHON = "/usr/bin/python3"  # Debian's, which python3-qgis is built for
SCRIPT = Path(__file__).with_name("qgis_draw.py")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Milliseconds of one redraw, and what it looks like."""

    ms: float
    picture: QImage


def draw(layer: Path, camera: Camera, width: float, runs: int) -> Drawn:
    """Draw all lines of a layer in black, so many pixels wide; the median of the runs."""
    require(QGIS)
    view = camera.extent
    with tempfile.TemporaryDirectory(prefix="tocc-qgis-") as folder:
        picture, order = Path(folder, "map.png"), Path(folder, "order.json")
        told = {
            "layer": str(layer),
            "extent": (view.west, view.south, view.east, view.north),
            "size": (camera.width, camera.height),
            "width": width,
            "runs": runs,
            "picture": str(picture),
        }
        order.write_text(json.dumps(told), encoding="utf-8")
        ours = {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": folder, "HOME": folder}
        foreign = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
        kept = {name: value for name, value in os.environ.items() if name not in foreign}
        done = subprocess.run(
            [PYTHON, "-I", str(SCRIPT), str(order)],
            env=kept | ours,
            stdout=subprocess.PIPE,
            check=True,
        )
        told_ms = json.loads(done.stdout.splitlines()[-1])["ms"]
        image = QImage(str(picture))
    return Drawn(median(told_ms), image)
