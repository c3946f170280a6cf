"""Signing in: one card per demo seat, or user name and password. A page of the window."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.domain.people import User
from app.domain.roles import Role
from app.link import LinkState
from app.services import Services
from app.session import DEMO_PASSWORD
from app.text import language, translate
from widgets.frame.status_bar import LinkMark, link_words
from widgets.shared.arrange import parts
from widgets.shared.buttons import primary_button
from widgets.shared.fonts import BODY, ROW, SMALL, sans
from widgets.shared.labels import ElidedLabel, set_tone, text_label

COLUMNS = 4
CARD_PX = 216


def role_duty(role: str) -> str:
    """What a role does, in a few words."""
    return {
        Role.DUTY_LEADER: translate("Login", "定级、结案、对外报送"),
        Role.SHIFT_CHIEF: translate("Login", "统筹本班、定 IV 级、结案"),
        Role.DISPATCHER: translate("Login", "接报、核实、处置"),
        Role.VIDEO_OP: translate("Login", "视频巡检、发现上报"),
        Role.MAINT_SUP: translate("Login", "养护范围内的事件"),
        Role.PATROL: translate("Login", "巡查路段的事件"),
        Role.MAINT_UNIT: translate("Login", "共享给本单位的事件"),
        Role.EMERG_OFFICER: translate("Login", "应急事件与报送"),
        Role.INFO_OFFICER: translate("Login", "查看事件、对外信息"),
        Role.ANALYST: translate("Login", "只读:查看与研判"),
        Role.LIAISON: translate("Login", "共享给本单位的事件、上报"),
        Role.AUDITOR: translate("Login", "只读:核查记录"),
        Role.ADMIN: translate("Login", "用户与权限"),
    }.get(Role(role) if role in set(Role) else Role.SYSTEM, "")


class SeatCard(QPushButton):
    """One demo account: role, person, what the role does."""

    def __init__(self, user: User, role: str) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.setAccessibleName(f"{role} {user.name}")
        self.setFixedSize(CARD_PX, 76)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 8)
        column.setSpacing(0)
        duty = ElidedLabel(role_duty(user.role))
        duty.setFont(sans(SMALL))
        duty.setProperty("tone", "3")
        column.addWidget(text_label(role, font=sans(ROW, bold=True)))
        column.addWidget(text_label(user.name, tone="2"))
        column.addWidget(duty)
        for label in self.findChildren(QWidget):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class LoginPage(QWidget):
    """The session tells who signed in; this page only asks and shows why not."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.setProperty("surface", "bar")
        self._subtitle = text_label(font=sans(ROW), tone="2")
        self._cards = QGridLayout()
        self._cards_title = text_label(
            self.tr("演示席位:点一张卡片登录"), font=sans(BODY, bold=True)
        )
        self._form_title = text_label(self.tr("用账号登录"), font=sans(BODY, bold=True))
        self._name = QLineEdit(placeholderText=self.tr("用户名"))
        self._name.setObjectName("loginName")
        self._password = QLineEdit(placeholderText=self.tr("密码"))
        self._password.setObjectName("loginPassword")
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._button = primary_button(self.tr("登录"))
        self._problem = text_label(tone="bad")
        self._problem.setObjectName("loginProblem")
        self._problem.setWordWrap(True)
        self._mark = LinkMark()
        self._link = text_label(font=sans(SMALL), tone="2")
        self._offline = text_label(
            self.tr("没有网络时,七日内在本机登录过的用户仍可登录"), font=sans(SMALL), tone="3"
        )
        self._box = QFrame()
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        column = QVBoxLayout(self._box)
        column.setSpacing(12)
        column.addWidget(text_label("TOCC Desk", font=sans(24, bold=True)))
        column.addWidget(self._subtitle)
        column.addSpacing(12)
        self._cards.setSpacing(12)
        column.addWidget(self._cards_title)
        column.addLayout(self._cards)
        column.addSpacing(8)
        column.addWidget(self._form_title)
        form = QHBoxLayout()
        form.setSpacing(12)
        for edit in (self._name, self._password):
            edit.setFixedSize(CARD_PX, 32)
            form.addWidget(edit)
        self._button.setFixedHeight(32)
        form.addWidget(self._button)
        form.addStretch(1)
        column.addLayout(form)
        column.addWidget(self._problem)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self._mark)
        foot.addWidget(self._link)
        foot.addSpacing(16)
        foot.addWidget(self._offline, 1)
        column.addLayout(foot)
        self._box.setFixedWidth(COLUMNS * CARD_PX + (COLUMNS - 1) * 12 + 22)
        outer = QHBoxLayout(self)
        outer.addWidget(self._box, 0, Qt.AlignmentFlag.AlignCenter)

    def _connect(self) -> None:
        self._button.clicked.connect(self._on_sign_in)
        self._name.returnPressed.connect(self._password.setFocus)
        self._password.returnPressed.connect(self._on_sign_in)
        self._services.session.accounts_changed.connect(self._on_accounts)
        self._services.link.changed.connect(self.refresh)

    def start(self) -> None:
        """Empty the form and take the focus."""
        self._say("")
        self._password.clear()
        self._name.selectAll()  # the next one types over it
        self._show_accounts()
        self._focus_first()

    def _focus_first(self) -> None:
        cards = [part for part in parts(self._cards) if isinstance(part, QWidget)]
        (cards[0] if cards else self._name).setFocus()

    def _on_accounts(self) -> None:
        """The demo's seats were read meanwhile; who types already goes on typing."""
        self._show_accounts()
        if not self._name.text() and not self._password.text():
            self._focus_first()

    def refresh(self) -> None:
        """The link in words, as it is now."""
        link, now = self._services.link.now, self._services.clock.now()
        waiting = link.state == LinkState.SIGNED_OUT
        self._mark.set_state(link.state)
        words = link.detail or link_words(link, now)
        self._link.setText(self.tr("等待登录") if waiting and not link.detail else words)

    def _show_accounts(self) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            card = item.widget()
            if card is not None:
                card.setParent(None)
                card.deleteLater()
        accounts = self._services.session.demo_accounts()
        order = list(Role)
        accounts.sort(key=lambda user: order.index(Role(user.role)))
        for i, user in enumerate(accounts):
            role = self._services.rules.label("role", user.role, language())
            card = SeatCard(user, role)
            card.setObjectName(f"seat-{user.username}")
            card.clicked.connect(partial(self._sign_in, user.username, DEMO_PASSWORD))
            self._cards.addWidget(card, i // COLUMNS, i % COLUMNS)
            card.show()  # now, not with the next event: it may get the focus at once
        self._cards_title.setVisible(bool(accounts))
        self._subtitle.setText(
            self.tr("演示城市:天津滨海 · 事件与人员均为虚构")
            if accounts
            else self.tr("综合交通运行协调指挥中心")
        )
        self._form_title.setText(self.tr("或用账号登录") if accounts else self.tr("用账号登录"))

    def _on_sign_in(self) -> None:
        name, password = self._name.text().strip(), self._password.text()
        if not name or not password:
            self._say(self.tr("请填用户名和密码"))
            return
        self._sign_in(name, password)

    def _sign_in(self, name: str, password: str, _checked: bool = False) -> None:
        self._box.setEnabled(False)
        self._say(self.tr("正在登录…"), tone="2")
        self._services.session.sign_in(name, password, self._on_answer)

    def _on_answer(self, problem: str | None) -> None:
        if not isValid(self):
            return
        self._box.setEnabled(True)
        self._password.clear()
        self._say(problem or "")
        if problem:
            self._password.setFocus()

    def _say(self, words: str, tone: str = "bad") -> None:
        set_tone(self._problem, tone)
        self._problem.setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys walk through the cards."""
        steps = {Qt.Key.Key_Down: True, Qt.Key.Key_Right: True}
        steps |= {Qt.Key.Key_Up: False, Qt.Key.Key_Left: False}
        forward = steps.get(Qt.Key(event.key()))
        if forward is not None:
            self.focusNextPrevChild(forward)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            card = self.focusWidget()
            if isinstance(card, SeatCard):
                card.click()
        else:
            super().keyPressEvent(event)
