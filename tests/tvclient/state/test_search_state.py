"""The field and what stands beside it, key by key."""

import pytest

from tests.tvclient.state.search_replies import MANNERS, PIGS, reply, result
from tvclient.state.search_state import MOST_TYPED, Pad, Phase, SearchState


def typed(keys: str, state: SearchState | None = None) -> SearchState:
    held = state or SearchState()
    for key in keys:
        held = held.press(key)
    return held


def found(keys: str, *results: object) -> SearchState:
    return typed(keys).asking().took(reply(keys, *results))  # type: ignore[arg-type]


def test_an_empty_field_offers_what_was_looked_for_before() -> None:
    state = SearchState()
    assert (state.phase, state.question, state.title) == (Phase.OFFERS, None, "打首字母就能找")
    assert "F J C" in state.hint
    state = state.took_searches({"recent": ["养猪", "礼仪"], "hot": ["养猪"]})
    assert (state.phase, state.recent, state.hot, state.title) == (
        Phase.OFFERS,
        ("养猪", "礼仪"),
        ("养猪",),
        "",
    )


def test_words_from_before_are_typed_at_once() -> None:
    state = SearchState().take_words("发酵床养猪与垫料的选料制作全书（上下两册）")
    assert state.question == state.typed == "发酵床养猪与垫料的选料制作全书（上下两册）"
    assert state.press("f") == state
    assert state.delete().typed.endswith("两册")


def test_letters_and_digits_go_into_the_same_field_on_either_pad() -> None:
    state = typed("f").other_pad()
    assert (state.pad, state.typed) == (Pad.DIGITS, "f")
    state = typed("52", state).other_pad()
    assert (state.pad, state.typed) == (Pad.LETTERS, "f52")


def test_a_full_field_takes_no_more() -> None:
    assert len(typed("z" * 50).typed) == MOST_TYPED


def test_every_key_asks_but_only_one_question_is_on_its_way() -> None:
    state = typed("f")
    assert (state.question, state.phase) == ("f", Phase.LOADING)
    state = typed("j", state.asking())
    assert state.question is None
    state = state.took(reply("f", PIGS, MANNERS))
    assert (state.answered, state.question, state.phase) == ("f", "fj", Phase.FOUND)
    state = state.asking().took(reply("fj", PIGS))
    assert (state.question, [row.title for row in state.rows]) == (None, ["发酵床养猪"])


def test_what_was_found_stays_until_there_is_something_newer() -> None:
    state = found("fj", PIGS).press("c").asking()
    assert (state.phase, len(state.rows)) == (Phase.FOUND, 1)


def test_an_answer_after_the_field_was_emptied_is_dropped() -> None:
    state = typed("f").asking().clear().took(reply("f", PIGS))
    assert (state.phase, state.rows, state.question) == (Phase.OFFERS, (), None)
    assert state.press("f").question == "f"


def test_deleting_asks_again_and_the_last_one_leads_back_to_the_offers() -> None:
    state = found("fj", PIGS).delete()
    assert state.question == "f"
    state = state.delete()
    assert (state.phase, state.rows, state.question) == (Phase.OFFERS, (), None)
    assert state.delete() == state


@pytest.mark.parametrize(
    ("told", "title"),
    [
        (reply("f", PIGS, MANNERS), "找到 2 门课程"),
        (reply("f", PIGS, MANNERS, total=30), "找到 30 个结果"),
        (reply("f", PIGS, result(1, "养猪", id="article:1")), "找到 2 个结果"),
        (reply("f", PIGS, total=200, more=True), "找到 200 多个结果"),
    ],
)
def test_how_many_were_found_is_said_as_far_as_it_is_known(told: object, title: str) -> None:
    assert typed("f").asking().took(told).title == title  # type: ignore[arg-type]


def test_nothing_found_says_what_to_try() -> None:
    state = found("xyzq")
    assert (state.phase, state.title, state.question) == (Phase.EMPTY, "没有找到“XYZQ”", None)
    assert "首字母" in state.hint


def test_without_an_answer_it_says_so_and_waits_for_a_key() -> None:
    state = typed("f").asking().failed("本机的学习服务暂时没有响应。")
    assert (state.phase, state.hint, state.question) == (Phase.AWAY, "本机的学习服务暂时没有响应。", None)
    assert state.title == "现在查不了"
    assert state.again().question == "f"
    assert typed("j", state).question == "fj"
    assert state.clear().phase is Phase.OFFERS


def test_what_was_found_before_a_failure_comes_back_with_the_next_answer() -> None:
    state = found("f", PIGS).press("j").asking().failed("没有响应。").again().asking()
    assert state.took(reply("fj", PIGS)).phase is Phase.FOUND


def test_while_the_box_looks_through_its_catalogue_it_asks_again() -> None:
    state = typed("f").asking().took(reply("f", ready=False))
    assert (state.phase, state.question, state.hint) == (Phase.PREPARING, None, "")
    state = state.again()
    assert state.question == "f"
    assert state.asking().took(reply("f", PIGS)).phase is Phase.FOUND


def test_further_pages_follow_and_what_does_not_fit_is_dropped() -> None:
    state = found("f", PIGS)
    later = reply("f", MANNERS, total=2)
    assert [row.title for row in state.took_more(later, 1).rows] == ["发酵床养猪", "政务礼仪"]
    assert state.took_more(later, 7) == state
    assert state.took_more(reply("x", MANNERS), 1) == state
    assert state.took_more(reply("f", PIGS, MANNERS), 1).rows[0].result_id == "course:5"
    assert len(state.took_more(reply("f", PIGS, MANNERS), 1).rows) == 2


def test_nothing_is_shown_twice_or_without_room() -> None:
    assert len(found("f", PIGS, PIGS, MANNERS).rows) == 2
    words = [f"课{n}" for n in range(20)]
    state = SearchState().took_searches({"recent": [*words[:3], *words], "hot": words})
    assert (state.recent, len(state.hot)) == (tuple(words[:8]), 8)
