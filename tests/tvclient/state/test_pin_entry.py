"""A PIN is typed, chosen twice, and not guessed."""

from study.units import MINUTE_MS
from tvclient.state.pin_entry import TRIES, WAIT_MS_MAX, PinEntry, Stage

NOW = 5_000


def typed(entry: PinEntry, digits: str, now_ms: int = NOW) -> PinEntry:
    for digit in digits:
        entry = entry.typed(int(digit), now_ms)
    return entry


def test_six_digits_are_taken_and_no_more() -> None:
    entry = typed(PinEntry(Stage.OPENS), "12345")
    assert not entry.is_full
    assert typed(entry, "678").digits == "123456"
    assert typed(entry, "6").deleted().deleted().digits == "1234"
    assert PinEntry(Stage.OPENS).deleted().digits == ""


def test_a_new_one_is_typed_twice() -> None:
    again = typed(PinEntry(Stage.CHOSEN), "123456").once_more()
    assert (again.stage, again.digits, again.is_new) == (Stage.REPEATED, "", False)
    assert typed(again, "123456").is_new


def test_two_that_differ_begin_anew_and_it_is_said_until_the_next_digit() -> None:
    again = typed(PinEntry(Stage.CHOSEN), "123456").once_more()
    anew = typed(again, "123457").once_more()
    assert (anew.stage, anew.digits, anew.chosen, anew.differed) == (Stage.CHOSEN, "", "", True)
    assert not typed(anew, "1").differed


def test_after_five_wrong_ones_one_has_to_wait_and_longer_each_time() -> None:
    entry = PinEntry(Stage.OPENS)
    for _ in range(TRIES - 1):
        entry = typed(entry, "000000").was_wrong(NOW)
        assert entry.wait_ms(NOW) == 0
    entry = typed(entry, "000000").was_wrong(NOW)
    assert entry.wait_ms(NOW) == MINUTE_MS
    assert typed(entry, "1", NOW + MINUTE_MS - 1).digits == ""
    assert typed(entry, "1", NOW + MINUTE_MS).digits == "1"
    assert entry.was_wrong(NOW).wait_ms(NOW) == 2 * MINUTE_MS
    for _ in range(40):
        entry = entry.was_wrong(NOW)
    assert entry.wait_ms(NOW) == WAIT_MS_MAX
