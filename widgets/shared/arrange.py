"""Arranging widgets: a panel that lists something, what scrolls, a layout that is filled anew."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget


def list_panel(
    panel: QWidget, head: QWidget, view: QWidget, empty: QWidget, foot: QLayout
) -> QStackedLayout:
    """Head above, acts below, the rows or why there are none between; returns these two."""
    stack = QStackedLayout()
    stack.addWidget(view)
    stack.addWidget(empty)
    foot.setContentsMargins(12, 8, 12, 8)
    foot.setSpacing(8)
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(head)
    column.addLayout(stack, 1)
    column.addLayout(foot)
    return stack


def scrolled(inner: QWidget) -> QScrollArea:
    """What may be too long for its place, on the ground of that place."""
    area = QScrollArea(widgetResizable=True)
    area.setWidget(inner)
    inner.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area


def parts(layout: QLayout) -> list[QWidget | QLayout]:
    """Widgets and layouts directly in a layout, in its order.

    Never by QLayout.itemAt: its Python object outlives the item that Qt deletes with the widget,
    and the next widget at that address is taken for it: the process ends, sooner or later.
    """
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    owner = layout.parentWidget()
    found: list[QWidget | QLayout] = layout.findChildren(QLayout, options=direct)
    found += owner.findChildren(QWidget, options=direct) if owner is not None else []
    placed = [(layout.indexOf(part), number) for number, part in enumerate(found)]
    return [found[number] for place, number in sorted(placed) if place >= 0]


def clear(layout: QLayout) -> None:
    """Take everything out; the widgets are gone from the screen at once."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
