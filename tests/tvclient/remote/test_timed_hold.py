from tvclient.remote.key_signal import Holding, KeySignal, Phase
from tvclient.remote.timed_hold import TimedHold


def phases(signals: list[KeySignal]) -> list[tuple[str, Phase]]:
    return [(signal.code, signal.phase) for signal in signals]


def test_a_key_is_held_while_it_is_told_of() -> None:
    hold = TimedHold("/dev/cec0", 550)
    assert hold.due_ms is None
    assert phases(hold.told("cec:DOWN", 0)) == [("cec:DOWN", Phase.DOWN)]
    assert phases(hold.told("cec:DOWN", 450)) == [("cec:DOWN", Phase.REPEAT)]
    assert hold.due_ms == 1000
    assert hold.handle_due(999) == []
    assert phases(hold.handle_due(1000)) == [("cec:DOWN", Phase.UP)]
    assert hold.due_ms is None


def test_a_told_release_comes_once() -> None:
    hold = TimedHold("/dev/cec0", 550)
    hold.told("cec:DOWN", 0)
    assert phases(hold.end()) == [("cec:DOWN", Phase.UP)]
    assert hold.end() == [] == hold.handle_due(10_000)


def test_another_key_releases_the_one_before() -> None:
    hold = TimedHold("/dev/cec0", 550)
    hold.told("cec:DOWN", 0)
    assert phases(hold.told("cec:UP", 100)) == [("cec:DOWN", Phase.UP), ("cec:UP", Phase.DOWN)]


def test_told_again_after_a_silence_that_nobody_looked_at_it_is_a_press_of_its_own() -> None:
    hold = TimedHold("/dev/cec0", 550)
    hold.told("cec:DOWN", 0)
    assert phases(hold.told("cec:DOWN", 600)) == [("cec:DOWN", Phase.UP), ("cec:DOWN", Phase.DOWN)]


def test_it_goes_on_telling_of_what_is_held() -> None:
    assert all(signal.holding is Holding.TOLD for signal in TimedHold("/dev/cec0", 550).told("cec:DOWN", 0))
