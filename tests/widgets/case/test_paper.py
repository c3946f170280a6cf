"""The case as text and on paper."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.domain.incident import IncidentDetail
from app.domain.rules import load_rules
from app.services import Services
from tests.support.fake_services import NOW, incident, put
from tests.widgets.case.conftest import Open
from tests.widgets.case.test_timeline import NASTY, note
from widgets.case.pdf import write_pdf
from widgets.case.printout import printout
from widgets.case.view import CaseView


def test_the_copied_text_has_place_facts_and_timeline(services: Services, open_case: Open) -> None:
    services.store.apply(put(incident(1), note(1, "拖车已出发")))
    open_case("case-1").copy_text()
    text = QGuiApplication.clipboard().text()
    assert "INC-20261122-0001  三车追尾 占2车道" in text
    assert "【演示数据】" in text
    assert "S11 K23+300 下行" in text
    assert "2026-11-22 12:34:56 [备注] 拖车已出发 (王芳 · 席位 A-04)" in text


def test_user_text_is_never_markup_on_paper() -> None:
    case = incident(1, title=NASTY, detail=IncidentDetail(text=NASTY))
    view = CaseView(incident=case, entries=(note(1, NASTY),))
    page = printout(view, load_rules(), "zh", NOW, owner=NASTY, user="陈立", family="Sans")
    assert "<b>粗体</b>" not in page.html
    assert page.html.count("&lt;b&gt;粗体&lt;/b&gt;") == 4
    assert page.foot.startswith("演示数据,非真实事件 · 陈立 打印于 2026-11-22 12:34(北京时间)")
    assert "OpenStreetMap contributors" in page.foot


def test_a_long_case_takes_several_numbered_pages(qtbot: QtBot, tmp_path: Path) -> None:
    entries = tuple(note(i, "现场描述" * 60) for i in range(40))
    view = CaseView(incident=incident(1), entries=entries)
    page = printout(view, load_rules(), "zh", NOW, owner="陈立", user="陈立", family="Sans")
    path = tmp_path / "case.pdf"
    write_pdf(page, path)
    content = path.read_bytes()
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") > 1


def test_a_pdf_that_cannot_be_written_is_told(
    services: Services, open_case: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    services.store.apply(put(incident(1)))
    panel = open_case("case-1")
    with qtbot.waitSignal(services.messages.posted) as told:
        panel.print_to(tmp_path / "missing" / "case.pdf")
    assert told.args is not None and "PDF 没有写成" in told.args[0].text


def test_a_pdf_is_written_off_the_gui_thread(
    services: Services, open_case: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    services.store.apply(put(incident(1)))
    panel = open_case("case-1")
    path = tmp_path / "case.pdf"
    with qtbot.waitSignal(services.messages.posted) as told:
        panel.print_to(path)
    assert told.args is not None and told.args[0].text == f"已写入 {path}"
    assert path.read_bytes().startswith(b"%PDF")
