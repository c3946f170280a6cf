"""A clash is told field by field, and the choice makes the next command."""

from __future__ import annotations

from dataclasses import replace

from app.domain.rules import load_rules
from tests.widgets.outbox.items import clash, item
from widgets.outbox.compare import changed_meanwhile, differences, merged_fields

RULES = load_rules()


def test_facts_are_compared_one_by_one() -> None:
    found = {d.field.name: d for d in differences(clash(), RULES)}
    assert list(found) == ["title", "lanes", "queue_m", "reason"]
    title = found["title"]
    assert (title.base, title.mine, title.theirs) == (
        "三车追尾 占2车道", "三车追尾 一人伤", "四车追尾",
    )  # fmt: skip
    assert {name for name, d in found.items() if d.contested} == {"title", "lanes"}
    assert not found["reason"].of_case


def test_writing_the_same_as_the_other_side_is_no_contest() -> None:
    found = differences(clash(title="四车追尾", lanes=["1", "2"]), RULES)
    assert not any(d.contested for d in found)


def test_what_else_changed_meanwhile_is_told() -> None:
    assert changed_meanwhile(clash(queue_m=800)) == [
        ("state", "CONFIRMED", "RESPONDING"),
        ("title", "三车追尾 占2车道", "四车追尾"),
        ("lanes", ("1",), ("1", "2")),
    ]


def test_a_fact_that_stays_theirs_leaves_the_command() -> None:
    conflict = clash()
    found = differences(conflict, RULES)
    fields = merged_fields(conflict.command, found, {"title"})
    assert fields == {"facts": {"lanes": ["1", "2", "3"], "queue_m": 800}, "reason": "现场核实"}


def test_a_required_field_takes_the_other_side_s_value() -> None:
    conflict = clash()
    owner = replace(conflict.theirs, type="HAZ")
    given = replace(
        item(1, "CONFLICT", "CONFIRM", {"type": "FIR", "verify_method": "PHONE"}),
        base=conflict.base,
        theirs=owner,
    )
    fields = merged_fields(given.command, differences(given, RULES), {"type"})
    assert fields == {"type": "HAZ", "verify_method": "PHONE"}


def test_fields_of_a_newer_version_are_kept_as_they_are() -> None:
    strange = replace(clash(), command=item(1, "CONFLICT", "NEW_EVENT", {"depth": 3}).command)
    (only,) = differences(strange, RULES)
    assert (only.field.name, only.mine, only.contested) == ("depth", 3, False)
    assert merged_fields(strange.command, [only], set()) == {"depth": 3}
