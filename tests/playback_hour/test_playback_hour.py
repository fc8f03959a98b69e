"""A minute and a half of the hour: what is recorded agrees with what moves on the screen."""

from pathlib import Path

from tests.playback_hour.evening import spend

MINUTES = 1.5
ONE_PLAY_MS = 300
"""A busy machine shows a frame late now and then; over the hour that evens out."""


def test_recorded_time_agrees_with_the_screen(tmp_path: Path) -> None:
    hour = spend(MINUTES, 1, tmp_path, lambda _words: None)
    assert sum(account.seen_ms for account in hour.accounts) > 20_000
    for account in hour.accounts:
        assert abs(account.more_ms) <= ONE_PLAY_MS, account
