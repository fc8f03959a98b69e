"""The screen goes dark when nobody does anything and nothing moves."""

from tvclient.state.idleness import Idleness


def test_it_is_due_so_long_after_the_last_key() -> None:
    idleness = Idleness(1_000, since_ms=0)
    assert not idleness.is_due(999, moves=False)
    idleness.sign(900)
    assert not idleness.is_due(1_899, moves=False)
    assert idleness.is_due(1_900, moves=False)


def test_a_film_that_plays_keeps_it_away_and_one_that_stands_does_not() -> None:
    idleness = Idleness(1_000, since_ms=0)
    for now_ms in range(0, 10_000, 500):
        assert not idleness.is_due(now_ms, moves=True)
    assert not idleness.is_due(10_400, moves=False)
    assert idleness.is_due(10_500, moves=False)
