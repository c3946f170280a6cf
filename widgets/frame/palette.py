"""The command palette: one box for what one wants to do, open, or see on the map."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.actions import Action
from app.domain.changes import Changes
from app.place_finder import Found
from app.services import Services
from widgets.frame.palette_rows import Row, action_rows, case_rows, place_rows, thing_rows
from widgets.shared.fonts import BODY, ROW, SMALL, mono, sans
from widgets.shared.labels import text_label
from widgets.shared.theme import Theme

WIDTH, ROW_PX, HEAD_PX, MOST_PX = 640, 34, 26, 520
PAUSE_MS = 60
RowRole = Qt.ItemDataRole.UserRole

type Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractListModel):
    """Results under the heads of their groups. A head is a text, a result a Row."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: list[str | Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self._lines = []
        for group in dict.fromkeys(row.group for row in rows):
            self._lines += [group, *(row for row in rows if row.group == group)]
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        if role == RowRole:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line if isinstance(line, str) else f"{line.title} {line.detail}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_row = isinstance(self._lines[index.row()], Row)
        return (
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            if is_row
            else (Qt.ItemFlag.NoItemFlags)
        )


class RowsDelegate(QStyledItemDelegate):
    """Title, detail, keys at the right; a head in small grey."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(WIDTH, ROW_PX if isinstance(index.data(RowRole), Row) else HEAD_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, line = Theme.current(), index.data(RowRole)
        area: QRect = option.rect
        state = option.state
        painter.save()
        if not isinstance(line, Row):
            painter.setFont(sans(SMALL))
            painter.setPen(QColor(theme.text3))
            painter.drawText(area.adjusted(16, 4, -16, 0), Qt.AlignmentFlag.AlignVCenter, line)
        else:
            if state & QStyle.StateFlag.State_Selected:
                painter.fillRect(area, QColor(theme.selection))
                painter.fillRect(area.x(), area.y(), 3, area.height(), QColor(theme.accent))
            _paint_row(painter, area.adjusted(16, 0, -16, 0), line, theme)
        painter.restore()


def _paint_row(painter: QPainter, area: QRect, row: Row, theme: Theme) -> None:
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setFont(mono(SMALL))
    painter.setPen(QColor(theme.text2))
    painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, row.keys)
    if row.keys:
        area = area.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(row.keys) - 12, 0)
    painter.setFont(sans(BODY))
    metrics = painter.fontMetrics()
    title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, area.width())
    painter.setPen(QColor(theme.text1))
    painter.drawText(area, middle, title)
    area = area.adjusted(metrics.horizontalAdvance(title) + 12, 0, 0, 0)
    painter.setFont(sans(SMALL))
    painter.setPen(QColor(theme.text2))
    detail = painter.fontMetrics().elidedText(
        row.detail, Qt.TextElideMode.ElideRight, max(area.width(), 0)
    )
    painter.drawText(area, middle, detail)


class Palette(QFrame):
    """Lies over the window below the search box. Results of the cache and the finder arrive
    when they are ready; those of an older text are dropped."""

    def __init__(
        self,
        window: QWidget,
        services: Services,
        actions: Sequence[Action],
        fire: Callable[[Action], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._corner = (0, 0, WIDTH)
        self.setObjectName("palette")
        self._services, self._actions, self._fire = services, actions, fire
        self._found: dict[str, list[Row]] = {}
        self.edit = QLineEdit(placeholderText=self.tr("道路、桩号、路口、坐标、摄像机、事件、命令"))
        self.edit.setFont(sans(ROW))
        self.edit.setObjectName("paletteEdit")
        self._model = RowsModel(self)
        self.view = QListView()
        self._hint = text_label(
            self.tr("↑↓ 选择   Enter 打开   Esc 关闭"), font=sans(SMALL), tone="3"
        )
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._build()
        self._connect()
        self.hide()

    def _build(self) -> None:
        self.view.setModel(self._model)
        self.view.setItemDelegate(RowsDelegate(self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._hint.setContentsMargins(16, 0, 16, 0)
        self._hint.setFixedHeight(28)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.edit)
        column.addWidget(self.view)
        column.addWidget(self._hint)

    def _connect(self) -> None:
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.installEventFilter(self)
        self._pause.timeout.connect(self._ask)
        self.view.clicked.connect(self._on_clicked)
        self._services.store.changed.connect(self._on_store_changed)

    def open(self, right: int, top: int) -> None:
        """Show it with its right upper corner there, empty and ready to type."""
        width = min(WIDTH, self._window.width() - 32)
        self._corner = (max(right - width, 16), top, width)
        self.edit.clear()
        self._on_text_changed("")
        self.show()
        self.raise_()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def rows(self) -> list[Row]:
        """The results shown, in their order."""
        lines = (self._model.index(i).data(RowRole) for i in range(self._model.rowCount()))
        return [line for line in lines if isinstance(line, Row)]

    # asking

    def _on_text_changed(self, text: str) -> None:
        wanted = text.strip()
        self._found = {"actions": list(action_rows(self._actions, self._fire, wanted))}
        self._pause.stop()
        if wanted:
            self._pause.start()
        self._show()

    def _on_store_changed(self, changes: Changes) -> None:
        """Right after signing in the cases are still coming: what is looked for may be among them."""
        if self.isVisible() and changes.of("incident").added and self.edit.text().strip():
            self._pause.start()

    def _ask(self) -> None:
        """Cache and finder answer by and by; a text typed since then makes them too late."""
        text = self.edit.text().strip()
        self._found["things"] = list(thing_rows(self._services, text))
        self._services.cases.search(text, partial(self._on_cases, text))
        self._services.places.find(text, partial(self._on_places, text))
        self._show()

    def _on_cases(self, text: str, ids: list[str]) -> None:
        if self._still(text):
            self._found["cases"] = list(case_rows(self._services, ids))
            self._show()

    def _on_places(self, text: str, found: Found) -> None:
        if self._still(text):
            self._found["places"] = list(place_rows(self._services, found))
            self._show()

    def _still(self, text: str) -> bool:
        return isValid(self) and self.isVisible() and self.edit.text().strip() == text

    def _show(self) -> None:
        order = ("actions", "cases", "places", "things")
        self._model.show_rows([row for name in order for row in self._found.get(name, ())])
        self._step(0, from_top=True)
        left, top, width = self._corner
        heads = self._model.rowCount() - len(self.rows())
        height = min(len(self.rows()) * ROW_PX + heads * HEAD_PX, MOST_PX)
        self.view.setFixedHeight(height)
        self.setGeometry(left, top, width, height + self.edit.sizeHint().height() + 30)

    def hideEvent(self, event: QHideEvent) -> None:
        self._pause.stop()
        super().hideEvent(event)

    # choosing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.close()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(Qt.Key(event.key()))
        return False

    def _on_key(self, key: Qt.Key) -> bool:
        match key:
            case Qt.Key.Key_Down:
                self._step(1)
            case Qt.Key.Key_Up:
                self._step(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose(self.view.currentIndex())
            case Qt.Key.Key_Escape:
                self.close()
            case _:
                return False
        return True

    def _step(self, by: int, *, from_top: bool = False) -> None:
        """Move to the next result, over the heads."""
        at = -1 if from_top else self.view.currentIndex().row()
        lines = range(self._model.rowCount())
        at += by or 1
        while at in lines and not isinstance(self._model.index(at).data(RowRole), Row):
            at += by or 1
        if at in lines:
            self.view.setCurrentIndex(self._model.index(at))

    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index)

    def _choose(self, index: Index) -> None:
        row = index.data(RowRole) if index.isValid() else None
        if isinstance(row, Row):
            self.close()
            row.choose()
