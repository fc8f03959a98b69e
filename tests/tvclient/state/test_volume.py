"""Volume goes in steps, and mute is apart from it."""

import pytest

from tvclient.state.volume import LOUDEST, STEP, Volume, kept_volume


def test_it_goes_in_steps_and_stops_at_both_ends() -> None:
    volume = Volume(0)
    levels = []
    for _ in range(22):
        volume = volume.up()
        levels.append(volume.level)
    assert levels == [*range(STEP, LOUDEST + 1, STEP), LOUDEST, LOUDEST]
    for _ in range(22):
        volume = volume.down()
    assert volume == Volume(0)


def test_mute_keeps_the_level_and_nothing_is_heard() -> None:
    muted = Volume(40).toggle_mute()
    assert (muted.loudness, muted.level) == (0, 40)
    assert muted.toggle_mute() == Volume(40)
    assert Volume(40).loudness == 40


def test_volume_up_is_heard_again_and_a_step_louder() -> None:
    assert Volume(40, muted=True).up() == Volume(45)
    assert Volume(100, muted=True).up() == Volume(100)


def test_volume_down_while_muted_stays_muted_and_is_lower() -> None:
    assert Volume(40, muted=True).down() == Volume(35, muted=True)


@pytest.mark.parametrize("volume", [Volume(), Volume(0), Volume(100, muted=True)])
def test_it_comes_back_as_it_was_kept(volume: Volume) -> None:
    assert kept_volume(volume.as_kept()) == volume


@pytest.mark.parametrize(
    "value",
    [
        None,
        80,
        [],
        {},
        {"level": 50},
        {"level": "50", "muted": False},
        {"level": True, "muted": False},
        {"level": 50, "muted": 0},
        {"level": 105, "muted": False},
        {"level": -5, "muted": False},
        {"level": 50.0, "muted": False},
    ],
)
def test_what_cannot_have_been_kept_is_the_first_volume(value: object) -> None:
    assert kept_volume(value) == Volume()


def test_a_level_between_the_steps_is_the_step_below() -> None:
    assert kept_volume({"level": 53, "muted": True}) == Volume(50, muted=True)
