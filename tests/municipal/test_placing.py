"""Placing a session's start in its month."""

from datetime import UTC, datetime

from municipal.placing import NOWHERE, Placed, placed_by
from study.anchor import Anchor, AnchorSource, to_utc_ms
from study.units import BootId, Milliseconds, MonotonicMs

NEW_MONTH = to_utc_ms(datetime(2026, 10, 31, 16, tzinfo=UTC))
"""Midnight in Beijing."""


def test_the_month_is_that_of_the_start_in_beijing():
    at = Anchor(BootId("b"), MonotonicMs(1_000), NEW_MONTH, Milliseconds(5), AnchorSource.PLATFORM)
    assert placed_by(at, MonotonicMs(999)) == Placed(NEW_MONTH - 1, "2026-10")
    assert placed_by(at, MonotonicMs(1_000)) == Placed(NEW_MONTH, "2026-11")


def test_without_an_anchor_nothing_is_guessed():
    assert placed_by(None, MonotonicMs(1_000)) == NOWHERE
