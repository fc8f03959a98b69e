"""What the contract of player.py says of sounds and subtitles, kept by libVLC and by the fake."""

import pytest

from study.units import Milliseconds
from tests.tvclient.playback.player_rig import PlayerRig, play_until, until_tracks
from tvclient.playback.player_event import TrackId, Tracks

START = Milliseconds(0)


def all_known(tracks: Tracks) -> bool:
    return len(tracks.sounds) == 2 and len(tracks.subtitles) == 3 and tracks.sound is not None


def test_tells_sounds_and_subtitles_and_shows_none_unasked(rig: PlayerRig) -> None:
    rig.player.open(rig.tracks, START, live=False, subtitles=[rig.beside])
    tracks = until_tracks(rig, all_known)
    assert [(sound.language, sound.name) for sound in tracks.sounds] == [("chi", "普通话"), ("yue", "粤语")]
    assert [(text.language, text.name) for text in tracks.subtitles] == [
        ("chi", ""),
        ("eng", ""),
        ("zh", "讲稿"),
    ]
    assert tracks.sound == tracks.sounds[0].track_id
    play_until(rig, 500)
    assert not any(isinstance(event, Tracks) and event.subtitle is not None for event in rig.events)


def test_another_sound_is_played_on_and_holds_over_a_seek(rig: PlayerRig) -> None:
    rig.player.open(rig.tracks, START, live=False)
    yue = until_tracks(rig, lambda tracks: len(tracks.sounds) == 2 and tracks.sound is not None).sounds[1]
    play_until(rig, 250)
    rig.player.choose_sound(yue.track_id)
    until_tracks(rig, lambda tracks: tracks.sound == yue.track_id)
    rig.player.seek(Milliseconds(6_000))
    play_until(rig, 6_500)
    last = [event for event in rig.events if isinstance(event, Tracks)][-1]
    assert last.sound == yue.track_id


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_subtitle_is_shown_and_taken_away(rig: PlayerRig, place: int) -> None:
    rig.player.open(rig.tracks, START, live=False, subtitles=[rig.beside])
    chosen = until_tracks(rig, all_known).subtitles[place]
    play_until(rig, 250)
    rig.player.choose_subtitle(chosen.track_id)
    assert chosen in until_tracks(rig, lambda tracks: tracks.subtitle == chosen.track_id).subtitles
    rig.player.seek(Milliseconds(6_000))
    play_until(rig, 6_500)
    assert [event for event in rig.events if isinstance(event, Tracks)][-1].subtitle == chosen.track_id
    rig.player.choose_subtitle(None)
    until_tracks(rig, lambda tracks: tracks.subtitle is None)


def test_a_track_that_there_is_not_changes_nothing(rig: PlayerRig) -> None:
    rig.player.open(rig.tracks, START, live=False)
    until_tracks(rig, lambda tracks: len(tracks.sounds) == 2 and tracks.sound is not None)
    play_until(rig, 250)
    told = len(rig.events)
    rig.player.choose_sound(TrackId(99))
    rig.player.choose_subtitle(TrackId(99))
    rig.settle()
    assert not [event for event in rig.events[told:] if isinstance(event, Tracks)]


def test_a_choice_is_the_opening_s_own(rig: PlayerRig) -> None:
    rig.player.open(rig.tracks, START, live=False)
    tracks = until_tracks(rig, lambda tracks: len(tracks.sounds) == 2 and tracks.sound is not None)
    rig.player.choose_sound(tracks.sounds[1].track_id)
    rig.player.choose_subtitle(tracks.subtitles[0].track_id)
    until_tracks(
        rig, lambda tracks: tracks.subtitle is not None and tracks.sound == tracks.sounds[1].track_id
    )
    second = rig.player.open(rig.tracks, START, live=False)
    again = until_tracks(rig, lambda tracks: tracks.opening == second and tracks.sound is not None)
    assert (again.sound, again.subtitle) == (again.sounds[0].track_id, None)
