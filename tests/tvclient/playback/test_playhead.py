"""Where the playhead is."""

from study.units import Milliseconds, MonotonicMs
from tvclient.playback.player_event import Buffering, Opened, Opening, Paused, Playing, Position, Seeked
from tvclient.playback.playhead import UNPROVED_MS, Playhead

ONE = Opening(1)


def at(ms: int) -> MonotonicMs:
    return MonotonicMs(ms)


def playing_from(media_ms: int, rate: float) -> Playhead:
    return Playhead().after(Playing(ONE, at(1_000), Milliseconds(media_ms), rate))


def test_moves_on_by_the_clock_between_proofs() -> None:
    assert playing_from(2_000, 1.5).position_at(at(1_400)) == 2_600


def test_is_believed_only_so_far_without_a_proof() -> None:
    assert playing_from(0, 1.0).position_at(at(60_000)) == UNPROVED_MS


def test_a_proof_sets_it_right_and_it_moves_on() -> None:
    head = playing_from(0, 1.0).after(Position(ONE, at(1_500), Milliseconds(480)))
    assert head.position_at(at(1_600)) == 580


def test_stands_while_paused_buffering_and_after_a_seek() -> None:
    moving = playing_from(0, 1.0)
    assert moving.after(Paused(ONE, at(1_300), Milliseconds(300))).position_at(at(9_000)) == 300
    assert moving.after(Buffering(ONE, at(1_300), 0)).position_at(at(9_000)) == 300
    sought = moving.after(Seeked(ONE, at(1_300), Milliseconds(300), Milliseconds(7_000)))
    assert sought.position_at(at(9_000)) == 7_000
    assert not sought.moving


def test_does_not_run_past_the_length() -> None:
    head = Playhead().after(Opened(ONE, at(0), Milliseconds(5_000)))
    head = head.after(Playing(ONE, at(1_000), Milliseconds(4_800), 1.0))
    assert head.position_at(at(1_900)) == 5_000
