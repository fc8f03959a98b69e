"""What counts: every line and edge of study-time.md's table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.rules import CURRENT, RULES, WORDS, Clause, Kind, Terminal, Why, judge, need_ms, threshold_ms
from study.units import HOUR_MS, Milliseconds

amounts = st.integers(0, 10 * HOUR_MS).map(Milliseconds)
terminals = st.sampled_from(Terminal)
kinds = st.sampled_from(Kind)
WATCHED = (Kind.VOD, Kind.LIVE)


def verdict(terminal: Terminal, kind: Kind, played: int, length: int = 0) -> tuple[int, bool, Why]:
    made = judge("bj-2023", terminal, kind, Milliseconds(played), Milliseconds(length))
    return made.effective_ms, made.counted, made.why


@pytest.mark.parametrize("terminal", [Terminal.TV, Terminal.WEB])
@pytest.mark.parametrize(
    ("length", "enough"), [(100_000, 20_001), (99_999, 20_000), (99_996, 20_000), (3, 1), (5, 2)]
)
def test_on_demand_counts_strictly_above_20_per_cent(terminal: Terminal, length: int, enough: int) -> None:
    assert verdict(terminal, Kind.VOD, enough, length) == (enough, True, Why.COUNTED)
    short = Why.TOO_SHORT_SHARE if enough > 1 else Why.NOT_PLAYED
    assert verdict(terminal, Kind.VOD, enough - 1, length) == (0, False, short)


def test_exactly_20_per_cent_does_not_count() -> None:
    assert verdict(Terminal.TV, Kind.VOD, 20_000, 100_000) == (0, False, Why.TOO_SHORT_SHARE)


def test_on_demand_counts_the_time_studied_even_beyond_the_length() -> None:
    assert verdict(Terminal.TV, Kind.VOD, 250_000, 100_000) == (250_000, True, Why.COUNTED)


def test_a_length_that_is_unknown_never_counts_on_demand() -> None:
    assert verdict(Terminal.TV, Kind.VOD, HOUR_MS, 0) == (0, False, Why.LENGTH_UNKNOWN)


@pytest.mark.parametrize("terminal", [Terminal.TV, Terminal.WEB])
def test_live_counts_from_the_first_millisecond_to_four_hours(terminal: Terminal) -> None:
    cap = 4 * HOUR_MS
    assert verdict(terminal, Kind.LIVE, 1) == (1, True, Why.COUNTED)
    assert verdict(terminal, Kind.LIVE, cap) == (cap, True, Why.COUNTED)
    assert verdict(terminal, Kind.LIVE, cap + 1) == (cap, True, Why.CAPPED)


@pytest.mark.parametrize("kind", WATCHED)
def test_the_mobile_site_counts_strictly_above_30_seconds(kind: Kind) -> None:
    assert verdict(Terminal.MOBILE, kind, 30_000, 10 * HOUR_MS) == (0, False, Why.TOO_SHORT)
    assert verdict(Terminal.MOBILE, kind, 30_001, 10 * HOUR_MS) == (30_001, True, Why.COUNTED)


@given(terminals, kinds, amounts, amounts)
def test_effective_time_is_never_above_played_time(
    terminal: Terminal, kind: Kind, played: int, length: int
) -> None:
    effective, counted, _ = verdict(terminal, kind, played, length)
    assert 0 <= effective <= played
    assert counted == (effective > 0)


@given(terminals, kinds, amounts, amounts)
def test_a_longer_session_never_counts_less(terminal: Terminal, kind: Kind, played: int, length: int) -> None:
    assert verdict(terminal, kind, played, length)[0] <= verdict(terminal, kind, played + 1, length)[0]


@given(terminals, kinds, amounts, amounts)
def test_the_time_still_needed_is_exactly_enough(
    terminal: Terminal, kind: Kind, played: Milliseconds, length: Milliseconds
) -> None:
    need = need_ms("bj-2023", terminal, kind, played, length)
    if need is None:
        assert not verdict(terminal, kind, 100 * HOUR_MS, length)[1]
        return
    assert verdict(terminal, kind, played + need, length)[1] or need == 0
    if need > 0:
        assert not verdict(terminal, kind, played + need - 1, length)[1]


def test_the_mark_on_the_bar_stands_at_20_per_cent() -> None:
    assert threshold_ms("bj-2023", Terminal.TV, Kind.VOD, Milliseconds(100_000)) == 20_000


def test_an_unknown_rule_is_named_in_the_error() -> None:
    with pytest.raises(KeyError, match="bj-1999"):
        judge("bj-1999", Terminal.TV, Kind.VOD, Milliseconds(1), Milliseconds(1))


def test_every_reason_has_words_and_the_current_rule_covers_whatever_is_watched() -> None:
    assert set(WORDS) == set(Why)
    assert set(RULES[CURRENT].clauses) == {(terminal, kind) for terminal in Terminal for kind in WATCHED}


@pytest.mark.parametrize("terminal", Terminal)
def test_what_a_rule_does_not_name_counts_nothing_however_long_it_was(terminal: Terminal) -> None:
    assert verdict(terminal, Kind.ARTICLE, 10 * HOUR_MS, HOUR_MS) == (0, False, Why.NOT_IN_RULE)
    assert verdict(terminal, Kind.ARTICLE, 0) == (0, False, Why.NOT_PLAYED)
    assert need_ms("bj-2023", terminal, Kind.ARTICLE, Milliseconds(1), Milliseconds(0)) is None


def test_the_published_rule_is_what_it_was() -> None:
    assert RULES["bj-2023"].clauses == {
        **dict.fromkeys([(t, Kind.VOD) for t in (Terminal.TV, Terminal.WEB)], Clause(over_per_cent=20)),
        **dict.fromkeys([(t, Kind.LIVE) for t in (Terminal.TV, Terminal.WEB)], Clause(most_ms=4 * HOUR_MS)),
        **dict.fromkeys([(Terminal.MOBILE, kind) for kind in WATCHED], Clause(over_ms=30_000)),
    }
