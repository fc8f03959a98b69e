"""What is chosen in the player's menu: done by the player at once, kept for later."""

from dataclasses import replace

from study.course import course_of
from tvclient.kept_choices import KeptChoices
from tvclient.playback.player import Player
from tvclient.playback.player_event import Track, TrackId, Tracks
from tvclient.screens.player_item import PlayerItem
from tvclient.state.menu_row import NO_SUBTITLE, Menu, MenuRow, menu_rows, option_in
from tvclient.state.speed import NORMAL, CourseSpeed, kept_rate, speed_words
from tvclient.state.track_choice import choice_of, kept_choice, sound_like, subtitle_like


class PlayerChoices:
    """Speed holds for the course, sound and subtitle wherever there is one like it.

    What somebody chose while an item is on is not chosen otherwise by itself until the next one.
    """

    def __init__(self, player: Player, kept: KeptChoices) -> None:
        self._player = player
        self._kept = kept
        self._what: PlayerItem | None = None
        self._tracks: Tracks | None = None
        self._asked: dict[Menu, TrackId] = {}
        self._settled: set[Menu] = set()
        self._rate = NORMAL
        self.together: tuple[MenuRow, ...] = ()
        """What a group study adds; chosen elsewhere."""

    def begin(self, what: PlayerItem) -> None:
        """This is going to be opened."""
        self._what, self._tracks = what, None
        self._asked, self._settled = {}, set()
        kept = self._kept.get(Menu.SPEED)
        self._rate = NORMAL if what.live else kept_rate(kept, course_of(what.item_id))
        self._player.set_rate(self._rate)

    def take(self, tracks: Tracks) -> None:
        """The sounds and subtitles of what is open; those chosen earlier are used."""
        self._tracks = tracks
        sound = kept_choice(self._kept.get(Menu.SOUND))
        wanted = None if sound is None else sound_like(sound, tracks.sounds)
        if self._is_due(Menu.SOUND, wanted, tracks.sound):
            self._player.choose_sound(self._asked[Menu.SOUND])
        subtitle = kept_choice(self._kept.get(Menu.SUBTITLE))
        wanted = None if subtitle is None else subtitle_like(subtitle, tracks.subtitles)
        if self._is_due(Menu.SUBTITLE, wanted, tracks.subtitle):
            self._player.choose_subtitle(self._asked[Menu.SUBTITLE])

    @property
    def rows(self) -> tuple[MenuRow, ...]:
        """What there is to choose now; none while nothing is open."""
        if self._what is None:
            return ()
        rate = None if self._what.live else self._rate
        return self.together + menu_rows(self._what.episodes, self._what.item_id, rate, self._tracks)

    @property
    def menu_words(self) -> str:
        """选集·语速·字幕: what the menu is for, or nobody looks for subtitles in it."""
        return "·".join(row.words for row in self.rows if row.menu is not Menu.LEAVING)

    @property
    def subtitled(self) -> bool:
        """Subtitles are shown in the picture."""
        return self._tracks is not None and self._tracks.subtitle is not None

    @property
    def speed_words(self) -> str:
        """Empty for the normal speed."""
        return "" if self._rate == NORMAL else speed_words(self._rate)

    def choose(self, option_id: str) -> None:
        """An option of `rows` other than an episode; one that is no more does nothing."""
        found = option_in(self.rows, option_id)
        if found is None:
            return
        row, option = found
        if row.menu is Menu.SPEED:
            self._choose_speed(float(option.value))
        elif row.menu is Menu.SOUND:
            self._choose_sound(TrackId(int(option.value)))
        elif row.menu is Menu.SUBTITLE:
            self._choose_subtitle(None if option.value == NO_SUBTITLE else TrackId(int(option.value)))

    def _is_due(self, menu: Menu, wanted: Track | None, used: TrackId | None) -> bool:
        """Whether the player is to be asked for the wanted track: once, and not after somebody chose."""
        if wanted is None or menu in self._settled or wanted.track_id in (used, self._asked.get(menu)):
            return False
        self._asked[menu] = wanted.track_id
        return True

    def _choose_speed(self, rate: float) -> None:
        self._rate = rate
        self._player.set_rate(rate)
        if self._what is not None:
            self._kept.keep(Menu.SPEED, CourseSpeed(course_of(self._what.item_id), rate).as_kept())

    def _choose_sound(self, track_id: TrackId) -> None:
        if self._tracks is None:
            return
        self._settled.add(Menu.SOUND)
        # Seen at once; what came of it the player tells a moment later.
        self._tracks = replace(self._tracks, sound=track_id)
        self._player.choose_sound(track_id)
        for track in self._tracks.sounds:
            if track.track_id == track_id and choice_of(track).tells:
                self._kept.keep(Menu.SOUND, choice_of(track).as_kept())

    def _choose_subtitle(self, track_id: TrackId | None) -> None:
        if self._tracks is None:
            return
        self._settled.add(Menu.SUBTITLE)
        self._tracks = replace(self._tracks, subtitle=track_id)
        self._player.choose_subtitle(track_id)
        if track_id is None:
            self._kept.keep(Menu.SUBTITLE, None)
        for track in self._tracks.subtitles:
            if track.track_id == track_id:
                self._kept.keep(Menu.SUBTITLE, choice_of(track).as_kept())
