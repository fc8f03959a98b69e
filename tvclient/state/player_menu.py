"""What the player's menu offers: episodes, speed, sounds, subtitles, as far as there is a choice."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tvclient.playback.player_event import Track, Tracks
from tvclient.state.language_words import spoken_name, written_name
from tvclient.state.viewing_choices import SPEEDS, USUAL
from tvclient.words import _

NO_SUBTITLE = "subtitle:off"
CHINESE = re.compile("[一-鿿]")


class Tab(StrEnum):
    EPISODES = "episode"
    SPEED = "speed"
    SOUND = "sound"
    SUBTITLES = "subtitle"


@dataclass(frozen=True, slots=True)
class Option:
    """`id` is its focus id, `<tab>:<what>`; `current` is what holds now."""

    id: str
    words: str
    current: bool


@dataclass(frozen=True, slots=True)
class MenuPage:
    """One line of the menu, with what can be chosen in it; `note` says what choosing means."""

    tab: Tab
    label: str
    options: tuple[Option, ...]
    note: str = ""

    @property
    def current(self) -> Option | None:
        return next((option for option in self.options if option.current), None)

    @property
    def value(self) -> str:
        """What holds now, in words."""
        return self.current.words if self.current else ""


@dataclass(frozen=True, slots=True)
class MenuFacts:
    """`episodes` are item ids with their numbers; `speed` is None where it can't be chosen."""

    episodes: Sequence[tuple[str, int]]
    episode: str
    speed: float | None
    tracks: Tracks | None


def menu_pages(facts: MenuFacts) -> tuple[MenuPage, ...]:
    """Only what there is a choice in; none at all for a plain channel."""
    pages = []
    if len(facts.episodes) > 1:
        pages.append(_episodes(facts))
    if facts.speed is not None:
        pages.append(_speeds(facts.speed))
    if facts.tracks is not None and len(facts.tracks.sounds) > 1:
        pages.append(_sounds(facts.tracks))
    if facts.tracks is not None and facts.tracks.subtitles:
        pages.append(_subtitles(facts.tracks))
    return tuple(pages)


def tab_of(focus_id: str) -> Tab:
    """The line that an option belongs to."""
    return Tab(focus_id.partition(":")[0])


def speed_words(speed: float) -> str:
    """1.5 倍."""
    return _("{} 倍").format(f"{speed:g}")


def speed_note(speed: float) -> str:
    """What the bar says of a speed (study-time.md, Played time); nothing of the usual one."""
    return "" if speed == USUAL else _("{} 倍速·按实际时间计").format(f"{speed:g}")


def _episodes(facts: MenuFacts) -> MenuPage:
    options = (
        Option(f"{Tab.EPISODES}:{item_id}", _("第 {} 集").format(number), item_id == facts.episode)
        for item_id, number in facts.episodes
    )
    return MenuPage(Tab.EPISODES, _("选集"), tuple(options))


def _speeds(now: float) -> MenuPage:
    options = (Option(f"{Tab.SPEED}:{speed:g}", speed_words(speed), speed == now) for speed in SPEEDS)
    note = _("语速快慢只影响听课；学时按实际用的时间计。")
    return MenuPage(Tab.SPEED, _("语速"), tuple(options), note)


def _sounds(tracks: Tracks) -> MenuPage:
    named = _named(tracks.sounds, spoken_name, _("声音"))
    options = (
        Option(f"{Tab.SOUND}:{track.track_id}", words, track.track_id == tracks.sound)
        for track, words in named
    )
    return MenuPage(Tab.SOUND, _("声音"), tuple(options), _("选定以后，别的课程有这种声音也会用它。"))


def _subtitles(tracks: Tracks) -> MenuPage:
    named = _named(tracks.subtitles, written_name, _("字幕"))
    options = (
        Option(f"{Tab.SUBTITLES}:{track.track_id}", words, track.track_id == tracks.subtitle)
        for track, words in named
    )
    off = Option(NO_SUBTITLE, _("不显示"), tracks.subtitle is None)
    note = _("选定以后，别的课程有字幕也会照此显示。")
    return MenuPage(Tab.SUBTITLES, _("字幕"), (off, *options), note)


def _named(tracks: Sequence[Track], name_of: Callable[[str], str], else_: str) -> list[tuple[Track, str]]:
    """Each with words of its own: a Chinese name, the language, any name, or 声音 1."""
    words = [
        (track.name if CHINESE.search(track.name) else name_of(track.language) or track.name).strip()
        for track in tracks
    ]
    words = [said or f"{else_} {n}" for n, said in enumerate(words, 1)]
    twice, seen = Counter(words), Counter[str]()
    named = []
    for track, said in zip(tracks, words, strict=True):
        seen[said] += 1
        named.append((track, f"{said} {seen[said]}" if twice[said] > 1 else said))
    return named
