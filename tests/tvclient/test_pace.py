"""The television sleeps until something is due by Kivy's clock, and no longer."""

import pytest
from kivy.clock import ClockBase

from tvclient.pace import LONGEST_WAIT_S, SHORTEST_FRAME_S, wait_s


@pytest.fixture
def clock() -> ClockBase:
    made = ClockBase()
    made.tick()
    return made


def test_without_events_it_sleeps_as_long_as_it_may(clock: ClockBase) -> None:
    assert wait_s(clock) == LONGEST_WAIT_S


@pytest.mark.parametrize("after_s", [0.1, 0.25, 0.4])
def test_it_sleeps_until_the_next_event_is_due(clock: ClockBase, after_s: float) -> None:
    events = [clock.schedule_once(lambda _dt: None, s) for s in (after_s + 5, after_s)]

    assert len(events) == 2 and after_s - 0.05 < wait_s(clock) <= after_s


def test_what_is_due_on_the_next_turn_waits_for_the_shortest_frame(clock: ClockBase) -> None:
    event = clock.schedule_once(lambda _dt: None, 0)

    assert event.is_triggered and wait_s(clock) == SHORTEST_FRAME_S


def test_what_is_far_away_does_not_keep_signals_waiting(clock: ClockBase) -> None:
    event = clock.schedule_once(lambda _dt: None, 60)

    assert event.is_triggered and wait_s(clock) == LONGEST_WAIT_S
