"""What an agenda is called, and what of it comes next."""

from hypothesis import given
from hypothesis import strategies as st

from study.group_api import AgendaEntry
from tests.fakes.fake_group import agenda_entry
from tvclient.state.agenda_words import agenda_line, episodes_words, is_studied, next_entry, studied_part

HOUR_MS = 3_600_000


def pigs(*numbers: int) -> list[AgendaEntry]:
    return [agenda_entry(f"1.{n}", "发酵床养猪", n, HOUR_MS) for n in numbers]


def studied(entry: AgendaEntry, studied_ms: int, *, counted: bool = True) -> AgendaEntry:
    return {**entry, "studied_ms": studied_ms, "counted": counted}


def test_episodes_of_one_course_are_named_after_it() -> None:
    assert agenda_line(pigs(3, 4)) == "发酵床养猪·第 3、4 集"
    assert agenda_line(pigs(*range(3, 13))) == "发酵床养猪·第 3–12 集"
    assert episodes_words(pigs(1, 2, 3, 5)) == "第 1–3、5 集"


def test_several_courses_are_counted() -> None:
    other = agenda_entry("2.1", "政务礼仪", 1, HOUR_MS)
    assert agenda_line([*pigs(3), other]) == "发酵床养猪 等 2 项"


def test_nothing_is_said_of_an_empty_agenda() -> None:
    assert agenda_line([]) == ""
    assert next_entry([]) is None


def test_what_is_begun_comes_before_what_is_not() -> None:
    done, begun, fresh = pigs(1, 2, 3)
    agenda = [studied(done, HOUR_MS), studied(begun, HOUR_MS // 2), fresh]
    assert next_entry(agenda) == agenda[1]
    assert studied_part(agenda) == agenda[:2]


def test_a_programme_without_a_length_is_studied_once_it_counts() -> None:
    live = agenda_entry("L1@x", "新闻", None, None)
    assert not is_studied(studied(live, 60_000, counted=False))
    assert is_studied(studied(live, 60_000))


def test_a_discussion_does_not_play() -> None:
    talk: AgendaEntry = {**agenda_entry("talk", "讨论", None, None), "kind": "discussion"}
    assert next_entry([talk, *pigs(1)]) == pigs(1)[0]


@given(st.lists(st.integers(0, HOUR_MS), max_size=12))
def test_everything_before_the_next_one_is_studied(played: list[int]) -> None:
    agenda = [studied(entry, ms) for entry, ms in zip(pigs(*range(1, 13)), played, strict=False)]
    following = next_entry(agenda)
    before = agenda if following is None else agenda[: agenda.index(following)]
    assert all(is_studied(entry) for entry in before)
    assert following is None or not is_studied(following)
