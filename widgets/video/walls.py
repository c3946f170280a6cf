"""Several walls at one seat: they know of each other by this alone."""

from collections.abc import Callable
from typing import Self

from PySide6.QtCore import QObject

from app.selection import Selection


class Walls(QObject):
    """Which of them answers when something comes to the wall, and what one hands to a new one."""

    @classmethod
    def of(cls, selection: Selection) -> Self:
        """The one of this seat."""
        found = selection.findChild(cls)
        return found if found is not None else cls(selection)

    def __init__(self, selection: Selection) -> None:
        super().__init__(selection)
        self.handed = ""
        self._shown: dict[str, Callable[[], bool]] = {}

    def join(self, name: str, is_visible: Callable[[], bool]) -> None:
        self._shown[name] = is_visible

    def leave(self, name: str) -> None:
        self._shown.pop(name, None)

    def answers(self, name: str) -> bool:
        """True for the first of those that are on a screen."""
        shown = sorted(other for other, is_visible in self._shown.items() if is_visible())
        return shown[:1] == [name]

    def take_handed(self) -> str:
        """The camera that the new wall is opened for, once."""
        camera, self.handed = self.handed, ""
        return camera
