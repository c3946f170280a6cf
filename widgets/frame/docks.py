"""The panels as docks: moved, tabbed, floated to another screen, and put back."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget
from PySide6QtAds import ads

from app.panels import Area, Panel
from app.services import Services
from app.text import translate
from widgets.shared.labels import SectionHeader

_SIDES = {
    Area.LEFT: ads.LeftDockWidgetArea,
    Area.CENTRE: ads.CenterDockWidgetArea,
    Area.RIGHT: ads.RightDockWidgetArea,
    Area.BOTTOM: ads.BottomDockWidgetArea,
}
WIDTHS = {Area.LEFT: 372, Area.RIGHT: 452}
"""Pixels of the side areas before anybody has moved them."""
FOOT = 320
"""Pixels of a panel at the foot when it opens, at most two fifths of the height."""

type Arrangement = dict[Area, tuple[str, ...]]
"""Panel ids by area; several in one area are tabs, the first in front."""


class PanelPlace(QWidget):
    """Where a panel comes to stand; `panel` is None until then."""

    def __init__(self, build: Callable[[], QWidget]) -> None:
        super().__init__()
        self._build = build
        self.panel: QWidget | None = None
        self._held = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def fill(self) -> None:
        if self.panel is None:
            self.panel = self._build()
            self._column.addWidget(self.panel)
            self.setFocusProxy(self.panel)
        self.panel.show()  # else the layout does it at the next turn of the event loop

    def close_panel(self) -> None:
        """Its dock was closed: Qt tells only windows, but a panel may have a thread to end."""
        if self.panel is not None:
            self.panel.close()

    def hold(self, held: bool) -> None:
        """Held: it is shown in passing only, while the docks are put in order."""
        self._held = held
        if self.isVisible() and not held:
            self.fill()

    def showEvent(self, event: QShowEvent) -> None:
        if not self._held:
            self.fill()
        super().showEvent(event)


class Docks(QWidget):
    """All docks are made here once and kept; a layout only says where they stand. A panel is
    built when it is shown for the first time.

    While the places are fixed (the usual state) a panel that stands alone shows no tab.

    Signals: moved(): the user changed the layout.
    """

    moved = Signal()

    def __init__(self, panels: Sequence[Panel], services: Services) -> None:
        super().__init__()
        flags = ads.CDockManager.eConfigFlag
        ads.CDockManager.setConfigFlags(
            flags.DockAreaHasUndockButton
            | flags.OpaqueSplitterResize
            | flags.DoubleClickUndocksWidget
            | flags.FloatingContainerHasWidgetTitle
            | flags.DragPreviewShowsContentPixmap
            | flags.DockAreaHideDisabledButtons
            | flags.XmlCompressionEnabled
        )
        self.manager = ads.CDockManager(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.manager)
        self._fixed = True
        self._sharing: Arrangement | None = None
        self._opened = ""  # a panel that came to a side and has not got its size yet
        self._heads = QTimer(self, singleShot=True, interval=0)
        self._heads.timeout.connect(self._show_heads)
        self._homes = {panel.id: panel.area for panel in panels}
        self._further = {panel.id for panel in panels if panel.further}
        self.manager.setStyleSheet("")  # the desk wears one of its own
        self._places = {panel.id: PanelPlace(partial(panel.build, services)) for panel in panels}
        self.docks = {panel.id: self._dock(panel) for panel in panels}
        self.manager.stateRestored.connect(self._heads.start)
        self.manager.dockAreasAdded.connect(self._on_areas_changed)
        self.manager.dockAreasRemoved.connect(self._on_areas_changed)
        self.arrange({})  # a dock must stand somewhere before it can be opened or closed

    def _dock(self, panel: Panel) -> ads.CDockWidget:
        dock = ads.CDockWidget(self.manager, translate("Panel", panel.title))
        dock.setObjectName(panel.id)
        dock.setWidget(self._places[panel.id], ads.CDockWidget.eInsertMode.ForceNoScrollArea)
        dock.setMinimumSizeHintMode(ads.CDockWidget.eMinimumSizeHintMode.MinimumSizeHintFromContent)
        dock.viewToggled.connect(self._on_areas_changed)
        dock.closed.connect(self._places[panel.id].close_panel)
        dock.topLevelChanged.connect(self._on_areas_changed)
        return dock

    # where they stand

    def arrange(self, arrangement: Arrangement) -> None:
        """Put the named panels into their areas; the others wait closed in their own."""
        named = {panel_id for ids in arrangement.values() for panel_id in ids}
        self._hold(True)
        for area in (Area.CENTRE, Area.LEFT, Area.RIGHT, Area.BOTTOM):
            shown = [p for p in arrangement.get(area, ()) if p in self.docks]
            waiting = [p for p, home in self._homes.items() if home == area and p not in named]
            self._fill(area, shown, waiting)
        self._hold(False)
        self._sharing = arrangement
        self._heads.start()

    def _hold(self, held: bool) -> None:
        """The centre is built first: its map is drawn in a thread while the rest is built."""
        for panel_id in sorted(self._places, key=lambda p: self._homes[p] != Area.CENTRE):
            self._places[panel_id].hold(held)

    def _fill(self, area: Area, shown: Sequence[str], waiting: Sequence[str]) -> None:
        place = None
        for panel_id in (*shown, *waiting):
            dock = self.docks[panel_id]
            if place is None:
                place = self.manager.addDockWidget(_SIDES[area], dock)
            else:
                self.manager.addDockWidgetTabToArea(dock, place)
            dock.toggleView(panel_id in shown)
        if shown:
            self.docks[shown[0]].setAsCurrentTab()

    def _share_width(self, arrangement: Arrangement) -> None:
        """Left and right get their usual width, the centre the rest."""
        row = self._row()
        sizes = [0] * row.count()
        for area, ids in arrangement.items():
            dock = next((self.docks[panel_id] for panel_id in ids if panel_id in self.docks), None)
            at = row.indexOf(dock.dockAreaWidget()) if dock is not None else -1
            if at < 0:
                return  # the user has nested it already
            sizes[at] = WIDTHS.get(area, 0) or max(self.width() - sum(WIDTHS.values()), 400)
        row.setSizes(sizes)

    def _give_room(self) -> None:
        """A panel that was just opened at a side gets its usual size from the largest."""
        panel_id, self._opened = self._opened, ""
        dock = self.docks.get(panel_id)
        if dock is None or dock.isInFloatingContainer():
            return
        home = self._homes[panel_id]
        foot = home == Area.BOTTOM
        parts = self.manager.rootSplitter() if foot else self._row()
        at, sizes = parts.indexOf(dock.dockAreaWidget()), parts.sizes()
        if at < 0 or (foot and parts.orientation() == Qt.Orientation.Horizontal):
            return
        usual = min(FOOT, sum(sizes) * 2 // 5) if foot else WIDTHS.get(home, 0)
        lacking = usual - sizes[at]
        largest = max(range(len(sizes)), key=sizes.__getitem__)
        if lacking > 0 and largest != at:
            sizes[at] += lacking
            sizes[largest] -= lacking
            parts.setSizes(sizes)

    def _row(self) -> QSplitter:
        """What stands side by side: the whole, or its upper part over the panels at the foot."""
        whole: QSplitter = self.manager.rootSplitter()
        parts = [whole.widget(i) for i in range(whole.count())]
        if whole.orientation() == Qt.Orientation.Vertical:
            return next((part for part in parts if isinstance(part, QSplitter)), whole)
        return whole

    def save(self) -> str:
        """The present layout as text."""
        return bytes(self.manager.saveState().toBase64().data()).decode("ascii")

    def restore(self, state: str) -> bool:
        """False if the text is no layout of these docks; then nothing has changed."""
        self._sharing = None
        self._hold(True)
        restored = bool(self.manager.restoreState(QByteArray.fromBase64(state.encode("ascii"))))
        self._hold(False)
        return restored

    # one panel

    def show_panel(self, panel_id: str) -> None:
        """Bring a panel to the front wherever it stands."""
        dock = self.docks.get(panel_id)
        if dock is not None:
            if dock.isClosed():
                self._opened = panel_id
            self._places[panel_id].fill()
            dock.toggleView(True)
            dock.setAsCurrentTab()
            dock.raise_()

    def open_beside(self, panel_id: str, beside: str) -> None:
        """Open a closed panel in one half of another's place; in front if it is open already."""
        dock, place = self.docks[panel_id], self.docks[beside]
        if dock.isClosed() and not place.isClosed():
            wide = place.width() >= place.height()
            side = ads.RightDockWidgetArea if wide else ads.BottomDockWidgetArea
            area = place.dockAreaWidget()
            dock.toggleView(True)  # a closed one would come without its tab
            self.manager.addDockWidget(side, dock, area)
        self.show_panel(panel_id)

    def float_out(self, panel_id: str) -> None:
        """Open a closed panel in a window of its own, over another screen if there is one."""
        dock = self.docks[panel_id]
        dock.toggleView(True)
        window = self.manager.addDockWidgetFloating(dock)
        here = self.screen()
        others = [screen for screen in here.virtualSiblings() if screen is not here]
        room = (others[0] if others else here).availableGeometry()
        aside = 0 if others else room.width() // 6
        window.setGeometry(room.adjusted(aside, aside // 2, -aside, -aside // 2))
        self.show_panel(panel_id)

    def toggles(self) -> list[QAction]:
        """One checkable action per panel that the user may see."""
        return [dock.toggleViewAction() for dock in self.docks.values()]

    def allow(self, panel_ids: set[str]) -> None:
        """Only these panels are for the present role."""
        for panel_id, dock in self.docks.items():
            dock.toggleViewAction().setVisible(panel_id in panel_ids)
            if panel_id not in panel_ids:
                dock.toggleView(False)

    def set_covered(self, covered: bool) -> None:
        """Hide the floating panels too, and bring them back."""
        if covered:
            self.manager.hideManagerAndFloatingWidgets()
        else:
            self.manager.show()

    def close_panels(self) -> None:
        """The window goes."""
        for place in self._places.values():
            place.close_panel()

    # heads

    @property
    def fixed(self) -> bool:
        return self._fixed

    def set_fixed(self, fixed: bool) -> None:
        """Fixed: no tab on panels that stand alone. Else every panel can be taken by its tab."""
        self._fixed = fixed
        self._show_heads()

    def _on_areas_changed(self) -> None:
        self._heads.start()
        if not self.manager.isRestoringState():
            self.moved.emit()

    def _show_heads(self) -> None:
        for panel_id, dock in self.docks.items():
            area = dock.dockAreaWidget()
            if area is not None and not dock.isClosed():
                alone = area.openDockWidgetsCount() == 1 and not dock.isInFloatingContainer()
                headed = not (self._fixed and alone) or panel_id in self._further
                area.titleBar().setVisible(headed)
                for header in dock.findChildren(SectionHeader):
                    header.hide_title(dock.windowTitle() if headed else "")
        if self._sharing is not None and self.isVisible():
            self._share_width(self._sharing)
            self._sharing = None
        self._give_room()
        self._stretch()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._heads.start()

    def _stretch(self) -> None:
        """The widest part takes what a larger window brings."""
        row = self._row()
        sizes = row.sizes()
        for i, size in enumerate(sizes):
            row.setStretchFactor(i, int(size == max(sizes)))
