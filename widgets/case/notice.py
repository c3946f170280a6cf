"""What of this case has not reached the server, on top of the page."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.selection import Ref
from app.services import Services
from widgets.case.strip import Strip
from widgets.case.view import CaseView
from widgets.shared.buttons import button


class Notice(QWidget):
    """Waiting, clashed and refused acts in words, with the way to the outbox."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._selection = services.selection
        self._view: CaseView | None = None
        self._strip = Strip()
        self._show = button(self.tr("查看待发"), tip=self.tr("在待发面板中查看"))
        self._strip.add(self._show, beside=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 0)
        column.addWidget(self._strip)
        self._show.clicked.connect(self._on_show)
        self.hide()

    def show_case(self, view: CaseView) -> None:
        self._view = view
        parts = []
        if view.clashed:
            parts.append(
                self.tr("{count} 项操作与他人的修改冲突,请选择保留哪一个").format(
                    count=view.clashed
                )
            )
        if view.refused:
            parts.append(self.tr("{count} 项操作被服务器拒绝").format(count=view.refused))
        if view.waiting:
            parts.append(
                self.tr("{count} 项操作已存本机,待发送到服务器").format(count=view.waiting)
            )
        self._strip.say(self.tr(";").join(parts), "bad" if view.clashed or view.refused else "warn")
        self.setVisible(bool(parts))

    def text(self) -> str:
        return self._strip.text()

    def _on_show(self) -> None:
        """The first that needs a person, else the first that waits."""
        if self._view is None or not self._view.items:
            return
        item = min(self._view.items, key=lambda i: i.state not in ("CONFLICT", "FAILED"))
        self._selection.opened.emit(Ref("outbox", item.id))
