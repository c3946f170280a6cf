"""The case panel: which case is shown, and when it draws anew."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QWidget

from app.domain.changes import Changes
from app.domain.describe import number_text
from app.messages import Level
from app.selection import Ref
from app.services import Services
from app.text import language
from widgets.case.view import CaseView, case_of, case_view, name_of
from widgets.shared.fonts import sans_family
from widgets.shared.labels import EmptyState

if TYPE_CHECKING:
    from widgets.case.page import CasePage

_OF_CASE = ("entry", "obligation")


class CasePanel(QWidget):
    """Follows the selection. Only news of the shown case, its people and its surroundings make
    it draw; while it is hidden it notes that it has to. The page is built for the first case:
    the desk's first picture does not need it."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._incident_id = ""
        self._dirty = False
        self.setProperty("surface", "panel")
        self._empty = EmptyState(
            self.tr("没有打开的事件"),
            self.tr("在事件队列或地图上选择一个事件,或按 F2 接报新事件。"),
        )
        self._page: CasePage | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._second = QTimer(self, interval=1000)
        self._connect()
        self._on_selected(services.selection.current)

    def _connect(self) -> None:
        services = self._services
        services.selection.changed.connect(self._on_selected)
        services.selection.opened.connect(self._on_opened)
        services.store.changed.connect(self._on_store_changed)
        services.cases.presence_changed.connect(self._on_presence_changed)
        services.session.signed_in.connect(self._on_user)
        services.session.signed_out.connect(self._on_signed_out)
        self._second.timeout.connect(self._on_second)

    @property
    def page(self) -> "CasePage":
        if self._page is None:
            from widgets.case.page import CasePage

            self._page = CasePage(self._services)
            self._page.copy_asked.connect(self.copy_text)
            self._page.print_asked.connect(self._on_print)
            self._stack.addWidget(self._page)
        return self._page

    @property
    def incident_id(self) -> str:
        """The shown case, empty if none is."""
        return self._incident_id

    def show_incident(self, incident_id: str) -> None:
        if incident_id == self._incident_id:
            return
        if self._incident_id:
            self._services.cases.close(self._incident_id)
        self._incident_id = incident_id
        if incident_id:
            self._services.cases.open(incident_id)
        self._refresh()

    def _view(self) -> CaseView | None:
        return case_view(self._services.store, self._incident_id) if self._incident_id else None

    def _refresh(self) -> None:
        self._dirty = not self.isVisible()
        if self._dirty:
            return
        view = self._view()
        if view is None or self._services.session.user is None:
            self._say_why()
        else:
            self.page.show_view(view)
        self._stack.setCurrentWidget(self._empty if view is None else self.page)

    def _on_second(self) -> None:
        if self._page is not None:
            self._page.tick()

    def _say_why(self) -> None:
        if self._incident_id:
            self._empty.say(
                self.tr("此事件不可见"),
                self.tr("它已不在本席位的权限范围内,或尚未同步到本机。"),
            )
        else:
            self._empty.say(
                self.tr("没有打开的事件"),
                self.tr("在事件队列或地图上选择一个事件,或按 F2 接报新事件。"),
            )

    def _on_selected(self, ref: Ref | None) -> None:
        if ref is not None and ref.kind == "incident":
            self.show_incident(ref.id)

    def _on_opened(self, ref: Ref) -> None:
        """Opened to be worked on: the keyboard goes to the next act, once the panel is up."""
        self._on_selected(ref)
        QTimer.singleShot(0, self, self._focus_first_act)

    def _focus_first_act(self) -> None:
        self.page.focus_first_act()

    def _on_store_changed(self, changes: Changes) -> None:
        if self._incident_id and self._concerns(changes):
            self._refresh()
        around = changes.of("camera").touched or changes.of("facility").touched
        if around and self._page is not None:
            self._page.recount_nearby()

    def _concerns(self, changes: Changes) -> bool:
        if self._incident_id in changes.of("incident").touched or changes.of("user").touched:
            return True
        store = self._services.store
        for kind in _OF_CASE:
            touched = changes.of(kind)
            if touched.removed:
                return True
            for entity_id in touched.touched:
                entity = store.get(kind, entity_id)
                if entity is not None and entity.incident_id == self._incident_id:
                    return True
        items = (store.get("outbox", item_id) for item_id in changes.of("outbox").touched)
        return any(item and case_of(store, item) == self._incident_id for item in items)

    def _on_presence_changed(self, incident_id: str) -> None:
        if incident_id == self._incident_id:
            self.page.show_others()

    def _on_user(self) -> None:
        self._refresh()

    def _on_signed_out(self) -> None:
        if self._page is not None:
            self._page.forget()
        self.show_incident("")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._second.start()
        if self._dirty:
            self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._second.stop()

    # out of the desk

    def copy_text(self) -> None:
        view = self._view()
        if view is None:
            return
        from widgets.case.astext import case_text

        services = self._services
        owner = name_of(services.store, view.incident.owner_id)
        text = case_text(view, services.rules, language(), services.clock.now(), owner)
        QGuiApplication.clipboard().setText(text)
        services.messages.post(Level.GOOD, self.tr("已复制事件文本"), key="case-copy")

    def _on_print(self) -> None:
        view = self._view()
        if view is None:
            return
        name = f"{number_text(view.incident, language())}.pdf"
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("打印为 PDF"), name, "PDF (*.pdf)")
        if chosen:
            self.print_to(Path(chosen))

    def print_to(self, path: Path) -> None:
        """Write the shown case as PDF, off the GUI thread; the message bar tells the end."""
        view, services = self._view(), self._services
        if view is None:
            return
        from widgets.case.pdf import write_apart
        from widgets.case.printout import printout

        user = services.session.user
        page = printout(
            view, services.rules, language(), services.clock.now(),
            owner=name_of(services.store, view.incident.owner_id),
            user=user.name if user else "", family=sans_family(),
        )  # fmt: skip
        services.tasks.run(
            write_apart,
            page,
            path,
            done=lambda _: self._on_printed(path),
            failed=self._on_unprinted,
        )

    def _on_printed(self, path: Path) -> None:
        text = self.tr("已写入 {path}").format(path=path)
        self._services.messages.post(Level.GOOD, text, key="case-print")

    def _on_unprinted(self, error: Exception) -> None:
        text = self.tr("PDF 没有写成:{error}。换一个位置再试。").format(error=error)
        self._services.messages.post(Level.BAD, text, key="case-print")
