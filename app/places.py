"""The finder of places as a service; routes and districts that change build it anew in the pool."""

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from app.districts import DistrictIndex
from app.domain.changes import Changes
from app.domain.district import District
from app.domain.incident import Place
from app.domain.route import Route
from app.place_finder import Candidate, Found, Named, PlaceFinder, Problem
from app.store import Store
from app.tasks import TaskRunner
from app.text import translate

type Facts = tuple[tuple[Route, ...], tuple[District, ...]]
NAMES_FILE = Path(__file__).parents[1] / "resources" / "demo" / "places.json"


class Places(QObject):
    """Ask on the GUI thread; answers come there, in the order of the questions."""

    def __init__(self, store: Store, tasks: TaskRunner, names_file: Path = NAMES_FILE) -> None:
        super().__init__()
        self._store = store
        self._tasks = tasks
        self._names_file = names_file
        self._names: tuple[Named, ...] | None = None
        self._finder: PlaceFinder | None = None
        self._store.changed.connect(self._on_store_changed)

    def find(self, text: str, done: Callable[[Found], None], limit: int = 8) -> None:
        """`done` gets all that the text may mean."""
        self._tasks.run(self._find, text, limit, self._facts_if_stale(), done=done)

    def at(self, lon: float, lat: float, done: Callable[[Place], None]) -> None:
        """`done` gets the place of a point (degrees WGS-84)."""
        self._tasks.run(self._at, lon, lat, self._facts_if_stale(), done=done)

    @staticmethod
    def sentence(problem: Problem) -> str:
        """Why a text is no place, translated."""
        words = {
            "NOT_TWO": translate("Places", "坐标应为经度和纬度两个数"),
            "EXTRA": translate("Places", "坐标中有无法识别的文字"),
            "SAME_AXIS": translate("Places", "两个数是同一方向,缺少经度或纬度"),
            "MINUTES": translate("Places", "分和秒应小于 60"),
            "OFF_EARTH": translate("Places", "经度应在 ±180°、纬度应在 ±90° 之内"),
            "METRES": translate("Places", "桩号的米数应小于 1000"),
            "TWO_DIRECTIONS": translate("Places", "写了两个方向"),
            "NO_SUCH_ROUTE": translate("Places", "没有路线 {route}"),
            "NO_STAKES": translate("Places", "{route} 没有桩号数据"),
            "OUT_OF_RANGE": translate("Places", "{route} 的桩号在 {first} 至 {last} 之间"),
            "IN_GAP": translate("Places", "{route} 此处断链:{first} 之后是 {last}"),
        }
        return words.get(problem.code, problem.code).format(**problem.params)

    @staticmethod
    def kind_text(candidate: Candidate) -> str:
        """What a candidate is, translated; empty for a kind of a newer index."""
        return {
            "stake": translate("Places", "桩号"),
            "coordinate": translate("Places", "坐标"),
            "road": translate("Places", "道路"),
            "junction": translate("Places", "互通"),
            "crossing": translate("Places", "路口"),
            "bridge": translate("Places", "桥梁"),
            "tunnel": translate("Places", "隧道"),
            "airport": translate("Places", "机场"),
            "port": translate("Places", "港口"),
        }.get(candidate.kind, "")

    def _facts_if_stale(self) -> Facts | None:
        if self._finder is not None:
            return None
        routes, districts = self._store.all("route"), self._store.all("district")
        return tuple(routes.values()), tuple(districts.values())

    def _on_store_changed(self, changes: Changes) -> None:
        if changes.of("route").touched or changes.of("district").touched:
            self._finder = None

    # in the pool

    def _find(self, text: str, limit: int, facts: Facts | None) -> Found:
        return self._ready(facts).find(text, limit)

    def _at(self, lon: float, lat: float, facts: Facts | None) -> Place:
        return self._ready(facts).at(lon, lat)

    def _ready(self, facts: Facts | None) -> PlaceFinder:
        finder = self._finder
        if finder is None or facts is not None:
            if self._names is None:
                self._names = _read(self._names_file)
            routes, districts = facts or ((), ())
            finder = PlaceFinder(routes, self._names, DistrictIndex(districts))
            self._finder = finder
        return finder


def _read(file: Path) -> tuple[Named, ...]:
    rows = json.loads(file.read_text("utf-8"))
    return tuple(
        Named(
            kind=row["kind"],
            name=row["name"],
            lon=row["lon"],
            lat=row["lat"],
            exit=row.get("exit", ""),
            extent=tuple(row["extent"]) if "extent" in row else None,
        )
        for row in rows
    )
