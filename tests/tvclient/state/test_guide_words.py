"""What stands beside and in the cells is said as people say it."""

from tests.tvclient.state.guide_rows import EVENING, SEVEN_MS, first, reply, row
from tvclient.remote.direction import Direction
from tvclient.state.guide_state import GuideState
from tvclient.state.guide_words import about_of, hint_of, meta_of, span_text, time_text, title_of


def evening(now_min: int | None, *directions: Direction) -> GuideState:
    state = first(reply(EVENING, now_min))
    for direction in directions:
        state = state.moved(direction)
    return state


def test_the_programme_that_is_on() -> None:
    state = evening(32, Direction.DOWN)

    assert (title_of(state.focused), span_text(state.focused)) == ("冬小麦", "19:00–20:20")
    assert meta_of(state) == "2 频道2·19:00–20:20·已播 32 分"
    assert about_of(state) == "讲冬小麦"
    assert hint_of(state, is_reminded=False) == "按 OK 收看"


def test_one_that_is_still_to_come() -> None:
    state = evening(32, Direction.RIGHT)

    assert meta_of(state) == "1 频道1·19:45–20:40"
    assert hint_of(state, is_reminded=False) == "按 OK 提醒"
    assert hint_of(state, is_reminded=True) == "已设提醒，按 OK 取消"


def test_one_of_another_day_says_so() -> None:
    shown = [(day * 24 * 60, day * 24 * 60 + 24 * 60, f"{day}") for day in range(4)]
    state = first(reply([row(1, *shown)], 0, hours=(0, 96)))
    said = []
    while state.focused.title != "2":
        state = state.moved(Direction.RIGHT)
        said.append(meta_of(state).split("·")[1])

    assert said[-1] == "11 月 24 日"
    assert "明天" in said


def test_a_gap_and_an_unknown_time_say_what_can_be_done() -> None:
    gap = first(reply([row(1)], 0))
    assert (title_of(gap.focused), span_text(gap.focused)) == ("无节目单", "")
    assert meta_of(gap) == "1 频道1"
    assert "照常可以收看" in about_of(gap)

    undated = evening(None)
    assert title_of(undated.focused) == "时间未定"
    assert "时间还没有核准" in about_of(undated)
    assert hint_of(undated, is_reminded=False) == "按 OK 收看"


def test_what_is_not_fetched_yet() -> None:
    state = GuideState(total=3)

    assert (title_of(state.focused), meta_of(state), about_of(state)) == ("正在读取…", "", "")
    assert hint_of(state, is_reminded=False) == ""


def test_times_are_the_stations() -> None:
    assert time_text(SEVEN_MS) == "19:00"
