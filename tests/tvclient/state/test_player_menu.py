"""What the menu over a picture offers."""

from dataclasses import replace

from study.units import MonotonicMs
from tvclient.playback.player_event import Opening, Track, TrackId, Tracks
from tvclient.state.player_menu import (
    NO_SUBTITLE,
    MenuFacts,
    MenuPage,
    Tab,
    menu_pages,
    speed_note,
    tab_of,
)


def _tracks(*told: tuple[str, str]) -> tuple[Track, ...]:
    return tuple(Track(TrackId(n), language, name) for n, (language, name) in enumerate(told, 1))


SOUNDS = _tracks(("zh", ""), ("yue", ""))
TRACKS = Tracks(Opening(1), MonotonicMs(0), SOUNDS, _tracks(("zh", "")), TrackId(2), None)
PLAIN = MenuFacts((("5.1", 1),), "5.1", 1.0, None)


def _page(facts: MenuFacts, tab: Tab) -> MenuPage:
    return next(page for page in menu_pages(facts) if page.tab is tab)


def _words(facts: MenuFacts, tab: Tab) -> list[str]:
    return [option.words for option in _page(facts, tab).options]


def test_a_plain_episode_offers_its_speed_alone() -> None:
    assert [page.tab for page in menu_pages(PLAIN)] == [Tab.SPEED]


def test_a_plain_channel_offers_nothing() -> None:
    one_sound = replace(TRACKS, sounds=SOUNDS[:1], subtitles=())
    assert menu_pages(MenuFacts((), "L1", None, one_sound)) == ()


def test_everything_there_is_a_choice_in_has_its_line() -> None:
    facts = replace(PLAIN, episodes=(("5.1", 1), ("5.2", 2)), tracks=TRACKS)
    assert [page.label for page in menu_pages(facts)] == ["选集", "语速", "声音", "字幕"]
    assert [page.value for page in menu_pages(facts)] == ["第 1 集", "1 倍", "粤语", "不显示"]


def test_the_speeds_are_written_as_people_say_them() -> None:
    assert _words(PLAIN, Tab.SPEED) == ["0.75 倍", "1 倍", "1.25 倍", "1.5 倍", "2 倍"]


def test_what_holds_now_is_marked_once() -> None:
    facts = replace(PLAIN, speed=1.5, tracks=TRACKS)
    for page in menu_pages(facts):
        assert [option.current for option in page.options].count(True) == 1


def test_sounds_without_a_language_are_numbered_and_equal_ones_told_apart() -> None:
    sounds = _tracks(("zh", ""), ("", ""), ("zh", "director"), ("", "四川话"), ("", "Stereo"))
    facts = replace(PLAIN, tracks=replace(TRACKS, sounds=sounds))
    assert _words(facts, Tab.SOUND) == ["普通话 1", "声音 2", "普通话 2", "四川话", "Stereo"]


def test_subtitles_can_be_switched_off() -> None:
    facts = replace(PLAIN, tracks=replace(TRACKS, subtitle=TrackId(1)))
    page = _page(facts, Tab.SUBTITLES)
    assert [(option.words, option.current) for option in page.options] == [("不显示", False), ("中文", True)]
    assert page.options[0].id == NO_SUBTITLE


def test_an_option_knows_its_line() -> None:
    facts = replace(PLAIN, episodes=(("5.1", 1), ("5.2", 2)), tracks=TRACKS)
    for page in menu_pages(facts):
        assert {tab_of(option.id) for option in page.options} == {page.tab}


def test_the_bar_says_nothing_of_the_usual_speed() -> None:
    assert speed_note(1.0) == ""
    assert "实际时间" in speed_note(1.5)
