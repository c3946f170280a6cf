"""Draws a layer of lines with QGIS; runs under the Python that QGIS is installed for.

    python3 qgis_draw.py ORDER.json

ORDER: layer (file), extent (x0, y0, x1, y1 in EPSG:3857), size, width (pixels), runs, picture.
Prints {"ms": [milliseconds of each run], "version": ...}. The first run is not counted: it opens
the file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsLineSymbol,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QEventLoop, QSize
from qgis.PyQt.QtGui import QColor


def main() -> None:
    order = json.loads(Path(sys.argv[1]).read_text())
    QgsApplication.setPrefixPath("/usr", True)
    app = QgsApplication([], False)
    app.initQgis()
    settings = _settings(order)
    times = [_draw(settings, order["picture"]) for _ in range(order["runs"] + 1)]
    print(json.dumps({"ms": times[1:]}))
    del settings
    app.exitQgis()


def _settings(order: dict[str, Any]) -> QgsMapSettings:
    layer = QgsVectorLayer(order["layer"], "roads", "ogr")
    assert layer.isValid(), order["layer"]
    symbol = QgsLineSymbol.createSimple(
        {
            "line_color": "0,0,0",
            "line_width": str(order["width"]),
            "line_width_unit": "Pixel",
            "capstyle": "round",
            "joinstyle": "round",
        }
    )
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    settings.setOutputSize(QSize(*order["size"]))
    settings.setExtent(QgsRectangle(*order["extent"]))
    settings.setBackgroundColor(QColor(255, 255, 255))
    settings.setFlag(QgsMapSettings.Antialiasing, True)
    settings.setFlag(QgsMapSettings.UseRenderingOptimization, True)
    settings.kept = layer  # the settings hold no reference that keeps it alive
    return settings


def _draw(settings: QgsMapSettings, picture: str) -> float:
    began = perf_counter()
    job, loop = QgsMapRendererParallelJob(settings), QEventLoop()
    job.finished.connect(loop.quit)
    job.start()
    loop.exec_()
    image = job.renderedImage()
    took = (perf_counter() - began) * 1000
    image.save(picture)
    return took


if __name__ == "__main__":
    main()
