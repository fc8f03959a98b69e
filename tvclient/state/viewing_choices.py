"""How somebody wants to watch: speed by course, language of the sound, subtitles."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tvclient.playback.player_event import Track
from tvclient.state.language_words import language_key

SPEEDS = (0.75, 1.0, 1.25, 1.5, 2.0)
USUAL = 1.0
COURSES_KEPT = 50
"""Whose speed is remembered; the one chosen longest ago is forgotten first."""


@dataclass(frozen=True, slots=True)
class ViewingChoices:
    """`sound` and `subtitle` are words of `track_key`: empty while nobody chose, or for no subtitle."""

    speeds: tuple[tuple[str, float], ...] = ()
    """Courses with another speed than the usual one."""
    sound: str = ""
    subtitle: str = ""
    subtitled: bool = False

    def speed_of(self, course: str) -> float:
        """The speed chosen for this course."""
        return dict(self.speeds).get(course, USUAL)

    def with_speed(self, course: str, speed: float) -> "ViewingChoices":
        others = tuple((known, kept) for known, kept in self.speeds if known != course)
        chosen = () if speed == USUAL else ((course, speed),)
        return replace(self, speeds=(*others, *chosen)[-COURSES_KEPT:])

    def with_sound(self, track: Track) -> "ViewingChoices":
        return replace(self, sound=track_key(track))

    def with_subtitle(self, track: Track | None) -> "ViewingChoices":
        if track is None:
            return replace(self, subtitled=False)
        return replace(self, subtitled=True, subtitle=track_key(track))

    def sound_of(self, sounds: Sequence[Track]) -> Track | None:
        """The sound wanted among these; None where the media's own choice is as good."""
        return next((track for track in sounds if self.sound and track_key(track) == self.sound), None)

    def subtitle_of(self, subtitles: Sequence[Track]) -> Track | None:
        """The subtitle wanted among these: in the language chosen last, else the first."""
        if not self.subtitled or not subtitles:
            return None
        return next((track for track in subtitles if track_key(track) == self.subtitle), subtitles[0])

    def as_kept(self) -> dict[str, object]:
        """What `kept_viewing` reads."""
        speeds = [list(pair) for pair in self.speeds]
        return {
            "speeds": speeds,
            "sound": self.sound,
            "subtitle": self.subtitle,
            "subtitled": self.subtitled,
        }


def track_key(track: Track) -> str:
    """By what a track is known again in another course: its language, else its name."""
    return language_key(track.language) or track.name.strip()


def kept_viewing(value: object) -> ViewingChoices:
    """The choices of an earlier run, as `as_kept` gave them; of anything else what can be used."""
    if not isinstance(value, dict):
        return ViewingChoices()
    speeds, sound, subtitle = value.get("speeds"), value.get("sound"), value.get("subtitle")
    return ViewingChoices(
        speeds=tuple(_speeds(speeds)[-COURSES_KEPT:]),
        sound=sound if isinstance(sound, str) else "",
        subtitle=subtitle if isinstance(subtitle, str) else "",
        subtitled=value.get("subtitled") is True,
    )


def _speeds(value: object) -> list[tuple[str, float]]:
    found: dict[str, float] = {}
    for pair in value if isinstance(value, list) else ():
        match pair:
            case [str(course), float(speed)] if speed in SPEEDS and speed != USUAL:
                found[course] = speed
    return list(found.items())
