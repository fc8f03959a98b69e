"""The sound and the subtitle that were chosen, found again in other courses."""

from collections.abc import Sequence
from dataclasses import dataclass

from tvclient.playback.player_event import Track
from tvclient.state.track_names import language_of

SAME_TRACK, SAME_LANGUAGE, MAY_BE, OTHER = 3, 2, 1, 0


@dataclass(frozen=True, slots=True)
class TrackChoice:
    """What a chosen track is known by; empty what is not known."""

    language: str
    name: str

    @property
    def tells(self) -> bool:
        """A track without language and name can't be found again: its place says nothing elsewhere."""
        return bool(self.language or self.name)

    def as_kept(self) -> dict[str, object]:
        """What `kept_choice` reads."""
        return {"language": self.language, "name": self.name}


def choice_of(track: Track) -> TrackChoice:
    """How to find this one again."""
    return TrackChoice(language_of(track.language), track.name.strip())


def kept_choice(value: object) -> TrackChoice | None:
    """The choice of an earlier run, as `as_kept` gave it; None for anything else."""
    if not isinstance(value, dict):
        return None
    language, name = value.get("language"), value.get("name")
    if not isinstance(language, str) or not isinstance(name, str):
        return None
    return TrackChoice(language, name)


def sound_like(choice: TrackChoice, sounds: Sequence[Track]) -> Track | None:
    """The nearest sound of the same language; None leaves the sound to the course."""
    return _nearest(choice, sounds, SAME_LANGUAGE) if choice.tells else None


def subtitle_like(choice: TrackChoice, subtitles: Sequence[Track]) -> Track | None:
    """The nearest subtitle of the same language, else one whose language nobody names; None shows none."""
    return _nearest(choice, subtitles, MAY_BE)


def _nearest(choice: TrackChoice, tracks: Sequence[Track], least: int) -> Track | None:
    found = max(tracks, key=lambda track: _likeness(choice, track), default=None)
    return found if found is not None and _likeness(choice, found) >= least else None


def _likeness(choice: TrackChoice, track: Track) -> int:
    language, name = language_of(track.language), track.name.strip()
    if (language, name) == (choice.language, choice.name):
        return SAME_TRACK
    if language and choice.language:
        return SAME_LANGUAGE if language == choice.language else OTHER
    return SAME_LANGUAGE if name and name == choice.name else MAY_BE
