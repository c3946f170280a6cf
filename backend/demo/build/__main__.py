"""`python -m backend.demo.build --data FOLDER` writes resources/demo anew."""

import argparse
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from backend.demo.build import basemap, cameras, objects, places, roads, routes
from backend.demo.build.skeleton import skeleton

OUT = Path(__file__).parents[3] / "resources" / "demo"
log = logging.getLogger("demo.build")


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the open data sets")
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, content in _files(arguments.data):
        path = arguments.out / name
        path.write_bytes(_lines(content) if isinstance(content, list) else _object(content))
        log.info("%s: %.2f MB", name, path.stat().st_size / 1e6)


def _files(data: Path) -> Iterable[tuple[str, Any]]:
    segments, nodes = roads.segments(data), roads.nodes(data)
    numbered = routes.routes(segments, nodes)
    labels = basemap.labels(data, segments, nodes)
    crossings = list(places.crossings(segments))
    city = objects.City(numbered, labels, crossings)
    sea = basemap.sea(data)
    yield "sea.geojson", sea
    yield "boundary.geojson", basemap.boundary(data)
    yield "skeleton.geojson", skeleton(data, segments)
    yield "labels.geojson", basemap.label_features(labels, sea)
    yield "places.json", [*labels, *places.roads(segments), *crossings]
    yield "routes.json", list(numbered)
    yield "cameras.json", list(cameras.cameras(city))
    yield "signs.json", list(objects.signs(city))
    yield "facilities.json", list(objects.facilities(city))


def _object(content: Any) -> bytes:
    return msgspec.json.encode(content) + b"\n"


def _lines(rows: list[Any]) -> bytes:
    """One row a line, so that a new build shows what changed."""
    return b"[\n" + b",\n".join(msgspec.json.encode(row) for row in rows) + b"\n]\n"


main()
