"""Tab goes through a page as the eye does: in the order of its layouts, whenever parts came."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

from widgets.shared.arrange import parts


def visual_order(widget: QWidget) -> Iterator[QWidget]:
    """What takes the focus by Tab in a widget, itself included, as it is laid out."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    layout = widget.layout()
    inner = widget.widget() if isinstance(widget, QScrollArea) else None
    if inner is not None:
        yield from visual_order(inner)
    elif layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for part in parts(layout):
        yield from _in_layout(part) if isinstance(part, QLayout) else visual_order(part)


def order_tabs(page: QWidget) -> None:
    """Chain what is on the page now; call it again when parts have come."""
    for before, after in pairwise(visual_order(page)):
        QWidget.setTabOrder(before, after)
