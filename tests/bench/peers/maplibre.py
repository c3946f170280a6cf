"""MapLibre GL JS in Chromium, what a web room would use: the same GeoJSON, the same movement."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from installers.peers import maplibre
from tests.bench.map_view import Route
from tests.bench.networks import CACHE
from tests.bench.peers.chromium import page

PAGE = Path(__file__).with_name("maplibre.html")
TYPES = {".mjs": "text/javascript", ".css": "text/css", ".html": "text/html"}


@dataclass(frozen=True, slots=True)
class Moved:
    """What a person sees while the map moves."""

    frames_ms: list[float]  # from frame to frame
    idle_ms: float  # until everything was loaded and drawn for the first time
    renderer: str


def move(roads: Path, route: Route, size: tuple[int, int], width: float, seconds: float) -> Moved:
    """Pan and zoom continuously along the route."""
    order = {"route": asdict(route), "width": width, "seconds": seconds}
    with _served(roads) as address, page(*size) as shown:
        shown.call("Page.enable")
        shown.call("Page.navigate", url=f"{address}/")
        shown.evaluate(
            "new Promise(done => {const look = () => window.ready ? done(1)"
            " : setTimeout(look, 20); look()})"
        )
        told = shown.evaluate(f"measure({json.dumps(order)})")
        renderer = shown.evaluate(
            "(() => {const gl = document.createElement('canvas').getContext('webgl2');"
            "const told = gl.getExtension('WEBGL_debug_renderer_info');"
            "return told ? gl.getParameter(told.UNMASKED_RENDERER_WEBGL) : ''})()"
        )
    return Moved(told["frames_ms"], told["idle_ms"], renderer)


@contextmanager
def _served(roads: Path) -> Iterator[str]:
    """The page, the library and the roads on the loopback."""
    library = maplibre(CACHE)
    files = {"/": PAGE, "/roads.geojson": roads}
    files |= {f"/library/{path.name}": path for path in library.iterdir()}

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            path = files.get(self.path)
            self.send_response(200 if path else 404)
            self.send_header("Content-Type", TYPES.get(path.suffix if path else "", "text/plain"))
            self.end_headers()
            if path:
                self.wfile.write(path.read_bytes())

        def log_message(self, *_arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
