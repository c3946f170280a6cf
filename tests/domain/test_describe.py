"""The same facts in both languages; what is recorded in Chinese can be read in English."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain.describe import (
    fact_text,
    recorded_text,
    sent_report_text,
    statements_text,
    title_text,
)
from app.domain.incident import Casualties, Hazmat, Incident, Place
from app.domain.rules import load_rules

RULES = load_rules()


def case(**known: Any) -> Incident:
    return Incident(id="case-1", known_at=datetime(2026, 11, 22, tzinfo=UTC), **known)


@pytest.mark.parametrize(
    ("known", "chinese", "english"),
    [
        (
            {"title": "交通事故 追尾", "type": "ACC", "subtype": "ACC.追尾"},
            "交通事故 追尾",
            "Traffic accident: Rear-end",
        ),
        ({"title": "火灾", "type": "FIR", "subtype": "FIR.隧道"}, "火灾", "Fire"),
        ({"title": "三车追尾\n占2车道", "type": "ACC"}, "三车追尾 占2车道", "三车追尾 占2车道"),
        ({"type": "BRK"}, "车辆故障", "Breakdown"),
        ({"source": "12122"}, "12122 热线", "Hotline 12122"),
    ],
)
def test_a_title_that_nobody_gave_speaks_the_reader_s_language(
    known: dict[str, str], chinese: str, english: str
) -> None:
    assert title_text(case(**known), RULES) == chinese
    assert title_text(case(**known), RULES, "en") == english


@pytest.mark.parametrize(
    ("name", "value", "english"),
    [
        ("severity", "III", "Serious"),
        ("lanes", ("第1车道", "应急车道", "左转道"), "Lane 1, Shoulder, 左转道"),
        ("casualties", Casualties(dead=0, serious=3), "Dead 0 · Serious 3"),
        (
            "hazmat",
            Hazmat(un="1203", amount_t=28, leak=False, fire=True),
            "UN1203 28 t no leak fire",
        ),
        (
            "place",
            Place(route_code="S11", stake_m=40300, direction="down"),
            "S11 K40+300 Down",
        ),
        ("queue_m", 1800.0, "1,800"),
        ("title", "交通事故", "交通事故"),
    ],
)
def test_what_the_timeline_recorded_reads_in_english_as_the_fact_does(
    name: str, value: object, english: str
) -> None:
    recorded = fact_text(name, value, RULES)
    assert recorded_text(name, recorded, RULES) == recorded
    assert recorded_text(name, recorded, RULES, "en") == english
    assert fact_text(name, value, RULES, "en") == english


def test_statements_and_sent_reports_read_in_english() -> None:
    signed = "现场已有处置, 无未完任务和未终止响应"
    assert statements_text(signed, RULES) == signed
    assert statements_text(signed, RULES, "en") == (
        "Response already on scene, No open task or response"
    )
    sent = "续报 市委市政府总值班室"
    assert sent_report_text(sent, RULES, "en") == "Follow-up report Municipal duty office"
    assert sent_report_text("已口头说明", RULES, "en") == "已口头说明"
