"""Digits of a card: six check in by themselves, a whole number by a key, nothing typed meanwhile is lost."""

from hypothesis import given
from hypothesis import strategies as st

from tvclient.state.check_in_entry import WHOLE_MAX, CheckInEntry


def typed(entry: CheckInEntry, digits: str) -> CheckInEntry:
    for digit in digits:
        entry = entry.typed(int(digit))
    return entry


def test_six_digits_are_full_and_no_more_fit() -> None:
    assert not typed(CheckInEntry(), "10700").is_full
    entry = typed(CheckInEntry(), "1070019")
    assert (entry.digits, entry.is_full, entry.can_be_sent) == ("107001", True, True)


def test_what_is_typed_while_the_agent_is_asked_waits_its_turn() -> None:
    asked = typed(typed(CheckInEntry(), "107001").asking(), "1080")
    assert (asked.digits, asked.is_full) == ("107001", False)
    assert asked.deleted().settled() == CheckInEntry("108")


def test_a_number_that_is_not_found_is_wanted_whole_and_sent_by_a_key() -> None:
    entry = typed(typed(CheckInEntry(), "999999").asking().not_found(), "6217000099990000010123")
    assert (len(entry.digits), entry.is_whole, entry.is_full) == (WHOLE_MAX, True, False)
    assert entry.written == "6217 0000 9999 0000 010"


def test_a_whole_number_with_a_wrong_digit_stays_to_be_mended() -> None:
    entry = typed(CheckInEntry(is_whole=True), "6217000011")
    assert entry.asking().mended() == entry


def test_deleting_leads_back_to_the_six_digits() -> None:
    entry = CheckInEntry("1", is_whole=True).deleted()
    assert entry.is_whole
    assert entry.deleted() == CheckInEntry()
    assert CheckInEntry().is_empty


@given(st.text("0123456789<", max_size=60), st.booleans())
def test_no_more_digits_than_a_card_has(keys: str, is_whole: bool) -> None:
    entry = CheckInEntry(is_whole=is_whole)
    for key in keys:
        entry = entry.deleted() if key == "<" else entry.typed(int(key))
        if entry.is_full:
            entry = entry.asking().settled()
        assert len(entry.digits) <= (WHOLE_MAX if entry.is_whole else 6)
        assert entry.written.replace(" ", "") == entry.digits
