"""The player's menu has a row for everything there is to choose, and no other."""

from typing import Any

from study.units import ItemId, MonotonicMs
from tests.fakes.fake_agent import episode
from tvclient.playback.player_event import Opening, Track, TrackId, Tracks
from tvclient.state.menu_row import Menu, MenuRow, menu_rows, option_in

ITEM = ItemId("5.2")
EPISODES = [episode(5, 1, "选址", 600_000, counted=True), episode(5, 2, "整畦", 0)]
EPISODES.append(episode(5, 3, "", 4_000_000, on_box=False))


def _tracks(sounds: int, subtitles: int, subtitle: int | None = None) -> Tracks:
    return Tracks(
        Opening(1),
        MonotonicMs(0),
        tuple(Track(TrackId(n), "", "") for n in range(sounds)),
        tuple(Track(TrackId(10 + n), "", "") for n in range(subtitles)),
        TrackId(1),
        None if subtitle is None else TrackId(subtitle),
    )


def _menus(*given: Any) -> list[Menu]:
    return [row.menu for row in menu_rows(*given)]


def _words(row: MenuRow) -> list[str]:
    return [option.words for option in row.options]


def test_there_are_only_rows_with_something_to_choose() -> None:
    assert _menus(EPISODES, ITEM, 1.0, _tracks(2, 1)) == [
        Menu.EPISODE,
        Menu.SPEED,
        Menu.SOUND,
        Menu.SUBTITLE,
    ]
    assert _menus(EPISODES[:1], ITEM, 1.0, _tracks(1, 0)) == [Menu.SPEED]
    assert _menus([], ITEM, 1.0, None) == [Menu.SPEED]
    assert _menus([], ITEM, None, _tracks(2, 1)) == [Menu.SOUND, Menu.SUBTITLE]
    assert _menus([], ITEM, None, _tracks(1, 0)) == []


def test_what_is_in_use_is_marked_and_is_where_the_focus_comes_in() -> None:
    rows = menu_rows(EPISODES, ITEM, 1.5, _tracks(2, 2, subtitle=11))
    assert [row.entry for row in rows] == ["episode:5.2", "speed:1.5", "sound:1", "subtitle:11"]
    assert [row.chosen for row in rows] == [row.entry for row in rows]


def test_without_a_subtitle_the_first_option_is_in_use() -> None:
    (*_others, row) = menu_rows([], ITEM, 1.0, _tracks(0, 1))
    assert _words(row) == ["不显示", "字幕 1"]
    assert row.chosen == "subtitle:none"


def test_a_row_in_which_nothing_known_is_in_use_is_entered_at_its_beginning() -> None:
    (row, _speed) = menu_rows(EPISODES, ItemId("5.9"), 1.0, None)
    assert (row.chosen, row.entry) == (None, "episode:5.1")


def test_an_episode_says_title_length_and_what_is_worth_knowing() -> None:
    (row, _speed) = menu_rows(EPISODES, ITEM, 1.0, None)
    assert _words(row) == ["第 1 集", "第 2 集", "第 3 集"]
    assert [option.note for option in row.options] == ["选址·10:00·已计入学时", "整畦", "1:06:40·需联网"]


def test_an_option_is_found_by_its_id() -> None:
    rows = menu_rows(EPISODES, ITEM, 1.0, None)
    found = option_in(rows, "speed:0.75")
    assert found is not None
    assert (found[0].menu, found[1].value) == (Menu.SPEED, "0.75")
    assert option_in(rows, "sound:1") is None
