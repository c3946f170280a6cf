"""What a signed-in user sees: top bar, docks, status bar; with layouts and counts kept true."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.actions import Action
from app.domain.alarm import Alarm
from app.domain.changes import Changes
from app.domain.people import Org, User
from app.panels import Panel
from app.services import Services
from app.text import language, translate
from widgets.frame.docks import Docks
from widgets.frame.keys import keys_text
from widgets.frame.layouts import Layouts
from widgets.frame.status_bar import StatusBar
from widgets.frame.top_bar import TopBar

type Fire = Callable[[str], None]
"""Runs an action by its id."""

USER_MENU = (
    "seat.lock", "seat.change_user", "", "sound.mute", "theme.toggle", "preferences.open", "",
    "sheet.open", "diagnostics.export", "about.open", "", "window.quit",
)  # fmt: skip
LAYOUT_MENU = ("layout.arrange", "layout.save_as", "layout.reset")


class Workspace(QWidget):
    """Built at the first sign-in; other users of the seat find it with their layouts."""

    def __init__(
        self,
        services: Services,
        panels: tuple[Panel, ...],
        actions: tuple[Action, ...],
        fire: Fire,
        version: str,
    ) -> None:
        super().__init__()
        self._services, self._fire = services, fire
        self._actions = {action.id: action for action in actions}
        self._layout_menu, user_menu = QMenu(self), QMenu(self)
        self._fill(user_menu, USER_MENU)
        self.top = TopBar(self._layout_menu, user_menu)
        self.docks = Docks(panels, services)
        self.layouts = Layouts(self.docks, panels, services.preferences)
        self.status = StatusBar(services, version)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.docks, 1)
        column.addWidget(self.status)
        self._connect()

    def _connect(self) -> None:
        self.top.layout_chosen.connect(self.layouts.choose)
        self.top.search_asked.connect(lambda: self._fire("palette.open"))
        self.top.mute_asked.connect(lambda: self._fire("sound.mute"))
        self.top.alarms_asked.connect(lambda: self.docks.show_panel("alarms"))
        self.status.outbox_asked.connect(lambda: self.docks.show_panel("outbox"))
        self.layouts.changed.connect(self._on_layouts_changed)
        self._layout_menu.aboutToShow.connect(self._on_layout_menu)
        self._services.store.changed.connect(self._on_store_changed)
        self._services.link.changed.connect(self.status.refresh)
        self._services.preferences.changed.connect(self._on_preference)

    def welcome(self, user: User) -> None:
        """Show it as this user left it."""
        self.top.show_user(user.name, self._services.rules.label("role", user.role, language()))
        self._show_centre()
        self.layouts.start(user.role)
        self._on_preference("")
        self._show_alarms()
        self.tick()

    def tick(self) -> None:
        """Once a second."""
        self.top.show_time(self._services.clock.now())
        self.status.refresh()

    def _show_centre(self) -> None:
        user = self._services.session.user
        org = self._services.store.get("org", user.org_id) if user is not None else None
        self.top.show_centre(org.name if isinstance(org, Org) else "")

    def _show_alarms(self) -> None:
        alarms = self._services.store.all("alarm").values()
        ringing = (a for a in alarms if isinstance(a, Alarm) and a.acknowledged_by is None)
        self.top.show_alarms(sum(1 for _ in ringing))

    def _on_store_changed(self, changes: Changes) -> None:
        if changes.of("alarm").touched:
            self._show_alarms()
        if changes.of("outbox").touched:
            self.status.refresh()
        if changes.of("org").touched:
            self._show_centre()

    def _on_preference(self, key: str) -> None:
        if key in ("mute", ""):
            self.top.show_muted(bool(self._services.preferences.get("mute", False)))

    def _on_layouts_changed(self) -> None:
        self.top.show_layouts(self.layouts.offers(), self.layouts.current)

    def _on_layout_menu(self) -> None:
        menu = self._layout_menu
        menu.clear()
        menu.addActions([t for t in self.docks.toggles() if t.isVisible()])
        menu.addSeparator()
        self._fill(menu, LAYOUT_MENU)
        own = self.layouts.own()
        if own:
            removing = menu.addMenu(self.tr("删除布局"))
            for name in own:
                removing.addAction(name).triggered.connect(
                    lambda _=False, n=name: self.layouts.remove(n)
                )

    def _fill(self, menu: QMenu, ids: tuple[str, ...]) -> None:
        for action_id in ids:
            action = self._actions.get(action_id)
            if not action_id:
                menu.addSeparator()
            elif action is not None:
                menu.addAction(self._item(action, menu))

    def _item(self, action: Action, menu: QMenu) -> QAction:
        """The keys are shown, not bound: that is the work of Keys."""
        keys = f"\t{keys_text(action.shortcut)}" if action.shortcut else ""
        item = QAction(translate("Action", action.text) + keys, menu)
        item.triggered.connect(lambda: self._fire(action.id))
        if action.id == "layout.arrange":
            item.setCheckable(True)
            item.setChecked(not self.docks.fixed)
        return item
