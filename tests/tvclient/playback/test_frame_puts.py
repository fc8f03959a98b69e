"""Pictures that are put out into memory keep their moments until they are taken."""

import time

from tests.tvclient.playback.conftest import boottime
from tvclient.playback.frame_puts import FramePuts

LATER_S = 0.05


def test_each_is_dated_when_it_was_put_out_and_told_once() -> None:
    puts = FramePuts()
    before = boottime()
    puts.put()
    puts.put()
    after = boottime()
    time.sleep(LATER_S)
    told = puts.take(boottime())
    assert len(told) == 2
    assert before - 1 <= told[0] <= told[1] <= after + 1
    assert puts.take(boottime()) == []


def test_what_nobody_took_is_dropped() -> None:
    puts = FramePuts()
    puts.put()
    puts.rest()
    assert puts.take(boottime()) == []


def test_of_too_many_the_oldest_are_forgotten() -> None:
    puts = FramePuts()
    for _ in range(5_000):
        puts.put()
    assert len(puts.take(boottime())) == 1_000
