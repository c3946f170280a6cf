"""Named layouts: where panels stand at first, and where the user has put them since."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.roles import Role
from app.panels import Area, Panel
from app.preferences import Preferences
from app.text import translate
from widgets.frame.docks import Arrangement, Docks


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the panels of one kind of work stand; `titles` has its name."""

    id: str
    arrangement: Arrangement


SITUATION = Layout(
    "situation",
    {Area.LEFT: ("queue",), Area.CENTRE: ("map",), Area.RIGHT: ("case",)},
)
INCIDENTS = Layout(
    "incidents",
    {Area.LEFT: ("queue",), Area.CENTRE: ("case",), Area.RIGHT: ("alarms", "outbox")},
)
VIDEO = Layout("video", {Area.CENTRE: ("video",)})
LAYOUTS = (SITUATION, INCIDENTS, VIDEO)
FIRST: dict[str, Layout] = {
    Role.VIDEO_OP: VIDEO,
    Role.AUDITOR: INCIDENTS,
    Role.ANALYST: INCIDENTS,
    Role.ADMIN: INCIDENTS,
}
"""What a role sees first; the others begin with the situation."""


def offered(panels: Iterable[Panel]) -> tuple[Layout, ...]:
    """Those layouts whose main panel is built."""
    ids = {panel.id for panel in panels}
    return tuple(
        layout for layout in LAYOUTS if set(layout.arrangement.get(Area.CENTRE, ())) <= ids
    )


def titles() -> dict[str, str]:
    return {
        SITUATION.id: translate("Layout", "态势"),
        INCIDENTS.id: translate("Layout", "事件"),
        VIDEO.id: translate("Layout", "视频"),
    }


class Layouts(QObject):
    """Remembers each layout per role in the user's preferences.

    Signals: changed(): another layout is shown, or own ones were added or removed.
    """

    changed = Signal()

    def __init__(self, docks: Docks, panels: tuple[Panel, ...], preferences: Preferences) -> None:
        super().__init__(docks)
        self._docks = docks
        self._panels = panels
        self._preferences = preferences
        self._layouts = {layout.id: layout for layout in offered(panels)}
        self._role = ""
        self.current = ""
        self._pause = QTimer(self, singleShot=True, interval=1000)
        self._pause.timeout.connect(self.keep)
        docks.moved.connect(self._pause.start)

    def start(self, role: str) -> None:
        """Begin as this role left the seat."""
        self._role = role
        self.current = ""
        first = FIRST.get(role, SITUATION)
        wanted = self._preferences.get(self._key("current"), first.id)
        known = [*self._layouts, *self.own()]
        if wanted not in known and known:
            wanted = first.id if first.id in known else known[0]
        self.choose(wanted)

    def choose(self, layout_id: str) -> None:
        """Show a layout as it was left. Raises KeyError if there is no such layout."""
        self.keep()
        self.current = layout_id
        self._preferences.set(self._key("current"), layout_id)
        state = self._preferences.get(self._key(layout_id)) or self.own().get(layout_id)
        if not state or not self._docks.restore(state):
            self._arrange()
        self._docks.allow(
            {panel.id for panel in self._panels if not panel.roles or self._role in panel.roles}
        )
        self.changed.emit()

    def reset(self) -> None:
        """Put the panels where the layout has them at first."""
        name, self.current = self.current, ""
        self._preferences.set(self._key(name), None)
        self.choose(name)

    def keep(self) -> None:
        """Remember where the panels stand now."""
        self._pause.stop()
        if self.current:
            self._preferences.set(self._key(self.current), self._docks.save())

    def offers(self) -> list[tuple[str, str]]:
        """Every layout as (id, title), the user's own last."""
        named = titles()
        return [*((i, named[i]) for i in self._layouts), *((name, name) for name in self.own())]

    def own(self) -> dict[str, str]:
        """The user's own layouts: name to state."""
        return dict(self._preferences.get("layouts.own", {}))

    def save_as(self, name: str) -> None:
        self._preferences.set("layouts.own", {**self.own(), name: self._docks.save()})
        self.choose(name)

    def remove(self, name: str) -> None:
        left = {own: state for own, state in self.own().items() if own != name}
        self._preferences.set("layouts.own", left)
        if self.current == name:
            self.current = ""
            self.choose(next(iter(self._layouts)))
        else:
            self.changed.emit()

    def _arrange(self) -> None:
        layout = self._layouts.get(self.current)
        if layout is not None:
            self._docks.arrange(layout.arrangement)

    def _key(self, name: str) -> str:
        return f"layout.{self._role}.{name}"
