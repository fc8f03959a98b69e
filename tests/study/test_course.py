"""Items are named so that a programme leads to its channel and to its start."""

import pytest

from study.course import channel_of, course_of, episode_id, programme_id, programme_start_ms
from study.units import CourseId, ItemId


def test_a_programme_is_its_channel_and_its_start() -> None:
    item_id = programme_id(ItemId("L1"), 1_795_345_200_000)

    assert item_id == "L1@1795345200"
    assert (channel_of(item_id), programme_start_ms(item_id)) == ("L1", 1_795_345_200_000)
    assert course_of(item_id) == "L1"


@pytest.mark.parametrize(
    "item_id", ["L1", "5.1", "L1@", "L1@x", "L1@-1", "L1@1.5", "L1@１", "L1@" + "9" * 12, "@", ""]
)
def test_what_is_no_programme_has_no_start(item_id: str) -> None:
    assert programme_start_ms(ItemId(item_id)) is None


def test_an_episode_is_never_taken_for_a_programme() -> None:
    assert channel_of(episode_id(CourseId("5"), 1)) == "5.1"
