"""One timeline: plain text whatever people type, rows that stay where they are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from app.domain.entry import Entry, EntryKind
from app.domain.incident import IncidentDetail, Place
from app.services import Services
from tests.support.fake_commands import FakeCommands
from tests.support.fake_services import NOW, incident, put
from tests.widgets.case.conftest import Open
from widgets.case.timeline.row import EntryRow, shortened
from widgets.case.timeline.timeline import PAGE

NASTY = "<b>粗体</b><img src=x> 😀 \u202bمرحبا\u202c '; DROP TABLE entry; --"


def note(number: int, text: str) -> Entry:
    return Entry(
        id=f"note-{number:04d}",
        version=1,
        incident_id="case-1",
        type=EntryKind.NOTE,
        event="ADD_NOTE",
        at=NOW,
        text=text,
        author_name="王芳",
        seat="A-04",
    )


def texts(row: EntryRow) -> list[str]:
    return [label.text() for label in row.findChildren(QLabel)]


def test_markup_in_any_text_shows_as_it_was_typed(services: Services, open_case: Open) -> None:
    detail = IncidentDetail(text=NASTY, caller=NASTY, weather=NASTY, lanes=(NASTY,))
    case = incident(1, title=NASTY, place=Place(text=NASTY, lon=117.0, lat=39.0), detail=detail)
    services.store.apply(put(case, note(1, NASTY)))
    panel = open_case("case-1")
    labels = [label for label in panel.findChildren(QLabel) if "DROP TABLE" in label.text()]
    assert len(labels) >= 6
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_a_new_entry_leaves_the_other_rows_alone(services: Services, open_case: Open) -> None:
    services.store.apply(put(incident(1), note(1, "一")))
    panel = open_case("case-1")
    old = panel.page.timeline.rows()[0]
    services.store.apply(put(note(2, "二")))
    rows = panel.page.timeline.rows()
    assert [row.entry.id for row in rows] == ["note-0002", "note-0001"]
    assert rows[1] is old


def test_a_long_note_waits_behind_a_button(services: Services, open_case: Open) -> None:
    long = "长" * 10_000
    services.store.apply(put(incident(1), note(1, long)))
    panel = open_case("case-1")
    row = panel.page.timeline.rows()[0]
    assert long not in texts(row)
    more = next(b for b in row.findChildren(QPushButton) if "10,000" in b.text())
    more.click()
    assert long in texts(row)


def test_short_texts_are_not_shortened() -> None:
    assert shortened("一\n二") == "一\n二"
    assert shortened("\n".join("12345")) == "1\n2\n3\n4…"


def test_an_own_entry_is_marked_until_the_server_has_it(
    services: Services, open_case: Open
) -> None:
    services.store.apply(put(incident(1)))
    panel = open_case("case-1")
    commands = services.commands
    assert isinstance(commands, FakeCommands)
    commands.online = False
    commands.fire("entry", "mine", "ADD_NOTE", {"incident_id": "case-1", "text": "已联系拖车"})
    row = panel.page.timeline.rows()[0]
    assert any("待发" in text for text in texts(row))
    assert panel.page.notice.text() == "1 项操作已存本机,待发送到服务器"


def test_only_the_newest_rows_are_made_at_first(services: Services, open_case: Open) -> None:
    services.store.apply(put(incident(1), *(note(i, str(i)) for i in range(70))))
    panel = open_case("case-1")
    assert len(panel.page.timeline.rows()) == PAGE
    rest = f"显示更早的 {70 - PAGE} 条"
    older = next(b for b in panel.findChildren(QPushButton) if b.text() == rest)
    older.click()
    assert len(panel.page.timeline.rows()) == 2 * PAGE


def test_changes_of_facts_name_old_and_new(services: Services, open_case: Open) -> None:
    case = incident(1, state="RESPONDING", severity="IV", owner_id="user-shift_chief")
    services.store.apply(put(case))
    panel = open_case("case-1")
    refusals = services.commands.fire(
        "incident", "case-1", "AMEND", {"facts": {"queue_m": 2100.0}, "reason": "视频核实"}
    )
    assert refusals == ()
    assert "排队长度(米):— → 2,100" in texts(panel.page.timeline.rows()[0])
