"""The demo's roster: cards that can be typed, each of which finds one person."""

from agent.records.roster_sheet import read_roster_sheet
from demo.artwork import ROOT
from demo.last_week import AWAY, EARLY, LATE, LECTURE_PEOPLE
from demo.together import AT_TELEVISION, ON_PHONES
from study.group.card import has_right_check_digit
from study.group_api import SUFFIX_DIGITS

PEOPLE = read_roster_sheet((ROOT / "assets" / "demo" / "roster.csv").read_bytes())


def test_every_row_is_taken_and_nothing_is_wrong_with_it() -> None:
    assert PEOPLE.faults == ()
    assert all(has_right_check_digit(one.card) for one in PEOPLE.people)


def test_the_last_six_digits_name_one_person() -> None:
    assert len({one.card[-SUFFIX_DIGITS:] for one in PEOPLE.people}) == len(PEOPLE.people)


def test_there_are_as_many_people_as_the_story_needs() -> None:
    together = len(PEOPLE.people) - AWAY
    assert together > LATE + EARLY
    assert len(PEOPLE.people) >= max(LECTURE_PEOPLE, AT_TELEVISION + ON_PHONES)
