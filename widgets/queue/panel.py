"""The incident queue: what needs a person first, with its clock."""

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.clocks import clocks
from app.domain.describe import kind_words, local_time
from app.domain.incident import Incident
from app.link import LinkState
from app.selection import Ref
from app.services import Services
from app.text import language
from widgets.queue.card import Card, card
from widgets.queue.delegate import QueueDelegate
from widgets.queue.exporter import Exporter
from widgets.queue.feed import QueueFeed
from widgets.queue.filter_words import choices, narrowed_words
from widgets.queue.head import QUICK, QueueHead
from widgets.queue.index import QueueIndex
from widgets.queue.model import QueueModel
from widgets.queue.view import QueueView
from widgets.queue.views import View, keep_last, last_view
from widgets.queue.views_menu import ViewsMenu
from widgets.shared.arrange import list_panel
from widgets.shared.buttons import button, primary_button
from widgets.shared.labels import EmptyState
from widgets.shared.people import user_name

BEAT_MS: Final = 500
COUNT_MS: Final = 200
SEARCH_MS: Final = 250


class QueuePanel(QWidget):
    """Shows the cases of the store; works only while it is on the screen."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._language = language()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = QueueModel(QueueIndex(self._kind_words, self._user_name), self._describe)
        self.delegate = QueueDelegate(
            services.clock.now, services.rules.amber_share, self._language, self
        )
        self.head = QueueHead(self)
        self.view = QueueView(self.model, self.delegate, self)
        self.view.setAccessibleName(self.tr("事件队列"))
        self.empty = EmptyState()
        self.feed = QueueFeed(services.store, services.rules, self.model, self)
        self._views = ViewsMenu(services.preferences, self.head.views_button, self._current_view)
        self._report = primary_button(self.tr("接报 F2"), self.tr("登记一起新事件 (F2)"))
        self._export = button(self.tr("导出"), tip=self.tr("把列表中的事件存为 CSV 表格"))
        self.exporter = Exporter(services, self)
        self._beat = QTimer(self, interval=BEAT_MS)
        self._recount = QTimer(self, singleShot=True, interval=COUNT_MS)
        self._full_text = QTimer(self, singleShot=True, interval=SEARCH_MS)
        self._build()
        self._connect()
        self._on_user_changed()
        self._on_link()

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self._report, 1)
        foot.addWidget(self._export)
        self._stack = list_panel(self, self.head, self.view, self.empty, foot)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.head.search.setFocus)

    def _connect(self) -> None:
        services = self._services
        self.head.changed.connect(self._on_wanted)
        self.head.filtering.connect(self._on_filtering)
        self.head.search.installEventFilter(self)
        self.view.picked.connect(self._on_picked)
        self.view.opened.connect(self._on_opened)
        self.feed.feeding.connect(self.view.hold)
        self.feed.fed.connect(self._on_fed)
        self.empty.acted.connect(self.head.clear)
        self._report.clicked.connect(self._on_report)
        self._export.clicked.connect(self._on_export)
        self._views.chosen.connect(self._on_view)
        self._beat.timeout.connect(self._on_beat)
        self._recount.timeout.connect(self._on_recount)
        self._full_text.timeout.connect(self._on_full_text)
        services.selection.changed.connect(self._on_selected)
        services.session.signed_in.connect(self._on_user_changed)
        services.session.signed_out.connect(self._on_user_changed)
        services.preferences.changed.connect(self._on_preference)
        services.link.changed.connect(self._on_link)

    # words

    def _kind_words(self, code: str) -> str:
        return kind_words(code, self._services.rules)

    def _user_name(self, user_id: str) -> str:
        return user_name(self._services.store, user_id)

    def _describe(self, incident_id: str) -> Card | None:
        services = self._services
        incident = services.store.get("incident", incident_id)
        if not isinstance(incident, Incident):
            return None
        duties = services.store.of_incident("obligation", incident_id)
        entries = services.store.of_incident("entry", incident_id)
        clock = next(iter(clocks(incident, duties, entries, services.rules)), None)
        now = services.clock.now()
        return card(incident, clock, now, services.store, services.rules, self._language)

    # on and off the screen

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.feed.set_active(True)
        self._beat.start()
        self._on_fed()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.feed.set_active(False)
        self._beat.stop()

    def _on_beat(self) -> None:
        """Twice a second for the pulse of an alarm, once a second for the clocks."""
        self.delegate.lit = not self.delegate.lit
        if self.delegate.lit or self.delegate.alarmed:
            self.view.repaint_rows()

    # facts

    def _on_fed(self) -> None:
        self.view.release()
        self.delegate.alarmed = self.feed.alarmed
        self._mark_selected()
        self._show_empty()
        if not self._recount.isActive():
            self._recount.start()

    def _on_recount(self) -> None:
        self.head.show_counts(self._counts())

    def _on_link(self) -> None:
        """A list that stands still says so."""
        link = self._services.link.now
        heard = local_time(link.last_word_at, "%m-%d %H:%M:%S")
        words = {
            LinkState.LIVE: "",
            LinkState.CONNECTING: self.tr("正在连接,列表停在 {time}"),
            LinkState.LAGGING: self.tr("数据滞后,列表停在 {time}"),
            LinkState.OFFLINE: self.tr("离线,列表停在 {time}"),
        }.get(link.state, self.tr("未与服务器同步,列表停在 {time}"))
        self.head.show_stale(words.format(time=heard))

    def _show_empty(self) -> None:
        rows = self.model.rowCount()
        self.head.show_rows(rows)
        self._stack.setCurrentWidget(self.view if rows else self.empty)
        self._export.setEnabled(rows > 0)
        if rows:
            return
        if self.feed.waiting:
            self.empty.say(self.tr("正在载入事件…"))
        elif self.model.wanted.narrowed:
            self.empty.say(
                self.tr("没有符合条件的事件"),
                self.tr("放宽条件,或清除筛选看全部未结事件。"),
                self.tr("清除筛选"),
            )
        elif not self._services.link.now.is_connected:
            self.empty.say(
                self.tr("本席位还没有事件"),
                self.tr("尚未连上服务器;仍可按 F2 接报,联网后自动发送。"),
            )
        else:
            self.empty.say(self.tr("没有未结事件"), self.tr("接到新情况时按 F2 登记。"))

    def _counts(self) -> dict[str, int]:
        return {name: self.model.cases.count(wanted) for name, wanted in QUICK.items()}

    # what is wanted

    def _on_wanted(self) -> None:
        self._ask()
        self._full_text.start()

    def _ask(self, found: Collection[str] = ()) -> None:
        """Show what the head asks for; selection and scroll position stay, if they can."""
        wanted, sort = self.head.filter, self.head.sort
        self.view.hold()
        self.model.ask(wanted, sort, found)
        self.view.release()
        words = narrowed_words(wanted, self._services.rules, self._areas(), self._language)
        self.head.show_filter(wanted, sort, words)
        self._mark_selected()
        self._show_empty()
        keep_last(self._services.preferences, View("", replace(wanted, text=""), sort))

    def _on_full_text(self) -> None:
        """Ask the cache too: it also knows what was said in the timeline."""
        text = self.head.filter.text.strip()
        if text:
            self._services.cases.search(text, partial(self._on_found, text))

    def _on_found(self, text: str, ids: list[str]) -> None:
        if text == self.head.filter.text.strip() and any(
            self.model.row_of(incident_id) is None for incident_id in ids
        ):
            self._ask(frozenset(ids))

    def _on_filtering(self) -> None:
        rules = self._services.rules
        self.head.offer(choices(self.model.cases, rules, self._areas(), self._language))

    def _areas(self) -> dict[str, str]:
        districts = self._services.store.all("district").values()
        return {district.id: district.name for district in districts}

    def _current_view(self) -> View:
        return View("", self.head.filter, self.head.sort)

    def _on_view(self, view: View) -> None:
        self.head.filter, self.head.sort = view.filter, view.sort
        self._on_wanted()

    def _on_user_changed(self) -> None:
        user = self._services.session.user
        self.model.cases.me = user.id if user else ""
        self._on_view(last_view(self._services.preferences))

    def _on_preference(self, key: str) -> None:
        if not key:
            self._on_user_changed()

    # selection and acts

    def _on_picked(self, row: int) -> None:
        self._services.selection.select(Ref("incident", self.model.id_at(row)))

    def _on_opened(self, row: int) -> None:
        self._services.selection.open(Ref("incident", self.model.id_at(row)))

    def _on_selected(self) -> None:
        self._mark_selected(scroll=True)

    def _mark_selected(self, *, scroll: bool = False) -> None:
        ref = self._services.selection.current
        marked = ref.id if ref is not None and ref.kind == "incident" else None
        self.view.show_selected(marked, scroll=scroll)

    def step(self, rows: int) -> None:
        """Pick the case above or below."""
        self.view.step(rows)

    def _on_report(self) -> None:
        self._services.selection.act_asked.emit("report.new")

    def _on_export(self) -> None:
        self.exporter.ask(self.model.ids())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search box the arrows and Enter reach the list, Esc empties the box."""
        if (
            watched is self.head.search
            and isinstance(event, QKeyEvent)
            and (event.type() == QEvent.Type.KeyPress)
        ):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.view.setFocus()
                if not self.view.currentIndex().isValid() or event.key() == Qt.Key.Key_Down:
                    self.step(1)
                return True
            if event.key() == Qt.Key.Key_Escape and self.head.search.text():
                self.head.search.clear()
                return True
        return super().eventFilter(watched, event)
