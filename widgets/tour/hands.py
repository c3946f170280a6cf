"""What a user of the story does again and again, and what one sees of the story's own case."""

from typing import Any

from PySide6.QtWidgets import QPushButton

from app.domain.incident import Incident
from app.domain.obligation import ObligationState
from app.domain.outbox import PENDING
from app.link import LinkState
from widgets.case.composer import NoteEdit
from widgets.case.panel import CasePanel
from widgets.tour.driver import Desk
from widgets.tour.player import Picture, Story, Until

WORDS = "罐车侧翻,未见泄漏,占用第1车道"
"""By these words of the call the story knows its case again."""


def sit_down(desk: Desk, username: str, picture: Picture | None = None) -> Story:
    seat = f"seat-{username}"
    yield Until("登录页列出演示席位", lambda: desk.find_named(seat) is not None, 30)
    if picture is not None:
        yield picture
    desk.click(desk.widget(seat))
    yield Until("已登录", lambda: signed_in(desk) == username, 40)
    yield Until("链路实时", lambda: desk.services.link.now.state == LinkState.LIVE)


def signed_in(desk: Desk) -> str:
    user = desk.services.session.user
    return user.username if user else ""


def case_panel(desk: Desk) -> CasePanel:
    desk.window.show_panel("case")
    panel = desk.window.findChild(CasePanel)
    assert isinstance(panel, CasePanel)
    return panel


def act(desk: Desk, event: str) -> Story:
    """Press the act's button; its form opens if it asks for something."""
    yield from press(desk, f"act-{event}")


def press(desk: Desk, name: str) -> Story:
    def button() -> QPushButton | None:
        return desk.find(QPushButton, name)

    def ready() -> bool:
        found = button()
        return found is not None and found.isEnabled()

    yield Until(f"可以 {name}", ready)
    found = button()
    assert found is not None
    desk.click(found)


def open_form(desk: Desk) -> Any:
    return case_panel(desk).page.forms.form


def fill(desk: Desk, field: str, words: str) -> None:
    desk.walk_to(open_form(desk).editor(field))
    desk.type(words)


def tick(desk: Desk, field: str) -> None:
    desk.walk_to(open_form(desk).editor(field))
    desk.keys(" ")


def send_report(desk: Desk, left: int) -> Story:
    yield from press(desk, "duty-SEND")
    yield Until("报送登记表打开", lambda: open_form(desk) is not None)
    desk.focus(open_form(desk).editor("sent_at"))
    desk.press("Ctrl+Return")
    yield Until(f"还剩 {left} 项报送", lambda: open_duties(desk) == left)


def has_number(desk: Desk) -> bool:
    """True once the server has taken the report."""
    case = _reported(desk)
    return case is not None and bool(case.number)


def our_case(desk: Desk) -> Incident:
    case = _reported(desk)
    if case is None:
        raise LookupError("the reported case is not in the store")
    return case


def _reported(desk: Desk) -> Incident | None:
    case = desk.entity("incident", lambda c: c.detail is not None and c.detail.text == WORDS)
    return case if isinstance(case, Incident) else None


def our_state(desk: Desk) -> tuple[str, int]:
    case = our_case(desk)
    return str(case.state), case.version


def duties(desk: Desk) -> list[Any]:
    return desk.services.store.of_incident("obligation", our_case(desk).id)


def open_duties(desk: Desk) -> int:
    return sum(duty.state == ObligationState.OPEN for duty in duties(desk))


def waiting(desk: Desk) -> int:
    return sum(item.state in PENDING for item in desk.services.store.all("outbox").values())


def outbox_states(desk: Desk) -> set[str]:
    items = desk.services.store.all("outbox").values()
    return {str(item.state) for item in items if item.state in PENDING}


def note(desk: Desk, text: str) -> None:
    edit = desk.find(NoteEdit)
    assert edit is not None
    desk.focus(edit)
    desk.type(text)
    desk.press("Ctrl+Return")


def stake(place: Any) -> float | None:
    if isinstance(place, dict):
        return place.get("stake_m")
    return getattr(place, "stake_m", None)
