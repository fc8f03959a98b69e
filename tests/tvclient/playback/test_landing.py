"""A jump is over with the first picture that is surely of the place it leads to."""

from study.units import MonotonicMs
from tvclient.playback.landing import SHOWN_WITHIN_MS, SURE_MS, Landing

BUFFERED = 5_000


def at(ms: int) -> MonotonicMs:
    return MonotonicMs(BUFFERED + ms)


def jumping(buffered: bool = True) -> Landing:
    landing = Landing()
    landing.jump()
    if buffered:
        landing.buffered(at(0))
    return landing


def test_nothing_is_under_way_without_a_jump() -> None:
    landing = Landing()
    landing.buffered(at(0))
    assert not landing.is_under_way
    assert not landing.is_missed(at(SHOWN_WITHIN_MS))


def test_it_lands_with_a_picture_some_time_after_it_has_buffered() -> None:
    landing = jumping()
    landing.put(at(SURE_MS - 1))
    assert landing.is_under_way
    landing.put(at(SURE_MS))
    assert not landing.is_under_way
    assert not landing.is_missed(at(SHOWN_WITHIN_MS))


def test_pictures_before_it_has_buffered_are_of_where_it_comes_from() -> None:
    landing = jumping(buffered=False)
    landing.put(at(SHOWN_WITHIN_MS))
    assert landing.is_under_way


def test_a_picture_that_does_not_come_is_missed_once() -> None:
    landing = jumping()
    assert not landing.is_missed(at(SHOWN_WITHIN_MS - 1))
    assert landing.is_missed(at(SHOWN_WITHIN_MS))
    assert not landing.is_missed(at(SHOWN_WITHIN_MS + 1))
    assert not landing.is_under_way


def test_until_it_has_buffered_it_is_waited_for_however_long() -> None:
    assert not jumping(buffered=False).is_missed(at(60_000))


def test_another_jump_begins_anew() -> None:
    landing = jumping()
    landing.jump()
    landing.put(at(SURE_MS))
    assert landing.is_under_way


def test_with_the_media_it_is_dropped() -> None:
    landing = jumping()
    landing.drop()
    assert not landing.is_under_way
