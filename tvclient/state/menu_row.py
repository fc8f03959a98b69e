"""The rows of the player's menu: what can be chosen, and what is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from study.local_api import EpisodeReply
from study.units import ItemId
from tvclient.playback.player_event import Tracks
from tvclient.state.durations import clock_text
from tvclient.state.speed import SPEEDS, speed_words
from tvclient.state.track_names import sound_names, subtitle_names
from tvclient.words import _

NO_SUBTITLE = "none"


class Menu(StrEnum):
    """What a row is about; the first part of its options' ids."""

    TOGETHER = "together"
    LEAVING = "leaving"
    EPISODE = "episode"
    SPEED = "speed"
    SOUND = "sound"
    SUBTITLE = "subtitle"


@dataclass(frozen=True, slots=True)
class MenuOption:
    """`value` is the item, the speed, or the track; `note` is said while the option has the focus."""

    option_id: str
    value: str
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class MenuRow:
    """At least one option; `chosen` is the id of the one in use, if any is."""

    menu: Menu
    words: str
    options: tuple[MenuOption, ...]
    chosen: str | None

    @property
    def entry(self) -> str:
        """Where the focus comes in."""
        return self.chosen or self.options[0].option_id


def menu_rows(
    episodes: Sequence[EpisodeReply], item_id: ItemId, rate: float | None, tracks: Tracks | None
) -> tuple[MenuRow, ...]:
    """Only the rows with something to choose; a `rate` of None is for live, which has no speed."""
    rows = [_episodes(episodes, item_id)] if len(episodes) > 1 else []
    if rate is not None:
        rows.append(_speeds(rate))
    if tracks is not None and len(tracks.sounds) > 1:
        rows.append(_sounds(tracks))
    if tracks is not None and tracks.subtitles:
        rows.append(_subtitles(tracks))
    return tuple(rows)


def option_in(rows: Sequence[MenuRow], option_id: str) -> tuple[MenuRow, MenuOption] | None:
    """The option with this id, and its row."""
    return next(
        ((row, option) for row in rows for option in row.options if option.option_id == option_id), None
    )


def _episodes(episodes: Sequence[EpisodeReply], item_id: ItemId) -> MenuRow:
    options = [
        _option(Menu.EPISODE, told["item_id"], _("第 {} 集").format(told["number"]), _about(told))
        for told in episodes
    ]
    return _row(Menu.EPISODE, _("选集"), options, item_id)


def _speeds(rate: float) -> MenuRow:
    note = _("听得快慢随您，学时按实际用的时间计。")
    options = [_option(Menu.SPEED, f"{speed:g}", speed_words(speed), note) for speed in SPEEDS]
    return _row(Menu.SPEED, _("语速"), options, f"{rate:g}")


def _sounds(tracks: Tracks) -> MenuRow:
    note = _("选定以后，别的课程有这种声音也用它。")
    named = zip(tracks.sounds, sound_names(tracks.sounds), strict=True)
    options = [_option(Menu.SOUND, str(track.track_id), name, note) for track, name in named]
    return _row(Menu.SOUND, _("声音"), options, str(tracks.sound))


def _subtitles(tracks: Tracks) -> MenuRow:
    note = _("选定以后，别的课程有字幕也照此显示。")
    named = zip(tracks.subtitles, subtitle_names(tracks.subtitles), strict=True)
    options = [_option(Menu.SUBTITLE, str(track.track_id), name, note) for track, name in named]
    shown = NO_SUBTITLE if tracks.subtitle is None else str(tracks.subtitle)
    none = _option(Menu.SUBTITLE, NO_SUBTITLE, _("不显示"), note)
    return _row(Menu.SUBTITLE, _("字幕"), [none, *options], shown)


def _row(menu: Menu, words: str, options: Sequence[MenuOption], chosen: str) -> MenuRow:
    found = next((option.option_id for option in options if option.value == chosen), None)
    return MenuRow(menu, words, tuple(options), found)


def _option(menu: Menu, value: str, words: str, note: str) -> MenuOption:
    return MenuOption(f"{menu}:{value}", value, words, note)


def _about(told: EpisodeReply) -> str:
    """Title, length, and what is worth knowing before the choice."""
    known = _("已计入学时") if told["counted"] else "" if told["on_box"] else _("需联网")
    length = clock_text(told["length_ms"]) if told["length_ms"] else ""
    return "·".join(part for part in (told["title"], length, known) if part)
