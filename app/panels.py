"""A panel as a description: docks, menus and layouts derive from it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Area(StrEnum):
    """Where a panel stands before anybody has moved it."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """`id` is the dock's object name, `title` Chinese source text (context "Panel").

    `build` gets the services and returns the panel's widget, on the GUI thread.
    `roles` empty: every role sees it. `further`: one more of its kind, opened and closed at
    will, so that its head always shows. `keys`: what single keys do while it has the focus, as
    (keys as people read them, Chinese source text in context "Action"); for the sheet alone.
    """

    id: str
    title: str
    area: Area
    build: Callable[[Any], Any]
    icon: str = ""
    roles: frozenset[str] = frozenset()
    further: bool = False
    keys: tuple[tuple[str, str], ...] = ()
