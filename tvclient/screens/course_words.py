"""What the course screen says about a course and its episodes."""

from dataclasses import dataclass

from study.local_api import CourseReply, EpisodeReply
from study.rules import CURRENT, Kind, Terminal, need_ms
from study.units import MINUTE_MS, Milliseconds
from tvclient.state.durations import clock_text, remaining_text
from tvclient.widgets.episode_row import EpisodeLook, EpisodeState
from tvclient.words import _


@dataclass(frozen=True, slots=True)
class StudyWords:
    """The line over the bar: what was studied, and what is missing before it counts."""

    progress: str
    need: str
    stretches: tuple[tuple[float, float], ...]


def current_episode(course: CourseReply) -> EpisodeReply | None:
    """The one to go on with: begun and not finished, else the first one not finished, else the first."""
    episodes = course["episodes"]
    begun = [e for e in episodes if e["position_ms"] > 0 and not e["done"]]
    fresh = [e for e in episodes if not e["done"]]
    return next(iter((begun[-1:] or fresh or episodes)[:1]), None)


def episodes_from_current(course: CourseReply) -> tuple[str, ...]:
    """The items of the episode to go on with, and of those after it."""
    items = [episode["item_id"] for episode in course["episodes"]]
    current = current_episode(course)
    return tuple(items[items.index(current["item_id"]) :]) if current else ()


def facts_line(course: CourseReply) -> str:
    """共 8 集·2 小时 48 分·实用技术."""
    parts = []
    if len(course["episodes"]) > 1:
        parts.append(_("共 {} 集").format(len(course["episodes"])))
    if course["length_ms"] > 0:
        parts.append(length_words(course["length_ms"]))
    if course["category"]:
        parts.append(course["category"])
    return "·".join(parts)


def length_words(length_ms: int) -> str:
    """2 小时 48 分, 28 分; a minute at least."""
    hours, minutes = divmod(max(1, round(length_ms / MINUTE_MS)), 60)
    if not hours:
        return _("{} 分").format(minutes)
    return _("{} 小时").format(hours) + (" " + _("{} 分").format(minutes) if minutes else "")


def study_words(course: CourseReply, episode: EpisodeReply) -> StudyWords:
    """About the episode to go on with."""
    length_ms = episode["length_ms"]
    played = _("已学 {} / {}").format(clock_text(episode["played_ms"]), clock_text(length_ms))
    if len(course["episodes"]) > 1:
        played = _("第 {} 集").format(episode["number"]) + " " + played
    stretches = tuple(
        (start / length_ms, min(1.0, end / length_ms)) for start, end in episode["covered"] if length_ms > 0
    )
    return StudyWords(played, _need(episode), stretches)


def _need(episode: EpisodeReply) -> str:
    if episode["effective_ms"] > 0 or (episode["counted"] and episode["played_ms"] == 0):
        return _("已计入学时")
    played_ms, length_ms = Milliseconds(episode["played_ms"]), Milliseconds(episode["length_ms"])
    missing_ms = need_ms(CURRENT, Terminal.TV, Kind.VOD, played_ms, length_ms)
    if missing_ms == 0:
        return _("已学够，待计入")
    return "" if missing_ms is None else _("计入学时还需 {}").format(remaining_text(missing_ms))


def episode_look(episode: EpisodeReply, current: bool) -> EpisodeLook:
    """One line of the list."""
    return EpisodeLook(
        number=str(episode["number"]),
        title=episode["title"],
        length=clock_text(episode["length_ms"]),
        current=current,
        state=_state(episode, current),
    )


def _state(episode: EpisodeReply, current: bool) -> EpisodeState:
    if current and episode["position_ms"] > 0 and not episode["done"]:
        return EpisodeState.STUDYING
    if episode["counted"]:
        return EpisodeState.COUNTED
    return EpisodeState.NOTHING if episode["on_box"] else EpisodeState.NEEDS_NETWORK
