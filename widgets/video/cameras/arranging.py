"""Which rows the list has and in which order. Pure; thousands of cameras in milliseconds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from widgets.video.cameras.row import FAULTY, CameraLine, CameraRow, GroupLine, Key

type Line = CameraLine | GroupLine
type Lines = tuple[list[str], Mapping[str, Line]]


class View(StrEnum):
    """What the list is ordered by, or narrowed to."""

    ROAD = "road"
    NODE = "node"
    FAVOURITES = "favourites"
    FAULTS = "faults"


def matching(rows: Iterable[CameraRow], words: Sequence[str]) -> list[CameraRow]:
    """Rows in which every word stands; words in the spelling of `search`."""
    if not words:
        return list(rows)
    return [row for row in rows if all(word in row.search for word in words)]


def arranged(rows: Iterable[CameraRow], view: View, is_open: "Openness") -> Lines:
    match view:
        case View.ROAD:
            return _grouped(sorted(rows, key=attrgetter("along")), view, is_open)
        case View.NODE:
            return _grouped(sorted(rows, key=_by_node), view, is_open)
        case View.FAVOURITES:
            chosen = [row for row in rows if row.favourite]
            return _flat(sorted(chosen, key=attrgetter("along")))
        case View.FAULTS:
            broken = [row for row in rows if row.health in FAULTY]
            return _flat(sorted(broken, key=_newest_first))


class Openness:
    """Which heads show their cameras: those that the user opened, or all, while one searches,
    but those that he closed."""

    def __init__(self) -> None:
        self.searching = False
        self._opened: set[str] = set()
        self._closed: set[str] = set()

    def __call__(self, group_id: str) -> bool:
        return group_id not in self._closed if self.searching else group_id in self._opened

    def put(self, group_id: str, opened: bool) -> None:
        known, wanted = (self._closed, not opened) if self.searching else (self._opened, opened)
        (known.add if wanted else known.discard)(group_id)

    def search(self, searching: bool) -> None:
        """Another search begins with everything open."""
        self.searching = searching
        self._closed.clear()

    def opened(self) -> Collection[str]:
        return self._opened


def group_id(view: View, row: CameraRow) -> str:
    """The id of the head above a camera, "" where there are no heads."""
    match view:
        case View.ROAD:
            return f"#road:{row.road}"
        case View.NODE:
            return f"#node:{row.node}"
    return ""


def _grouped(rows: Sequence[CameraRow], view: View, is_open: Openness) -> Lines:
    ids: list[str] = []
    values: dict[str, Line] = {}
    for head, members in groupby(rows, key=lambda row: group_id(view, row)):
        group = list(members)
        opened = is_open(head)
        ids.append(head)
        values[head] = GroupLine(
            id=head,
            title=group[0].road_title if view is View.ROAD else group[0].node_title,
            count=len(group),
            faulty=sum(row.health in FAULTY for row in group),
            opened=opened,
        )
        for row in group if opened else ():
            ids.append(row.id)
            values[row.id] = _line(row, view)
    return ids, values


def _flat(rows: Iterable[CameraRow]) -> Lines:
    values: dict[str, Line] = {row.id: _line(row, None) for row in rows}
    return list(values), values


def _line(row: CameraRow, view: View | None) -> CameraLine:
    under_road = view is View.ROAD
    title = row.short if under_road else row.name
    beside = row.stake if under_road else f"{row.road} {row.stake}".strip()
    return CameraLine(
        camera=row,
        title=title,
        beside="" if beside in title else beside,
        inset=view is not None,
    )


def _by_node(row: CameraRow) -> Key:
    return (*row.node_key, *row.along)


def _newest_first(row: CameraRow) -> Key:
    return (-row.since, *row.along)
