"""The layers as rows of a tree: groups, and in each its layers, the topmost first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from app.text import translate
from widgets.map.layers.words import Age

ID: Final = Qt.ItemDataRole.UserRole
ROW: Final = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class LayerRow:
    """What a row shows; two equal ones look the same."""

    id: str
    title: str
    visible: bool
    in_scale: bool  # the present zoom lies in the layer's range
    count: int | None
    age: Age
    demo: bool

    def __str__(self) -> str:
        """For screen readers."""
        shown = translate("Map", "显示") if self.visible else translate("Map", "隐藏")
        outside = "" if self.in_scale else translate("Map", "此比例尺不显示")
        count = "" if self.count is None else f"{self.count:,}"
        demo = translate("Map", "演示") if self.demo else ""
        parts = (self.title, shown, outside, count, self.age.text, demo)
        return ", ".join(filter(None, parts))


type Group = tuple[str, str, Sequence[LayerRow]]  # id, title, its layers


class LayerModel(QStandardItemModel):
    """Changes by row: a layer that stays keeps its item, and the view what it has in hand."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setColumnCount(1)

    def show(self, groups: Iterable[Group]) -> None:
        """Show these and nothing else."""
        wanted = list(groups)
        root = self.invisibleRootItem()
        _match(root, [group_id for group_id, *_ in wanted], _group_item)
        for at, (_, title, rows) in enumerate(wanted):
            item = root.child(at)
            _say(item, title, Qt.ItemDataRole.DisplayRole)
            _match(item, [row.id for row in rows], _layer_item)
            for number, row in enumerate(rows):
                _show(item.child(number), row)

    def item_of(self, layer_id: str) -> QStandardItem | None:
        for group in _children(self.invisibleRootItem()):
            for item in _children(group):
                if item.data(ID) == layer_id:
                    return item
        return None


def _match(parent: QStandardItem, ids: Sequence[str], make: Any) -> None:
    """Give the parent children with these ids in this order, with as few moves as it takes."""
    for row in reversed(range(parent.rowCount())):
        if parent.child(row).data(ID) not in ids:
            parent.removeRow(row)
    for at, wanted in enumerate(ids):
        here = [item.data(ID) for item in _children(parent)]
        if at < len(here) and here[at] == wanted:
            continue
        items = parent.takeRow(here.index(wanted)) if wanted in here else [make(wanted)]
        parent.insertRow(at, items)


def _children(parent: QStandardItem) -> list[QStandardItem]:
    return [parent.child(row) for row in range(parent.rowCount())]


def _group_item(group_id: str) -> QStandardItem:
    item = QStandardItem()
    item.setData(group_id, ID)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    item.setDropEnabled(True)
    return item


def _layer_item(layer_id: str) -> QStandardItem:
    item = QStandardItem()
    item.setData(layer_id, ID)
    item.setFlags(
        Qt.ItemFlag.ItemIsEnabled
        | Qt.ItemFlag.ItemIsSelectable
        | Qt.ItemFlag.ItemIsUserCheckable
        | Qt.ItemFlag.ItemIsDragEnabled
    )
    return item


def _show(item: QStandardItem, row: LayerRow) -> None:
    if item.data(ROW) == row:
        return
    item.setData(row, ROW)
    _say(item, row.title, Qt.ItemDataRole.DisplayRole)
    _say(item, str(row), Qt.ItemDataRole.AccessibleTextRole)
    state = Qt.CheckState.Checked if row.visible else Qt.CheckState.Unchecked
    if item.checkState() != state:
        item.setCheckState(state)


def _say(item: QStandardItem, text: str, role: Qt.ItemDataRole) -> None:
    if item.data(role) != text:
        item.setData(text, role)
