"""The one window: login, lock or workspace; it brings services, frame and panels together."""

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QInputDialog, QMainWindow, QStackedWidget

from app.actions import Action
from app.domain.people import User
from app.messages import Level, Message
from app.panels import Panel
from app.selection import Ref
from app.services import Services
from app.text import language, translate
from widgets.frame.about import AboutDialog
from widgets.frame.actions import panel_actions
from widgets.frame.keys import Keys
from widgets.frame.language import use_language
from widgets.frame.lock import LockPage
from widgets.frame.login import LoginPage
from widgets.frame.message_bar import MessageBar
from widgets.frame.palette import Palette
from widgets.frame.preferences import PreferencesDialog
from widgets.frame.sheet import ShortcutSheet
from widgets.frame.sound import Sound
from widgets.frame.workspace import Workspace
from widgets.registry import ACTIONS, PANELS
from widgets.shared.theme import load_theme

LEAST = (1366, 768)
LOGIN_AFTER_MS = 3000
"""A desk that signs in by itself shows the login page if that takes so long."""


class MainWindow(QMainWindow):
    """Actions call its public methods. The workspace is built at the first sign-in, and again
    for a user of another language; no panel runs before somebody may see it."""

    def __init__(
        self,
        services: Services,
        version: str = "",
        panels: tuple[Panel, ...] = PANELS,
        actions: tuple[Action, ...] = ACTIONS,
    ) -> None:
        super().__init__()
        self._services, self._version, self._panels = services, version, panels
        self._actions = {action.id: action for action in actions}
        self.setWindowTitle("TOCC Desk")
        self.setObjectName("mainWindow")
        self.setMinimumSize(1024, 640)
        self.resize(*LEAST)
        self.workspace: Workspace | None = None
        self._wear_theme()
        self.palette_box: Palette | None = None
        self._pages = QStackedWidget()
        self._login: LoginPage | None = None
        self._lock: LockPage | None = None
        self.setCentralWidget(self._pages)
        self.messages = MessageBar(self._pages)
        self._sound = Sound(services.settings.data_dir, self)
        self._keys = Keys(self, self._fire)
        self._keys.bind(self._actions.values())
        self._tick = QTimer(self, interval=1000, timerType=Qt.TimerType.PreciseTimer)
        self._connect()
        self._start()

    def _connect(self) -> None:
        services = self._services
        services.session.signed_in.connect(self._on_signed_in)
        services.session.signed_out.connect(self._on_signed_out)
        services.session.locked.connect(self._on_locked)
        services.session.unlocked.connect(self._on_unlocked)
        services.messages.posted.connect(self._on_message)
        services.alarms.rang.connect(self._sound.ring)
        services.preferences.changed.connect(self._on_preference)
        services.selection.opened.connect(self._on_opened)
        services.selection.located.connect(lambda *_: self.show_panel("map"))
        services.selection.point_asked.connect(lambda _: self.show_panel("map"))
        services.selection.act_asked.connect(self.fire)
        services.selection.watch_asked.connect(lambda: self.show_panel("video"))
        services.selection.left.connect(self.hide_panel)
        self.messages.acted.connect(self.fire)
        self._tick.timeout.connect(self._on_tick)

    def _start(self) -> None:
        self._services.tasks.run(self._sound.prepare)
        self._tick.start()
        user = self._services.session.user
        if user is not None:
            self._on_signed_in(user)
        elif self._services.settings.auto_sign_in is None:
            self._on_signed_out()
        else:
            self._cover(True)
            QTimer.singleShot(LOGIN_AFTER_MS, self, self._offer_login)

    def _offer_login(self) -> None:
        if self._services.session.user is None:
            self._on_signed_out()

    # what actions do

    def fire(self, action_id: str) -> None:
        """Run an action by its id; an unknown one does nothing."""
        action = self._actions.get(action_id)
        if action is not None:
            self._fire(action)

    def show_layout(self, layout_id: str) -> None:
        if self.workspace and layout_id in dict(self.workspace.layouts.offers()):
            self.workspace.layouts.choose(layout_id)

    def show_panel(self, panel_id: str) -> None:
        if self.workspace:
            self.workspace.docks.show_panel(panel_id)

    def hide_panel(self, panel_id: str) -> None:
        if self.workspace:
            self.workspace.docks.docks[panel_id].toggleView(False)

    def open_further(self, kind: str, *, floating: bool = False) -> bool:
        """Open one more panel of a kind beside the first, or in a window of its own; false when
        all are open."""
        ids = [panel.id for panel in self._panels if panel.further and panel.id.startswith(kind)]
        docks = self.workspace.docks if self.workspace else None
        closed = [panel_id for panel_id in ids if docks and docks.docks[panel_id].isClosed()]
        if docks and closed and floating:
            docks.float_out(closed[0])
        elif docks and closed:
            docks.open_beside(closed[0], kind)
        return bool(closed)

    def toggle_arranging(self) -> None:
        if self.workspace:
            docks = self.workspace.docks
            docks.set_fixed(not docks.fixed)
            if not docks.fixed:
                words = self.tr("拖动页签可移动、合并面板,双击可浮动到其他屏幕")
                self._services.messages.post(Level.INFO, words, "layout.arrange", "arrange")

    def save_layout_as(self) -> None:
        if self.workspace:
            name, wanted = QInputDialog.getText(self, self.tr("布局另存为"), self.tr("名称"))
            if wanted and name.strip():
                self.workspace.layouts.save_as(name.strip()[:12])

    def reset_layout(self) -> None:
        if self.workspace:
            self.workspace.layouts.reset()

    def open_palette(self) -> None:
        if self.workspace and self.palette_box:
            box = self.workspace.top.search
            corner = box.mapTo(self, box.rect().topRight())
            self.palette_box.open(corner.x() + 1, corner.y())

    def open_preferences(self) -> None:
        PreferencesDialog(self._services.preferences, self._services.settings, self).show()

    def open_sheet(self) -> None:
        ShortcutSheet(tuple(self._actions.values()), self._panels, self).show()

    def open_about(self) -> None:
        AboutDialog(self._services, self._version, self).show()

    def go_back(self) -> None:
        """The innermost thing first: arranging, then what is in hand."""
        if self.workspace and not self.workspace.docks.fixed:
            self.workspace.docks.set_fixed(True)
        else:
            self._services.selection.select(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc comes here when nobody inside had a use for it."""
        if event.key() == Qt.Key.Key_Escape:
            self.fire("window.back")
        else:
            super().keyPressEvent(event)

    def _fire(self, action: Action) -> None:
        session = self._services.session
        if session.user is not None and not session.is_locked:
            action.run(self._services, self)

    # who sits here

    def _on_signed_in(self, user: User) -> None:
        self._speak()
        if self.workspace is None:
            self._build()
        assert self.workspace is not None
        self._wear_theme()
        self._place()
        self._pages.setCurrentWidget(self.workspace)
        self._cover(False)  # before another layout takes away what it would bring back
        self.workspace.welcome(user)

    def _speak(self) -> None:
        """The user's language. Screens in another one go and are built anew."""
        wanted = self._services.preferences.get("language", self._services.settings.language)
        if wanted == language():
            return
        use_language(wanted)
        for page in (self._login, self._lock):
            if page is not None:
                page.deleteLater()
        self._login = self._lock = None
        if self.workspace is not None and self.palette_box is not None:
            self.workspace.docks.close_panels()
            self.workspace.deleteLater()
            self.palette_box.deleteLater()
            self.workspace = self.palette_box = None

    def _build(self) -> None:
        services = self._services
        self._actions |= {action.id: action for action in panel_actions(self._panels)}
        actions = tuple(self._actions.values())
        self.workspace = Workspace(services, self._panels, actions, self.fire, self._version)
        self._pages.addWidget(self.workspace)
        self.palette_box = Palette(self, services, actions, self._fire)

    def _on_signed_out(self) -> None:
        self._keep()
        self._cover(True)
        if self._login is None:
            self._login = LoginPage(self._services)
            self._pages.addWidget(self._login)
        self._pages.setCurrentWidget(self._login)
        self._login.start()

    def _on_locked(self) -> None:
        self._keep()
        self._cover(True)
        if self._lock is None:
            self._lock = LockPage(self._services)
            self._pages.addWidget(self._lock)
        self._pages.setCurrentWidget(self._lock)
        self._lock.start()

    def _on_unlocked(self) -> None:
        if self.workspace is not None:
            self._pages.setCurrentWidget(self.workspace)
            self._cover(False)

    def _cover(self, covered: bool) -> None:
        """While covered nothing of the cases is seen, on no screen, and no shortcut fires."""
        self._keys.set_enabled(not covered)
        self.messages.set_covered(covered and self._services.session.user is not None)
        if covered and self.palette_box is not None:
            self.palette_box.close()
        for dialog in self.findChildren(QDialog):
            dialog.close()
        if self.workspace is not None:
            self.workspace.docks.set_covered(covered)

    # the rest

    def _on_message(self, message: Message) -> None:
        action = self._actions.get(message.action or "")
        self.messages.show_message(message, translate("Action", action.text) if action else "")

    def _on_opened(self, ref: Ref) -> None:
        panel_id = {"incident": "case", "outbox": "outbox"}.get(ref.kind)
        if panel_id:
            self.show_panel(panel_id)

    def _on_preference(self, key: str) -> None:
        if key in ("theme", "traffic_ramp", ""):
            self._wear_theme()

    def _wear_theme(self) -> None:
        preferences = self._services.preferences
        name = preferences.get("theme", self._services.settings.theme)
        ramp = preferences.get("traffic_ramp")
        load_theme(
            "light" if name == "light" else "dark", "safe" if ramp == "safe" else "standard"
        ).wear(self)

    def _on_tick(self) -> None:
        if self.workspace is not None and self.workspace.isVisible():
            self.workspace.tick()
        elif self._login is not None and self._login.isVisible():
            self._login.refresh()

    def _place(self) -> None:
        """Where this user left the window."""
        state = self._services.preferences.get("window.geometry")
        if state:
            self.restoreGeometry(QByteArray.fromBase64(state.encode("ascii")))

    def _keep(self) -> None:
        if self.workspace is not None and self.workspace.layouts.current:
            self.workspace.layouts.keep()
            geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
            self._services.preferences.set("window.geometry", geometry)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep()
        self._tick.stop()
        self._sound.stop()
        if self.workspace is not None:
            self.workspace.docks.close_panels()
        super().closeEvent(event)
