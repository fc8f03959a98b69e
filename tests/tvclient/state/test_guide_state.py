"""The guide has one focus, every programme can be reached, and what is drawn is what is on."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from study.guide_api import GuideReply, GuideRow
from study.units import HOUR_MS, MINUTE_MS
from tests.tvclient.state.guide_rows import EVENING, SEVEN_MS, Shown, first, reply, row, with_reply
from tvclient.remote.direction import Direction
from tvclient.remote.rect import Rect
from tvclient.state.guide_cells import CellKind
from tvclient.state.guide_layout import LEFT, LINES, RIGHT, channel_rect, focus_rect, line_rect, marks
from tvclient.state.guide_state import GuideState, Wanted

UP, DOWN, LEFT_KEY, RIGHT_KEY = Direction.UP, Direction.DOWN, Direction.LEFT, Direction.RIGHT


def evening(now_min: int | None = 32, rows: Sequence[GuideRow] = EVENING) -> GuideState:
    return first(reply(rows, now_min))


def keys(state: GuideState, *directions: Direction) -> GuideState:
    for direction in directions:
        state = state.moved(direction)
    return state


def on(state: GuideState) -> tuple[int, str]:
    channel = state.channel
    assert channel is not None
    return channel["number"], state.focused.title


# ---- what is drawn -----------------------------------------------------------------------------------------


def test_the_picture_of_the_design() -> None:
    """tokens.md, live; at 19:32 it begins at 19:00."""
    state = evening(32)

    assert [each.rect for each in state.placed(0)] == [
        Rect(392, 480, 352, 104),
        Rect(752, 480, 432, 104),
        Rect(1192, 480, 632, 104),
    ]
    assert [each.rect for each in state.placed(1)] == [
        Rect(392, 592, 632, 104),
        Rect(1032, 592, 352, 104),
        Rect(1392, 592, 432, 104),
    ]
    assert channel_rect(1) == Rect(96, 592, 280, 104)
    assert line_rect(4) == Rect(392, 928, 1432, 104)
    assert [x for x, _ in marks(state.view)] == [392, 632, 872, 1112, 1352, 1592]


def test_the_now_line_stands_where_it_is_now() -> None:
    state = evening(47)

    assert state.view.from_ms == SEVEN_MS + 30 * MINUTE_MS
    assert state.now_x == LEFT + 17 * 8
    assert keys(state, *[RIGHT_KEY] * 4).now_x is None
    assert evening(None).now_x is None


def test_a_programme_that_began_before_what_is_in_sight_begins_at_its_edge() -> None:
    [first, *_] = evening(47).placed(0)

    assert (first.cell.title, first.rect.x, first.rect.w) == ("依靠人民", 392, 15 * 8 - 8)


def test_where_no_guide_tells_there_is_a_cell_all_the_same() -> None:
    state = evening(15, [row(1), row(2, (60, 90, "甲"))])

    [only] = state.placed(0)
    assert (only.cell.kind, only.rect) == (CellKind.GAP, Rect(392, 480, 1432, 104))
    kinds = [each.cell.kind for each in state.placed(1)]
    assert kinds == [CellKind.GAP, CellKind.PROGRAMME, CellKind.GAP]


def test_a_focused_programme_of_minutes_can_be_seen() -> None:
    state = keys(evening(15, [row(1, (0, 175, "长"), (175, 176, "短"), (176, 300, "后"))]), RIGHT_KEY)

    assert state.focused.title == "短"
    [short] = [each.rect for each in state.placed(0) if each.cell == state.focused]
    assert focus_rect(short).w >= 160
    assert focus_rect(short).right <= RIGHT


# ---- keys --------------------------------------------------------------------------------------------------


def test_it_begins_with_what_is_on_the_first_channel() -> None:
    assert on(evening()) == (1, "依靠人民")


def test_the_focus_has_a_name() -> None:
    assert evening(15).focus_id == f"guide:L1@{SEVEN_MS // 1000}"
    assert evening(15, [row(3)]).focus_id == "guide:L3"
    assert GuideState().focus_id == "guide"


def test_up_and_down_keep_to_the_time() -> None:
    state = keys(evening(15), RIGHT_KEY)
    assert on(state) == (1, "基层治理")

    down = keys(state, DOWN, DOWN, DOWN, DOWN)
    assert on(down) == (5, "营养课")
    assert on(keys(down, UP, UP, UP, UP)) == (1, "基层治理")


def test_a_programme_that_spans_the_sight_loses_no_time_of_the_column() -> None:
    rows = [EVENING[0], row(2, (0, 600, "全天")), EVENING[2]]
    state = keys(evening(15, rows), RIGHT_KEY, RIGHT_KEY)
    assert on(state) == (1, "六稳六保")

    assert on(keys(state, DOWN, DOWN)) == (3, "光环的代价")
    assert on(keys(state, DOWN, UP)) == (1, "六稳六保")


def test_at_the_edges_nothing_moves() -> None:
    state = evening(15)

    assert keys(state, UP) == state
    assert keys(state, LEFT_KEY) == state
    last = keys(state, *[DOWN] * 9)
    assert last.row == 4
    assert keys(last, DOWN) == last


def test_to_the_right_the_hours_come_into_sight() -> None:
    state = evening(15, [row(1, *[(n * 60, n * 60 + 60, str(n)) for n in range(12)])])

    seen = []
    for _ in range(8):
        seen.append(state.focused.title)
        [rect] = [each.rect for each in state.placed(0) if each.cell == state.focused]
        assert rect.w >= 232
        state = state.moved(RIGHT_KEY)

    assert seen == [str(n) for n in range(8)]
    assert on(keys(state, *[LEFT_KEY] * 8)) == (1, "0")


def test_along_a_programme_that_goes_on_for_hours() -> None:
    state = evening(15, [row(1, (0, 600, "通宵"), (600, 660, "早"))])

    titles = []
    for _ in range(7):
        state = state.moved(RIGHT_KEY)
        titles.append(state.focused.title)

    assert titles == ["通宵"] * 5 + ["早", ""]


def test_many_channels_roll_by() -> None:
    rows = [row(n, (0, 300, f"{n}")) for n in range(1, 31)]
    state = keys(evening(15, rows), *[DOWN] * 12)

    assert (on(state), list(state.lines)) == ((13, "13"), [8, 9, 10, 11, 12])
    assert list(keys(state, *[UP] * 5).lines) == [7, 8, 9, 10, 11]
    assert on(state.paged(UP)) == (8, "8")


def test_ok_plays_what_is_on_and_reminds_of_what_comes() -> None:
    state = evening(10)
    assert (state.watchable, state.remindable) == ("L1", None)

    later = keys(state, RIGHT_KEY)
    assert (later.watchable, later.remindable) == (None, f"L1@{SEVEN_MS // 1000 + 45 * 60}")


def test_a_channel_without_a_guide_can_be_watched() -> None:
    state = evening(10, [row(1)])

    assert (state.watchable, state.remindable) == ("L1", None)


# ---- digits ------------------------------------------------------------------------------------------------


def dialled(state: GuideState, digits: str) -> GuideState:
    for digit in digits:
        state = state.pressed(int(digit))
    return state.dialled()


def test_digits_lead_to_a_channel() -> None:
    state = dialled(evening(15), "4")

    assert on(state) == (4, "评剧名段")
    assert state.wanted is None


def test_a_channel_that_is_not_fetched_is_asked_for() -> None:
    rows = [row(n, (0, 300, f"{n}")) for n in range(1, 31)]
    state = first(reply(rows, 15, total=5_000))
    state = dialled(state, "4321")

    assert state.wanted is not None
    assert (state.wanted.number, state.wanted.count) == (4321, 30)
    there = [row(n, (0, 300, f"{n}")) for n in range(4321, 4351)]
    state = with_reply(state, reply(there, 15, first=4_320, total=5_000))
    assert (on(state), state.wanted) == ((4321, "4321"), None)


def test_an_answer_to_an_earlier_question_does_not_answer_the_digits() -> None:
    state = dialled(evening(15), "99")
    state = state.fetched(Wanted(0, 30, None, None), reply(EVENING, 15))

    assert (state.asked_number, state.missing_number) == (99, None)


def test_a_number_that_nobody_has_leaves_the_focus_and_is_said() -> None:
    state = dialled(keys(evening(15), DOWN), "99")
    state = with_reply(state, reply([], 15, first=5, total=5))

    assert (on(state), state.missing_number, state.wanted) == ((2, "冬小麦"), 99, None)
    assert state.pressed(1).missing_number is None
    assert state.pressed(1).dial.digits == "1"


# ---- what is fetched ---------------------------------------------------------------------------------------


def test_first_the_half_hour_under_way_is_asked_for() -> None:
    assert GuideState().wanted == Wanted(0, 30, None, None)
    assert evening().wanted is None


def test_channels_and_hours_that_come_into_sight_are_asked_for() -> None:
    rows = [row(n, (0, 300, f"{n}")) for n in range(1, 31)]
    state = first(reply(rows, 15, total=5_000))
    state = keys(state, *[DOWN] * 31)
    assert state.focused.kind is CellKind.LOADING
    assert state.wanted is not None
    assert state.wanted.first <= state.lines.start

    later = keys(evening(15), *[RIGHT_KEY] * 30)
    assert later.wanted is not None
    assert later.wanted.from_ms is not None
    assert later.wanted.from_ms <= later.view.from_ms
    assert later.focused.kind is CellKind.LOADING


def test_the_focus_stays_on_its_programme_when_the_guide_comes_anew() -> None:
    state = keys(evening(15), DOWN, RIGHT_KEY)
    assert on(state) == (2, "大棚甜瓜")

    again = with_reply(state, reply([row(9, (0, 300, "新")), *EVENING], 16))

    assert on(again) == (2, "大棚甜瓜")
    assert again.row == 2


def test_the_focus_finds_a_place_when_its_channel_or_programme_is_gone() -> None:
    state = keys(evening(15), *[DOWN] * 4, RIGHT_KEY)

    assert on(with_reply(state, reply(EVENING[:2], 16)))[0] == 2
    other = with_reply(state, reply([*EVENING[:4], row(5, (0, 170, "特别节目"))], 16))
    assert on(other) == (5, "特别节目")
    assert with_reply(state, reply([], 16)).channel is None


def test_time_goes_on() -> None:
    state = evening(44)
    later = state.at(SEVEN_MS + 46 * MINUTE_MS)

    assert (state.view.from_ms, later.view.from_ms) == (SEVEN_MS, SEVEN_MS + 30 * MINUTE_MS)
    assert on(later) == (1, "依靠人民")
    assert on(later.at(SEVEN_MS + 76 * MINUTE_MS)) == (1, "基层治理")


def test_looking_ahead_nothing_moves_when_time_goes_on() -> None:
    state = keys(evening(44), *[RIGHT_KEY] * 3)

    assert state.at(SEVEN_MS + 46 * MINUTE_MS).view == state.view


def test_without_a_clock_channels_are_there_and_nothing_is_said_to_be_on() -> None:
    state = evening(None)

    assert [each.cell.kind for each in state.placed(0)] == [CellKind.UNDATED]
    assert (state.watchable, state.remindable, state.wanted) == ("L1", None, None)
    assert keys(state, RIGHT_KEY, LEFT_KEY) == state
    assert on(keys(state, DOWN))[0] == 2


def test_once_the_time_is_known_the_guide_is_there() -> None:
    state = with_reply(keys(evening(None), DOWN), reply(EVENING, 32))

    assert on(state) == (2, "冬小麦")
    assert state.now_x is not None


def test_a_clock_that_is_told_and_lost_again_leaves_one_focus() -> None:
    state = evening(None)
    for now_min in (0, None, 90, None, 60 * 24 * 400, 5):
        state = state.at(None if now_min is None else SEVEN_MS + now_min * MINUTE_MS)
        is_well(state)
        is_well(keys(state, RIGHT_KEY, DOWN, LEFT_KEY))


def test_a_clock_that_was_wrong_and_jumps_back_leaves_one_focus() -> None:
    state = with_reply(evening(15), reply(EVENING, -60 * 24 * 30))

    assert state.focused.kind in (CellKind.LOADING, CellKind.GAP)
    assert state.wanted is not None


# ---- whatever the guide is ---------------------------------------------------------------------------------

programmes = st.lists(st.tuples(st.integers(1, 200), st.sampled_from([0, 0, 0, 5, 90])), max_size=14)
guides = st.lists(st.one_of(st.none(), programmes), min_size=1, max_size=9)
presses = st.lists(st.sampled_from(list(Direction)), max_size=40)


def rows_of(guide: list[list[tuple[int, int]] | None]) -> list[GuideRow]:
    return [row(n, *_shown(told or []), has_guide=told is not None) for n, told in enumerate(guide, 1)]


def _shown(told: list[tuple[int, int]]) -> Iterator[Shown]:
    at_min = -60
    for n, (length_min, pause_min) in enumerate(told):
        yield at_min, at_min + length_min, f"{n}"
        at_min += length_min + pause_min


def whole(guide: list[list[tuple[int, int]] | None], now_min: int = 0) -> GuideState:
    """All fourteen days are told, so that nothing is loading."""
    return first(reply(rows_of(guide), now_min, hours=(0, 24 * 15)))


def is_well(state: GuideState) -> None:
    assert 0 <= state.row < max(1, state.total)
    assert state.row in state.lines
    assert state.view.holds(state.at_ms)
    focused = [each for each in state.placed(state.row) if each.cell == state.focused]
    assert len(focused) == 1
    for place in state.lines:
        line = state.line(place)
        assert all(a.ends_ms == b.starts_ms for a, b in pairwise(line))
        rects = [each.rect for each in state.placed(place)]
        assert rects
        assert all(rect.x >= LEFT and rect.right <= RIGHT and rect.w > 0 for rect in rects)
        assert all(a.right < b.x + 1 for a, b in pairwise(rects))


@settings(max_examples=60, deadline=None)
@given(guide=guides, pressed=presses)
def test_there_is_always_one_focus_in_sight(
    guide: list[list[tuple[int, int]] | None], pressed: list[Direction]
) -> None:
    state = whole(guide)
    is_well(state)
    for direction in pressed:
        state = state.moved(direction)
        is_well(state)


@settings(max_examples=60, deadline=None)
@given(guide=guides, pressed=presses)
def test_the_same_keys_lead_the_same_way(
    guide: list[list[tuple[int, int]] | None], pressed: list[Direction]
) -> None:
    assert keys(whole(guide), *pressed) == keys(whole(guide), *pressed)


@settings(max_examples=40, deadline=None)
@given(guide=guides)
def test_every_programme_can_be_reached(guide: list[list[tuple[int, int]] | None]) -> None:
    start = whole(guide)
    reached = set()
    for place in range(start.total):
        state = keys(start, *[DOWN] * place)
        assert state.row == place
        for _ in range(80):
            reached.add(state.focused.item_id)
            state = state.moved(RIGHT_KEY)
        while (before := state.moved(LEFT_KEY)) != state:
            state = before
            reached.add(state.focused.item_id)
        assert state.view.from_ms == start.all_time.from_ms
    told = {
        each["item_id"]
        for told_row in rows_of(guide)
        for each in told_row["programmes"]
        if each["ends_utc_ms"] > SEVEN_MS
    }
    assert told <= reached


@settings(max_examples=40, deadline=None)
@given(guide=guides, pressed=presses, after=guides, minutes=st.integers(0, 3_000))
def test_one_focus_whatever_the_agent_says_next(
    guide: list[list[tuple[int, int]] | None],
    pressed: list[Direction],
    after: list[list[tuple[int, int]] | None],
    minutes: int,
) -> None:
    state = keys(whole(guide), *pressed)
    told: GuideReply = reply(rows_of(after), minutes, hours=(minutes // 60, minutes // 60 + 12))

    is_well(with_reply(state, told))
    is_well(state.at(SEVEN_MS + minutes * MINUTE_MS))


@pytest.mark.parametrize("total", [0, 1, LINES, 5_000])
def test_before_anything_is_fetched_there_is_something_to_stand_on(total: int) -> None:
    state = GuideState(total=total)

    assert state.focused.kind is CellKind.LOADING
    assert keys(state, *Direction).focused.kind is CellKind.LOADING
    assert state.view.to_ms - state.view.from_ms == 3 * HOUR_MS
