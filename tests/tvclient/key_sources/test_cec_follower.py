import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tvclient.key_sources.cec_line import ALL, BOX, TV
from tvclient.key_sources.cec_follower import SILENCE_MS, CecFollower
from tvclient.key_sources.cec_message import CecMessage
from tvclient.key_sources.cec_port import CecState
from tvclient.remote.key_signal import KeySignal, Phase, Standby

HERE = 0x1000


def follower(physical: int | None = HERE, logical: int | None = BOX) -> CecFollower:
    return CecFollower("/dev/cec0", lambda: CecState(physical, logical))


def hear(follower: CecFollower, *payload: int, at_ms: int = 0, to: int = BOX) -> list[tuple[str, Phase]]:
    """The set says this; keys and phases that come of it."""
    answer = follower.take(CecMessage(TV, to, payload[0], bytes(payload[1:])), at_ms)
    return [(one.code, one.phase) for one in answer.heard if isinstance(one, KeySignal)]


def answers(follower: CecFollower, *payload: int, to: int = BOX) -> list[CecMessage]:
    return follower.take(CecMessage(TV, to, payload[0], bytes(payload[1:])), 0).replies


def test_a_key_pressed_and_released() -> None:
    line = follower()
    assert hear(line, 0x44, 0x01) == [("cec:UP", Phase.DOWN)]
    assert hear(line, 0x45, at_ms=120) == [("cec:UP", Phase.UP)]
    assert hear(line, 0x45, at_ms=130) == []


def test_a_held_key_is_told_of_again_and_again() -> None:
    line = follower()
    phases = [phase for at_ms in range(0, 2000, 450) for _, phase in hear(line, 0x44, 0x02, at_ms=at_ms)]
    assert phases == [Phase.DOWN] + [Phase.REPEAT] * 4


def test_a_set_that_never_releases_is_made_up_for() -> None:
    line = follower()
    hear(line, 0x44, 0x02)
    assert line.due_ms == SILENCE_MS
    (released,) = line.handle_due(SILENCE_MS)
    assert isinstance(released, KeySignal) and released.phase is Phase.UP
    assert hear(line, 0x44, 0x02, at_ms=700) == [("cec:DOWN", Phase.DOWN)]


def test_a_key_without_a_name_is_its_number() -> None:
    assert hear(follower(), 0x44, 0x9F) == [("cec:0x9f", Phase.DOWN)]


def test_the_channel_to_which_a_key_goes_is_left_out() -> None:
    assert hear(follower(), 0x44, 0x67, 0x01, 0x00, 0x05) == [("cec:TUNE_FUNCTION", Phase.DOWN)]


@pytest.mark.parametrize(
    ("payload", "code"),
    [((0x41, 0x24), "cec:PLAY"), ((0x41, 0x25), "cec:PAUSE"), ((0x42, 3), "cec:STOP")],
)
def test_the_keys_of_a_recorder_are_taps(payload: tuple[int, ...], code: str) -> None:
    assert hear(follower(), *payload) == [(code, Phase.DOWN), (code, Phase.UP)]


@pytest.mark.parametrize("to", [BOX, ALL])
def test_standby_lets_go_of_the_key_and_is_told(to: int) -> None:
    line = follower()
    hear(line, 0x44, 0x40)
    heard = line.take(CecMessage(TV, to, 0x36), 100).heard
    assert [type(one) for one in heard] == [KeySignal, Standby]


def test_it_answers_what_a_set_asks() -> None:
    line = follower()
    assert answers(line, 0x8F) == [CecMessage(BOX, TV, 0x90, b"\x00")]
    assert answers(line, 0x8D, 2) == [CecMessage(BOX, TV, 0x8E, b"\x00")]
    assert answers(line, 0x1A, 3) == [CecMessage(BOX, TV, 0x1B, b"\x1a")]


def test_what_it_does_not_know_it_says_so_but_never_to_all_and_never_to_an_answer() -> None:
    line = follower()
    assert answers(line, 0xA0, 0x00) == [CecMessage(BOX, TV, 0x00, b"\xa0\x00")]
    assert answers(line, 0xA0, 0x00, to=ALL) == []
    for told in (0x00, 0x90, 0x9E, 0x87, 0x84):
        assert answers(line, told, 0x00) == []
    assert line.take(CecMessage(TV, BOX), 0).replies == []


def test_it_is_the_active_source_once_it_has_said_so_until_another_is() -> None:
    line, here = follower(), CecMessage(BOX, ALL, 0x82, b"\x10\x00")
    assert answers(line, 0x85, to=ALL) == []
    assert line.announce() == [here]
    assert answers(line, 0x85, to=ALL) == [here]
    assert answers(line, 0x82, 0x20, 0x00, to=ALL) == []
    assert answers(line, 0x85, to=ALL) == []


def test_a_set_that_switches_to_it_is_told_and_one_that_switches_away_is_believed() -> None:
    line, here = follower(), CecMessage(BOX, ALL, 0x82, b"\x10\x00")
    assert answers(line, 0x86, 0x10, 0x00, to=ALL) == [here]
    assert answers(line, 0x80, 0x10, 0x00, 0x20, 0x00, to=ALL) == []
    assert answers(line, 0x85, to=ALL) == []
    assert answers(line, 0x80, 0x20, 0x00, 0x10, 0x00, to=ALL) == [here]


def test_after_standby_it_is_not_the_active_source() -> None:
    line = follower()
    line.announce()
    line.take(CecMessage(TV, ALL, 0x36), 0)
    assert answers(line, 0x85, to=ALL) == []


@pytest.mark.parametrize(("physical", "logical"), [(None, BOX), (HERE, None)])
def test_without_a_place_on_the_line_it_says_nothing(physical: int | None, logical: int | None) -> None:
    line = follower(physical, logical)
    assert line.announce() == []
    assert answers(line, 0x86, 0x10, 0x00, to=ALL) == []


MESSAGES = st.builds(
    CecMessage,
    st.integers(0, 15),
    st.sampled_from([BOX, ALL]),
    st.none() | st.integers(0, 255),
    st.binary(max_size=14),
)


@given(st.lists(st.tuples(MESSAGES, st.integers(0, 1000)), max_size=40))
def test_whatever_comes_over_the_line_presses_and_releases_take_turns(
    messages: list[tuple[CecMessage, int]],
) -> None:
    line, now_ms, heard = follower(), 0, []
    for message, later_ms in messages:
        now_ms += later_ms
        heard += line.handle_due(now_ms)
        answer = line.take(message, now_ms)
        heard += answer.heard
        assert len(answer.replies) <= 1
        assert all(len(reply.operands) <= 14 for reply in answer.replies)
    heard += line.end()
    phases = [one.phase for one in heard if isinstance(one, KeySignal) and one.phase is not Phase.REPEAT]
    assert phases == [Phase.DOWN, Phase.UP] * (len(phases) // 2)
