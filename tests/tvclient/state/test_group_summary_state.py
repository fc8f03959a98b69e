"""What is said when a group study is over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.group_api import AgendaEntry, GroupEntry, GroupReply
from tests.fakes.fake_group import agenda_entry, attendee, group_entry
from tvclient.state.group_summary_state import NAMES_MAX, group_summary_state

LENGTH_MS = 1_237_500


def reply(group: GroupEntry | None, waiting: int = 13) -> GroupReply:
    return {"group": group, "waiting": waiting}


def pigs(number: int, title: str, studied_ms: int) -> AgendaEntry:
    entry = agenda_entry(f"1.{number}", "发酵床养猪", number, LENGTH_MS)
    return {**entry, "episode_title": title, "studied_ms": studied_ms}


def test_the_evening_of_the_design() -> None:
    people = [
        *(attendee(n, "李*芳", "phone") for n in range(17)),
        *(attendee(n, "陈*") for n in range(20, 26)),
    ]
    agenda = (
        pigs(3, "垫料的选料与制作", LENGTH_MS),
        pigs(4, "菌种的选择与激活", LENGTH_MS),
        pigs(5, "进猪前的准备", 0),
    )
    both_ms = 2 * LENGTH_MS
    group = group_entry(*agenda, people=people, studied_ms=both_ms, effective_ms=both_ms)
    state = group_summary_state(reply(group))
    assert (state.heading, state.title) == ("这堂课学完了", "发酵床养猪")
    assert state.episodes == "第 3、4 集·垫料的选料与制作 菌种的选择与激活"
    assert (state.studied, str(state.counted), state.counts) == ("41:15", "0.7 小时", True)
    assert (state.heads, state.ways, state.waiting) == ("23", "扫码 17 人·学习卡 6 人", "待上传 13 条")
    assert (state.next_words, state.next_item, state.course_id) == ("接着学第 5 集", "1.5", "1")


def test_nothing_that_counts_has_its_reason() -> None:
    short = group_summary_state(reply(group_entry(pigs(1, "", 60_000), studied_ms=60_000)))
    assert (short.counted, short.counts) == (("0", "没学满 20%"), False)
    none = group_summary_state(reply(group_entry(pigs(1, "", 0)), waiting=0))
    assert (none.counted.unit, none.heading, none.waiting) == ("没有播放", "集体学习已结束", "")


def test_without_a_group_study_there_is_nothing_to_say() -> None:
    with pytest.raises(ValueError, match="no group study"):
        group_summary_state(reply(None))


@given(st.integers(0, 400))
def test_everybody_is_named_or_counted(heads: int) -> None:
    people = [attendee(n, f"李*{n}") for n in range(heads)]
    names = group_summary_state(reply(group_entry(people=people))).names
    if heads <= NAMES_MAX:
        assert len(names) == heads
    else:
        assert (len(names), names[-1]) == (NAMES_MAX, f"还有 {heads - NAMES_MAX + 1} 人")
