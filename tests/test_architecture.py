"""The rooms of docs/architecture.md: who may import whom, and what no room may do."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
CLIENT = ("app", "maps", "widgets", "main")
FOLDERS = (*CLIENT[:3], "backend")
ANY_QT = ("PySide6", "PySide6QtAds", "shiboken6")
CORE = ("PySide6.QtCore",)


class Room(NamedTuple):
    may_import: tuple[str, ...] = ()
    qt: tuple[str, ...] = ()
    stdlib_only: bool = False


LOW = ("app.domain", "app.clock", "app.paths", "app.private_file", "app.text")
GUI = (*CORE, "PySide6.QtGui")  # key sequences, pictures
STATE = Room(LOW, CORE)
WORDS = Room(LOW, GUI)
# what a panel asks for: acts and look-ups between the store and the threads of app/sync
SERVICE = Room(
    (
        *LOW,
        "app.api",
        "app.cache",
        "app.districts",
        "app.feed",
        "app.held",
        "app.place_finder",
        "app.store",
        "app.sync",
        "app.tasks",
        "app.trouble",
    ),
    GUI,
)
SERVICES = ("alarms", "cases", "commands", "drafts", "files", "link", "places", "session")
MAP = (*LOW, "app.store", "maps")
ROOMS = {
    "app.domain": Room(stdlib_only=True),
    "app.api": Room(LOW),
    "app.cache": Room((*LOW, "app.api.codec")),
    "app.sync": Room((*LOW, "app.api", "app.cache")),
    "app.live": Room((*LOW, "app.api", "app.sync")),
    "app.ptz": Room((*LOW, "app.api", "app.held")),
    "app.video": Room(LOW),
    "app.districts": Room(LOW),
    "app.place_finder": Room((*LOW, "app.districts")),
    **{f"app.{name}": STATE for name in ("clock", "paths", "preferences", "selection", "store")},
    **{f"app.{name}": WORDS for name in ("actions", "messages", "panels", "settings", "text")},
    **{f"app.{name}": SERVICE for name in SERVICES},
    "app": Room(),
    "app.tasks": Room(("app.held",), CORE),
    "app.feed": Room(
        (*LOW, "app.store", "app.tasks", "app.held"), CORE
    ),  # the way from sync to the store
    "app.clock_watch": Room((*LOW, "app.link", "app.messages"), CORE),
    "app.garbage": Room(qt=CORE),
    "app.watchdog": Room(qt=CORE),
    "app.imports": Room(qt=CORE),
    "app.trouble": Room((*LOW, "app.cache.errors", "app.messages"), CORE),
    "app.diagnostics": Room(("app",), CORE),
    **{f"app.{name}": Room() for name in ("embedded", "held", "logs", "private_file", "version")},
    "app.stream_addresses": Room((*LOW, "app.api", "app.sync", "app.video")),
    "app.stamp": Room(LOW, GUI),
    "app.evidence": Room(
        (
            *LOW,
            *("app.commands", "app.files", "app.held", "app.session", "app.stamp"),
            *("app.store", "app.tasks", "app.video"),
        ),
        GUI,
    ),
    "app.services": Room(("app",), CORE),
    "app.bootstrap": Room(("app",), CORE),
    "maps": Room(MAP, ANY_QT),
    "maps.geo": Room(MAP),
    "maps.layers": Room(MAP),
    "maps.movers": Room(MAP),
    "maps.network": Room(MAP),
    "widgets": Room(("app", "maps"), ANY_QT),
    # one executable: the desk starts its embedded backend as `main` with another argument
    "main": Room(("app", "widgets", "backend.__main__"), ANY_QT),
    "backend": Room(("app.domain",)),
}
FORBIDDEN = {
    "processEvents": "it runs anything at any time: wait for a signal",
    "terminate": "it leaves locks behind: ask, then wait",
    "sleep": "wait on an event, a signal or a timer",
    "itemAt": "its Python object outlives the item: widgets.shared.arrange.parts",
}


# the frame around the panels: it opens them, the tour plays them
COLLECTORS = ("widgets.window", "widgets.registry", "widgets.desk", "widgets.tour")


def inside(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def room_of(module: str) -> str:
    """The narrowest room that holds the module, empty if it has none."""
    return max((room for room in ROOMS if inside(module, room)), key=len, default="")


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def refused(module: str, imported: str) -> str:
    """Why `module` may not import `imported`, empty if it may."""
    name, room = room_of(module), ROOMS[room_of(module)]
    package = imported.partition(".")[0]
    if package in ANY_QT:
        return "" if any(inside(imported, qt) for qt in room.qt) else "no such Qt in this room"
    if package not in (*FOLDERS, "main", "tests", "installers"):
        foreign = room.stdlib_only and package not in sys.stdlib_module_names
        return "standard library only" if foreign else ""
    if not any(inside(imported, own) for own in (name, *room.may_import)):
        return "a higher or foreign room"
    panels = [part.split(".")[1:2] for part in (module, imported) if inside(part, "widgets")]
    met = ["shared"], ["window"] if inside(module, "widgets.frame") else []
    collects = any(inside(module, collector) for collector in COLLECTORS)
    if len(panels) == 2 and not collects and panels[1] not in (panels[0], *met):
        return "panels meet in the store, never in each other"
    return ""


def forbidden_calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in FORBIDDEN:
                yield node.lineno, name


def lines_of_code(text: str) -> int:
    lines = (line.strip() for line in text.splitlines())
    return sum(bool(line) and not line.startswith("#") for line in lines)


def sources(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return [*found, *ROOT.glob("*.py")]


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_every_module_has_a_room() -> None:
    lost = [module_of(path) for path in sources(*FOLDERS) if path.stat().st_size]
    assert [module for module in lost if not room_of(module) and module != "app"] == []


def test_rooms_import_only_downward() -> None:
    wrong = [
        f"{module} imports {imported}: {why}"
        for path in sources(*FOLDERS)
        if room_of(module := module_of(path))
        for imported in imports(ast.parse(path.read_text(encoding="utf-8")))
        if (why := refused(module, imported))
    ]
    assert wrong == []


def test_nobody_sleeps_terminates_or_pumps_events() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} calls {name}: {FORBIDDEN[name]}"
        for path in sources(*CLIENT[:3], "tests")
        for line, name in forbidden_calls(ast.parse(path.read_text(encoding="utf-8")))
        if name == "sleep" or not path.is_relative_to(ROOT / "tests")
    ]
    assert wrong == []


def test_files_stay_small_and_named_for_what_they_hold(capsys: pytest.CaptureFixture[str]) -> None:
    paths = sources(*FOLDERS, "tests", "installers")
    sizes = {str(p.relative_to(ROOT)): lines_of_code(p.read_text(encoding="utf-8")) for p in paths}
    with capsys.disabled():
        for name, size in sizes.items():
            if size > 300:
                print(f"\n{name} has {size} lines of code: can it lose some?")
    assert {name: size for name, size in sizes.items() if size > 400} == {}
    assert [name for name in sizes if Path(name).name in ("utils.py", "helpers.py")] == []
    assert sizes.get("main.py", 0) <= 60


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("app.domain.incident", "msgspec.Struct"),
        ("app.domain.incident", "app.store.Store"),
        ("app.sync.reader", "PySide6.QtCore.QObject"),
        ("app.store", "PySide6.QtWidgets.QWidget"),
        ("app.bootstrap", "widgets.window"),
        ("maps.network.pyramid", "PySide6.QtGui.QImage"),
        ("maps.canvas", "widgets.shared"),
        ("widgets.queue.panel", "widgets.case.model"),
        ("backend.routes.changes", "app.store"),
        ("main", "backend.demo"),
    ],
)
def test_a_wrong_import_is_refused(module: str, imported: str) -> None:
    assert refused(module, imported)


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("app.domain.incident", "dataclasses.dataclass"),
        ("app.sync.reader", "app.api.client"),
        ("app.store", "PySide6.QtCore.Signal"),
        ("maps.canvas", "maps.render.thread"),
        ("widgets.queue.panel", "widgets.shared.clock"),
        ("widgets.queue.panel", "widgets.queue.model"),
        ("widgets.window", "widgets.queue.PANEL"),
    ],
)
def test_a_downward_import_is_allowed(module: str, imported: str) -> None:
    assert not refused(module, imported)


@pytest.mark.parametrize(
    "text", ["time.sleep(1)", "sleep(1)", "app.processEvents()", "t.terminate()", "box.itemAt(0)"]
)
def test_a_forbidden_call_is_seen(text: str) -> None:
    assert list(forbidden_calls(ast.parse(text)))
