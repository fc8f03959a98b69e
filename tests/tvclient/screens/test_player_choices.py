"""What is chosen in the player's menu is done, kept, and done again where there is something like it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from study.rules import Kind
from study.units import ItemId, Milliseconds
from tests.fakes.fake_player import FakeMedia, FakePlayer
from tvclient.kept_choices import KeptChoices
from tvclient.playback.player_event import PlayerEvent, Playing, Track, TrackId, Tracks
from tvclient.screens.player_choices import PlayerChoices
from tvclient.screens.player_item import PlayerItem
from tvclient.state.bar_state import Earlier, Item

CHI, YUE, NAMELESS = (Track(TrackId(n), language, "") for n, language in ((1, "chi"), (2, "yue"), (3, "")))
ZH, EN = Track(TrackId(11), "zh", ""), Track(TrackId(12), "en", "")
MEDIA = {
    "both": FakeMedia(sounds=(CHI, YUE), subtitles=(ZH, EN)),
    "other": FakeMedia(sounds=(YUE, CHI), subtitles=(EN, ZH)),
    "plain": FakeMedia(sounds=(CHI,)),
    "odd": FakeMedia(sounds=(CHI, NAMELESS)),
}


class _Rig:
    """A television's choices and its player; `watch` opens an item as the player screen does."""

    def __init__(self, file: Path) -> None:
        self.kept = KeptChoices(file, lambda write: write())
        self.told: list[PlayerEvent] = []
        self.player = FakePlayer(self._hear, MEDIA)
        self.choices = PlayerChoices(self.player, self.kept)

    def _hear(self, event: PlayerEvent) -> None:
        self.told.append(event)
        if isinstance(event, Tracks):
            self.choices.take(event)

    def watch(self, url: str, item_id: str = "5.1", kind: Kind = Kind.VOD) -> None:
        what = PlayerItem(
            item_id=ItemId(item_id),
            item=Item(kind, "题", "", Milliseconds(0)),
            url=url,
            resume_ms=Milliseconds(0),
            on_box=True,
            earlier=Earlier(Milliseconds(0)),
            before=None,
            after=None,
        )
        self.choices.begin(what)
        self.player.open(url, Milliseconds(0), what.live)

    @property
    def in_use(self) -> tuple[Any, Any]:
        tracks = next(event for event in reversed(self.told) if isinstance(event, Tracks))
        return tracks.sound, tracks.subtitle

    @property
    def rate(self) -> float:
        return next(event.rate for event in reversed(self.told) if isinstance(event, Playing))

    @property
    def marked(self) -> list[str | None]:
        return [row.chosen for row in self.choices.rows]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "choices.json"


@pytest.fixture
def rig(file: Path) -> Iterator[_Rig]:
    yield _Rig(file)


def test_a_choice_is_done_and_marked(rig: _Rig) -> None:
    rig.watch("both")
    for option in ("sound:2", "subtitle:12", "speed:1.5"):
        rig.choices.choose(option)
    assert (rig.in_use, rig.rate) == ((2, 12), 1.5)
    assert rig.marked == ["speed:1.5", "sound:2", "subtitle:12"]
    assert rig.choices.speed_words == "1.5 倍"


def test_sound_and_subtitle_hold_for_other_courses_and_restarts(rig: _Rig, file: Path) -> None:
    rig.watch("both")
    rig.choices.choose("sound:1")
    rig.choices.choose("subtitle:11")
    rig.watch("other", "6.1")
    assert rig.in_use == (1, 11)
    later = _Rig(file)
    later.watch("other", "7.1")
    assert later.in_use == (1, 11)


def test_a_course_without_the_like_is_left_as_it_is(rig: _Rig) -> None:
    rig.watch("both")
    rig.choices.choose("sound:2")
    rig.choices.choose("subtitle:12")
    rig.watch("plain", "6.1")
    assert rig.in_use == (1, None)


def test_no_subtitle_holds_as_well(rig: _Rig) -> None:
    rig.watch("both")
    rig.choices.choose("subtitle:11")
    rig.choices.choose("subtitle:none")
    rig.watch("other", "6.1")
    assert rig.in_use == (2, None)


def test_what_somebody_chose_is_not_taken_back_while_the_item_is_on(rig: _Rig) -> None:
    rig.watch("odd")
    rig.choices.choose("sound:1")
    rig.watch("odd", "6.1")
    rig.choices.choose("sound:3")
    assert rig.in_use[0] == 3
    # Nothing is known of that one, so elsewhere the earlier choice still holds.
    rig.watch("other", "7.1")
    assert rig.in_use[0] == 1


def test_speed_holds_for_its_course_only(rig: _Rig, file: Path) -> None:
    rig.watch("both", "5.1")
    rig.choices.choose("speed:2")
    rig.watch("both", "5.2")
    assert rig.rate == 2.0
    rig.watch("both", "6.1")
    assert (rig.rate, rig.choices.speed_words) == (1.0, "")
    later = _Rig(file)
    later.watch("both", "5.3")
    assert later.rate == 2.0


def test_live_has_no_speed(rig: _Rig) -> None:
    rig.watch("both", "5.1")
    rig.choices.choose("speed:2")
    rig.watch("both", "L1", Kind.LIVE)
    rig.choices.choose("speed:2")
    assert rig.marked == ["sound:1", "subtitle:none"]
    assert rig.choices.speed_words == ""


def test_the_menus_key_says_what_there_is(rig: _Rig) -> None:
    assert rig.choices.menu_words == ""
    rig.watch("plain")
    assert rig.choices.menu_words == "语速"
    rig.watch("both")
    assert rig.choices.menu_words == "语速·声音·字幕"
    rig.watch("plain", "L1", Kind.LIVE)
    assert rig.choices.menu_words == ""


def test_what_is_not_there_does_nothing(rig: _Rig) -> None:
    rig.watch("plain")
    for option in ("sound:9", "subtitle:11", "episode:5.2", "nonsense"):
        rig.choices.choose(option)
    assert rig.in_use == (1, None)


@pytest.mark.parametrize("text", ["[]", '{"sound": 3, "subtitle": [], "speed": "x"}', "{"])
def test_a_damaged_file_is_forgotten(file: Path, text: str) -> None:
    file.write_text(text)
    rig = _Rig(file)
    rig.watch("other")
    assert (rig.in_use, rig.rate) == ((2, None), 1.0)
