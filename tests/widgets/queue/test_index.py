"""The columns behind the queue: which cases pass a filter, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clocks import Clock, clocks
from app.domain.describe import kind_words
from app.domain.incident import Incident, Place
from app.domain.rules import load_rules
from tests.support.fake_services import NOW, incident
from widgets.queue.filter import Filter, Sort
from widgets.queue.index import QueueIndex

RULES = load_rules()
NAMES = {"u1": "陈立", "u2": "Wang Fang"}


def first_clock(case: Incident) -> Clock | None:
    return next(iter(clocks(case, (), (), RULES)), None)


def index_of(*cases: Incident) -> QueueIndex:
    index = QueueIndex(partial(kind_words, rules=RULES), lambda user_id: NAMES.get(user_id, ""))
    for case in cases:
        index.put(case, first_clock(case))
    return index


def shown(
    index: QueueIndex, wanted: Filter, sort: Sort = Sort.DUE, found: tuple[str, ...] = ()
) -> list[str]:
    return [index.ids[slot] for slot in index.visible(wanted, sort, found)[0]]


@pytest.mark.parametrize(
    "text",
    [
        "追尾", "G2 K110+300", "k110", "０００７", "INC-20261122-0007", "海滨", "交通事故", "陈立",
        "陈立 追尾", "  事故   110 ", "北京方向",
    ],
)  # fmt: skip
def test_text_finds_a_case_by_title_place_number_type_and_owner(text: str) -> None:
    place = Place(text="往北京方向", route_code="G2", stake_m=110300.0, road="海滨高速")
    case = incident(7, title="三车追尾", place=place, owner_id="u1")
    other = incident(8, title="抛洒物", type="OBS", place=Place(text="天津大道"), owner_id="u2")
    assert shown(index_of(case, other), Filter(text=text)) == ["case-7"]


def test_every_word_must_be_found() -> None:
    index = index_of(incident(1, title="三车追尾"), incident(2, title="货车追尾"))
    assert shown(index, Filter(text="追尾 货车")) == ["case-2"]
    assert shown(index, Filter(text="追尾 客车")) == []


def test_latin_text_is_found_in_any_case() -> None:
    index = index_of(incident(1, owner_id="u2"), incident(2))
    assert shown(index, Filter(text="wANG fang")) == ["case-1"]


@pytest.mark.parametrize(
    "text",
    ["HAZ", "ｈａｚ．泄漏", "dangerous goods", "Leak", "泄漏", "hazmat 化学品", "１１０＋３００"],
)
def test_a_case_is_found_by_all_that_its_kind_is_called_in_either_language(text: str) -> None:
    place = Place(route_code="G2", stake_m=110300.0)
    case = incident(1, type="HAZ", subtype="HAZ.泄漏", title="槽罐车", place=place)
    other = incident(2, type="ACC", subtype="ACC.追尾", title="追尾")
    assert shown(index_of(case, other), Filter(text=text)) == ["case-1"]
    assert shown(index_of(case, other), Filter(text="collision")) == ["case-2"]


def test_ids_of_the_full_text_search_are_shown_besides_but_only_within_the_other_conditions() -> (
    None
):
    index = index_of(incident(1), incident(2), incident(3, state="CLOSED"))
    assert shown(index, Filter(text="红色货车"), found=("case-2", "case-3", "gone")) == ["case-2"]


def test_closed_cases_are_hidden_unless_wanted_and_unknown_states_count_as_open() -> None:
    index = index_of(incident(1, state="CLOSED"), incident(2, state="PAUSED_BY_NEWER_SERVER"))
    assert shown(index, Filter()) == ["case-2"]
    assert shown(index, Filter(closed=True)) == ["case-2", "case-1"]


def test_level_means_this_level_and_worse_and_never_an_unknown_one() -> None:
    cases = [incident(n, severity=s) for n, s in enumerate(["I", "II", "III", "IV", None, "X"])]
    index = index_of(*cases)
    assert set(shown(index, Filter(level="III"))) == {"case-0", "case-1", "case-2"}
    assert set(shown(index, Filter(level="IV"))) == {"case-0", "case-1", "case-2", "case-3"}


def test_mine_is_empty_while_nobody_is_signed_in() -> None:
    index = index_of(incident(1, owner_id=None), incident(2, owner_id="u1"))
    assert shown(index, Filter(mine=True)) == []
    index.me = "u1"
    assert shown(index, Filter(mine=True)) == ["case-2"]


def test_types_states_districts_and_routes_narrow_together() -> None:
    here = Place(adcode="120116", route_code="S11")
    index = index_of(
        incident(1, type="ACC", place=here),
        incident(2, type="FIR", place=here),
        incident(3, type="ACC", place=Place()),
    )
    wanted = Filter(types=frozenset({"ACC"}), routes=frozenset({"S11"}))
    assert shown(index, wanted) == ["case-1"]
    assert shown(index, Filter(areas=frozenset({""}))) == ["case-3"]
    assert sorted(index.words("area")) == ["", "120116"]


def test_unaccepted_cases_stand_on_top_in_every_order() -> None:
    old = NOW - timedelta(days=2)
    new = incident(1, state="NEW", severity=None, known_at=old, state_since=old)
    worse = incident(2, state="VERIFYING", severity="I", known_at=NOW, state_since=NOW)
    for sort in Sort:
        assert shown(index_of(worse, new), Filter(), sort) == ["case-1", "case-2"]


def test_the_clock_that_ends_first_comes_first_and_then_the_newest_without_a_clock() -> None:
    def at(number: int, state: str, minutes: float) -> Incident:
        then = NOW - timedelta(minutes=minutes)
        return incident(number, state=state, known_at=then, state_since=then, updated_at=then)

    index = index_of(
        at(1, "CONFIRMED", 90), at(2, "CONFIRMED", 5), at(3, "RESPONDING", 1),
        at(4, "VERIFYING", 9), at(5, "CLOSED", 1),
    )  # fmt: skip
    order = ["case-4", "case-3", "case-2", "case-1", "case-5"]
    assert shown(index, Filter(closed=True)) == order


def test_orders_by_time_level_and_state() -> None:
    a = incident(1, state="CONFIRMED", severity="IV", known_at=NOW)
    b = incident(2, state="VERIFYING", severity=None, known_at=NOW - timedelta(hours=1))
    c = incident(3, state="CONTROLLED", severity="II", known_at=NOW - timedelta(hours=2))
    index = index_of(c, b, a)
    assert shown(index, Filter(), Sort.TIME) == ["case-1", "case-2", "case-3"]
    assert shown(index, Filter(), Sort.SEVERITY) == ["case-3", "case-1", "case-2"]
    assert shown(index, Filter(), Sort.STATE) == ["case-2", "case-1", "case-3"]


def test_a_dropped_case_is_gone_and_its_slot_serves_another() -> None:
    index = index_of(incident(1, title="甲"), incident(2, title="乙"))
    slot = index.drop("case-1")
    assert index.drop("case-1") is None
    assert shown(index, Filter(text="甲")) == []
    assert index.put(incident(3, title="丙"), None) == slot
    assert shown(index, Filter(text="丙")) == ["case-3"]
    assert len(index) == 2


def test_more_cases_than_the_first_block_holds_are_kept() -> None:
    index = index_of(*(incident(n) for n in range(2500)))
    assert len(shown(index, Filter())) == 2500
    assert index.count(Filter(unaccepted=True)) == 2500


FILTERS = st.builds(
    Filter,
    closed=st.booleans(),
    mine=st.booleans(),
    unaccepted=st.booleans(),
    level=st.sampled_from(["", "I", "II", "III", "IV"]),
    types=st.frozensets(st.sampled_from(["ACC", "HAZ", ""])),
    states=st.frozensets(st.sampled_from(["NEW", "CLOSED"])),
    areas=st.frozensets(st.text(max_size=3)),
    routes=st.frozensets(st.text(max_size=3)),
    text=st.text(max_size=8),
)


@given(FILTERS)
def test_a_saved_filter_comes_back_as_it_was(wanted: Filter) -> None:
    assert Filter.from_json(wanted.to_json()) == wanted


@pytest.mark.parametrize("raw", [None, [], 3, {"closed": "yes", "types": 1}, {"text": None}])
def test_a_damaged_saved_filter_is_read_as_far_as_it_goes(raw: object) -> None:
    assert Filter.from_json(raw) == Filter()


def test_a_new_owner_is_found_by_name_without_touching_the_text() -> None:
    case = incident(1, owner_id="u1")
    index = index_of(case)
    index.put(replace(case, owner_id="u2"), None)
    assert shown(index, Filter(text="陈立")) == []
    assert shown(index, Filter(text="wang")) == ["case-1"]
