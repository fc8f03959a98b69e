"""Viewing sessions: what goes on, what begins anew, and what a session adds up to."""

import pytest

from study.overlap import overlap_ms
from study.rules import Kind, Terminal, Why
from study.session import REJOIN_MS, effective, facts_of, goes_on
from study.units import HOUR_MS, ItemId, Milliseconds
from tests.study.test_watch import interval

COURSE, CHANNEL, PROGRAMME = ItemId("5.1"), ItemId("L1"), ItemId("L1@2026-11-21T19:00")


@pytest.mark.parametrize(
    ("kind", "item", "gap", "expected"),
    [
        (Kind.VOD, COURSE, 0, True),
        (Kind.VOD, COURSE, REJOIN_MS, True),
        (Kind.VOD, COURSE, REJOIN_MS + 1, False),
        (Kind.VOD, COURSE, None, False),
        (Kind.LIVE, CHANNEL, REJOIN_MS, True),
        (Kind.LIVE, CHANNEL, REJOIN_MS + 1, False),
        (Kind.LIVE, PROGRAMME, 3 * HOUR_MS, True),
        (Kind.LIVE, PROGRAMME, None, True),
    ],
)
def test_returning_goes_on_with_the_session_within_the_rules(
    kind: Kind, item: ItemId, gap: int | None, expected: bool
) -> None:
    assert goes_on(kind, item, gap) is expected


def test_the_live_cap_cannot_be_got_round_by_leaving_and_coming_back() -> None:
    watched = [interval(0, 3 * HOUR_MS), interval(4 * HOUR_MS, 7 * HOUR_MS)]
    facts = facts_of(Kind.LIVE, watched, Milliseconds(0))
    verdict = effective("bj-2023", Terminal.TV, Kind.LIVE, facts)
    assert (facts.played_ms, verdict.effective_ms, verdict.why) == (6 * HOUR_MS, 4 * HOUR_MS, Why.CAPPED)


def test_a_session_over_a_reboot_adds_up_both_boots() -> None:
    watched = [interval(500, 700, boot="a"), interval(500, 600, media=200, boot="b")]
    facts = facts_of(Kind.VOD, watched, Milliseconds(1000))
    assert (facts.played_ms, facts.covered) == (300, ((0, 300),))


def test_a_length_corrected_later_changes_the_verdict_and_not_the_facts_played() -> None:
    watched = [interval(0, 25_000)]
    before, after = (facts_of(Kind.VOD, watched, Milliseconds(ms)) for ms in (100_000, 200_000))
    assert before.played_ms == after.played_ms == 25_000
    assert effective("bj-2023", Terminal.TV, Kind.VOD, before).counted
    assert not effective("bj-2023", Terminal.TV, Kind.VOD, after).counted


def test_media_beyond_the_length_is_not_covered() -> None:
    facts = facts_of(Kind.VOD, [interval(0, 1500)], Milliseconds(1000))
    assert (facts.played_ms, facts.covered_ms) == (1500, 1000)


def test_two_televisions_both_count_and_their_overlap_is_told() -> None:
    first = [interval(0, 100), interval(200, 300)]
    second = [interval(50, 250)]
    assert overlap_ms(first, second) == 100
    assert overlap_ms(second, first) == 100
    assert overlap_ms(first, [interval(0, 300, boot="b")]) == 0
