from tvclient.remote.chatter import PRESSES, QUIET_MS, Chatter


def test_a_fast_thumb_is_heard() -> None:
    chatter = Chatter()
    assert all(chatter.hears_press(at_ms) for at_ms in range(0, 10_000, 60))


def test_of_ten_thousand_presses_a_second_hardly_any_are_heard() -> None:
    chatter = Chatter()
    assert sum(chatter.hears_press(n // 10) for n in range(100_000)) == PRESSES


def test_after_silence_it_is_heard_again() -> None:
    chatter = Chatter()
    for at_ms in range(100):
        chatter.hears_press(at_ms)
    assert not chatter.hears_press(99 + QUIET_MS - 1)
    assert chatter.hears_press(99 + 2 * QUIET_MS)


def test_signs_of_life_are_thinned_out_and_those_of_a_storm_not_heard() -> None:
    chatter = Chatter()
    assert sum(chatter.hears_repeat(at_ms) for at_ms in range(0, 1000)) == 10
    for at_ms in range(1000, 1100):
        chatter.hears_press(at_ms)
    assert not chatter.hears_repeat(1150)
