"""Minutes that are set with arrows stay within what was studied, and the right way round."""

from hypothesis import given
from hypothesis import strategies as st

from tvclient.state.presence_times import PresenceTimes, whole_time


@given(st.integers(0, 10**7), st.lists(st.tuples(st.booleans(), st.sampled_from((-1, 1))), max_size=60))
def test_whatever_is_pressed_somebody_comes_before_they_leave(
    studied_ms: int, steps: list[tuple[bool, int]]
) -> None:
    times = whole_time(studied_ms)
    for comes, step in steps:
        times = times.came(step) if comes else times.left(step)
        until = times.total_min if times.until_min is None else times.until_min
        assert 0 <= times.from_min < until <= times.total_min
        assert times.until_min != times.total_min  # the end is no minute


def test_the_words_say_the_minutes() -> None:
    assert whole_time(2_475_000).words == "一开始就到场，到结束"
    assert PresenceTimes(41).came(1).left(-1).words == "从第 1 分钟到场，到第 40 分钟离场"
