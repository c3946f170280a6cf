"""The locked seat: nothing of the cases to be seen, everything keeps running behind it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.services import Services
from app.session import DEMO_PASSWORD
from app.text import language
from widgets.shared.buttons import button, primary_button
from widgets.shared.fonts import SMALL, TITLE, sans
from widgets.shared.labels import text_label


class LockPage(QWidget):
    """Unlock with the password, or let somebody else sign in."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.setProperty("surface", "bar")
        self._who = text_label(font=sans(TITLE, bold=True))
        self._role = text_label(tone="2")
        self._password = QLineEdit(placeholderText=self.tr("密码"))
        self._password.setObjectName("unlockPassword")
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._unlock = primary_button(self.tr("解锁"))
        self._change = button(self.tr("换人登录"))
        self._problem = text_label(tone="bad")
        self._problem.setObjectName("unlockProblem")
        self._build()
        self._connect()

    def _build(self) -> None:
        box = QFrame()
        box.setProperty("surface", "card")
        box.setFixedWidth(360)
        column = QVBoxLayout(box)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        column.addWidget(text_label(self.tr("席位已锁定"), font=sans(SMALL), tone="2"))
        column.addWidget(self._who)
        column.addWidget(self._role)
        column.addSpacing(8)
        self._password.setMinimumHeight(32)
        column.addWidget(self._password)
        column.addWidget(self._problem)
        row = QHBoxLayout()
        row.addWidget(self._change)
        row.addStretch(1)
        row.addWidget(self._unlock)
        column.addLayout(row)
        note = text_label(
            self.tr("接收与发送仍在继续,锁定期间不丢失任何内容"), font=sans(SMALL), tone="3"
        )
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addSpacing(8)
        outer.addWidget(note, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def _connect(self) -> None:
        self._unlock.clicked.connect(self._on_unlock)
        self._password.returnPressed.connect(self._on_unlock)
        self._change.clicked.connect(self._services.session.sign_out)

    def start(self) -> None:
        """Show whose seat it is and take the focus."""
        user = self._services.session.user
        if user is not None:
            self._who.setText(user.name)
            self._role.setText(self._services.rules.label("role", user.role, language()))
            demo = user.demo and self._services.settings.demo
            self._password.setVisible(not demo)
        self._password.clear()
        self._problem.setText("")
        (self._password if self._password.isVisibleTo(self) else self._unlock).setFocus()

    def _on_unlock(self) -> None:
        demo = not self._password.isVisibleTo(self)
        password = DEMO_PASSWORD if demo else self._password.text()
        self._services.session.unlock(password, self._on_answer)

    def _on_answer(self, problem: str | None) -> None:
        if isValid(self):
            self._problem.setText(problem or "")
            self._password.clear()
