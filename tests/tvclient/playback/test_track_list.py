"""How tracks are recognised and chosen, without libVLC."""

from study.units import MonotonicMs
from tvclient.playback.player import SubtitleFile
from tvclient.playback.player_event import Opening, TrackId, Tracks
from tvclient.playback.track_list import FETCH_MS, Found, Stream, TrackList

NOW = MonotonicMs(1_000)
MANDARIN, CANTONESE = Stream(1, "chi", "普通话"), Stream(2, "yue", "粤语")
CHINESE, ENGLISH = Stream(3, "chi", ""), Stream(4, "eng", "")
NAMELESS = Stream(9, "", "")
WHOLE = Found([MANDARIN, CANTONESE], [CHINESE, ENGLISH], sound=1)
FILES = (SubtitleFile("a.srt", "zh", "一"), SubtitleFile("b.srt", "en", "二"))


def make(*files: SubtitleFile) -> TrackList:
    return TrackList(Opening(1), files)


def told(track_list: TrackList, found: Found) -> Tracks:
    tracks = track_list.found(NOW, found)
    assert tracks is not None
    return tracks


def test_tells_what_there_is_once() -> None:
    track_list = make()
    tracks = told(track_list, WHOLE)
    assert [sound.language for sound in tracks.sounds] == ["chi", "yue"]
    assert [subtitle.language for subtitle in tracks.subtitles] == ["chi", "eng"]
    assert (tracks.sound, tracks.subtitle) == (tracks.sounds[0].track_id, None)
    assert track_list.found(NOW, WHOLE) is None


def test_identifiers_hold_over_a_load_that_numbers_anew() -> None:
    track_list = make()
    tracks = told(track_list, WHOLE)
    track_list.choose_sound(tracks.sounds[1].track_id)
    track_list.load()
    assert track_list.found(NOW, Found()) is None, "between two loads nothing is told"
    assert track_list.wanted_sound is None
    renumbered = Found([Stream(7, "yue", "粤语"), Stream(8, "chi", "普通话")], [], sound=8)
    assert track_list.found(NOW, renumbered) is None
    assert track_list.wanted_sound == 7


def test_a_new_one_of_the_same_name_takes_the_place_of_the_old() -> None:
    track_list = make()
    tracks = told(track_list, WHOLE)
    track_list.choose_sound(tracks.sounds[1].track_id)
    both = Found([MANDARIN, CANTONESE, Stream(5, "yue", "粤语")], [CHINESE, ENGLISH], sound=1)
    assert track_list.found(NOW, both) is None
    assert track_list.wanted_sound == 5


def test_nameless_ones_are_told_apart_by_their_place() -> None:
    tracks = told(make(), Found([Stream(1, "", ""), Stream(2, "", "")], [], sound=2))
    assert tracks.sound == tracks.sounds[1].track_id


def test_what_is_gone_while_others_are_there_goes() -> None:
    track_list = make()
    told(track_list, WHOLE)
    assert len(told(track_list, Found([MANDARIN], [CHINESE, ENGLISH], sound=1)).sounds) == 1


def test_no_subtitle_is_wanted_until_one_is_chosen() -> None:
    track_list = make()
    tracks = told(track_list, WHOLE)
    assert track_list.no_subtitle_wanted
    track_list.choose_subtitle(tracks.subtitles[1].track_id)
    assert (track_list.wanted_subtitle, track_list.no_subtitle_wanted) == (4, False)
    track_list.choose_subtitle(None)
    assert (track_list.wanted_subtitle, track_list.no_subtitle_wanted) == (None, True)


def test_what_is_not_there_cannot_be_chosen() -> None:
    track_list = make()
    told(track_list, WHOLE)
    track_list.choose_sound(TrackId(99))
    track_list.choose_subtitle(TrackId(99))
    assert (track_list.wanted_sound, track_list.wanted_subtitle) == (None, None)


def test_a_file_is_fetched_when_chosen_and_recognised_when_it_comes() -> None:
    track_list = make(*FILES)
    first = told(track_list, WHOLE).subtitles[2]
    assert (first.language, first.name) == ("zh", "一")
    assert track_list.file_to_fetch(NOW) is None
    track_list.choose_subtitle(first.track_id)
    assert track_list.file_to_fetch(NOW) == FILES[0]
    assert track_list.file_to_fetch(NOW) is None, "once"
    with_file = Found([MANDARIN, CANTONESE], [CHINESE, ENGLISH, NAMELESS], sound=1)
    assert track_list.found(NOW, with_file) is None
    assert track_list.wanted_subtitle == NAMELESS.es
    shown = Found(with_file.sounds, with_file.subtitles, sound=1, subtitle=NAMELESS.es)
    assert told(track_list, shown).subtitle == first.track_id


def test_a_file_is_fetched_again_after_a_load() -> None:
    track_list = make(*FILES)
    track_list.choose_subtitle(told(track_list, WHOLE).subtitles[2].track_id)
    track_list.file_to_fetch(NOW)
    track_list.load()
    assert track_list.file_to_fetch(NOW) == FILES[0]


def test_a_second_file_waits_for_the_first_but_not_for_ever() -> None:
    track_list = make(*FILES)
    tracks = told(track_list, WHOLE)
    track_list.choose_subtitle(tracks.subtitles[2].track_id)
    track_list.file_to_fetch(NOW)
    track_list.choose_subtitle(tracks.subtitles[3].track_id)
    assert track_list.file_to_fetch(NOW) is None
    assert track_list.file_waits
    assert track_list.file_to_fetch(MonotonicMs(NOW + FETCH_MS)) == FILES[1]
    assert not track_list.file_waits


def test_a_file_that_never_came_is_fetched_again_when_chosen_again() -> None:
    track_list = make(*FILES)
    file = told(track_list, WHOLE).subtitles[2].track_id
    track_list.choose_subtitle(file)
    track_list.file_to_fetch(NOW)
    late = MonotonicMs(NOW + FETCH_MS)
    assert track_list.file_to_fetch(late) is None
    track_list.choose_subtitle(file)
    assert track_list.file_to_fetch(late) == FILES[0]


def test_the_media_s_own_nameless_subtitle_is_no_file() -> None:
    track_list = make(*FILES)
    assert len(told(track_list, Found([MANDARIN], [NAMELESS], sound=1)).subtitles) == 3
