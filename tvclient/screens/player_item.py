"""What the player screen asks the agent before it plays: where the item is, what was studied of it."""

import os
from dataclasses import dataclass

from study.course import channel_of
from study.local_api import CourseReply, EpisodeReply, SourceReply, ThumbnailsEntry
from study.rules import Kind
from study.units import ItemId, Milliseconds
from tvclient.agent_client.client import AgentClient
from tvclient.errors import TvError
from tvclient.playback.player import SubtitleFile
from tvclient.state.bar_state import Earlier, Item
from tvclient.state.channel import Channel, channel_with
from tvclient.words import _

RUN_UP_MS = 3_000
# Left so near the end, an item begins again.
END_MS = 5_000
EPISODE_MARK = "."


@dataclass(frozen=True, slots=True)
class PlayerItem:
    """`before` and `after` are the neighbours in the course; `channels` are all there are, for live only."""

    item_id: ItemId
    item: Item
    url: str
    resume_ms: Milliseconds
    on_box: bool
    earlier: Earlier
    before: ItemId | None
    after: ItemId | None
    after_title: str = ""
    episodes: tuple[EpisodeReply, ...] = ()
    thumbnails: ThumbnailsEntry | None = None
    subtitles: tuple[SubtitleFile, ...] = ()
    channels: tuple[Channel, ...] = ()

    @property
    def live(self) -> bool:
        return self.item.kind is Kind.LIVE

    @property
    def heading(self) -> str:
        """The title; a channel's begins with its number."""
        channel = channel_with(self.channels, channel_of(self.item_id))
        return f"{channel.number} {self.item.title}" if channel else self.item.title

    def start_ms(self, from_start: bool) -> Milliseconds:
        """Where to begin: a few seconds before the place it was left, or at the very beginning."""
        length_ms = self.item.length_ms
        if from_start or self.live or (length_ms and self.resume_ms >= length_ms - END_MS):
            return Milliseconds(0)
        return Milliseconds(max(0, self.resume_ms - RUN_UP_MS))


def ask_for(agent: AgentClient, item_id: ItemId, course: CourseReply | None = None) -> PlayerItem:
    """Waits for the agent; raises TvError. What is only nice to know may be missing.

    An episode's `course` is asked for unless it is known.
    """
    source = agent.source(item_id)
    if source["kind"] == Kind.LIVE:
        return _channel(item_id, source, _channels(agent))
    return _episode(item_id, source, course or _course(agent, item_id))


def _episode(item_id: ItemId, source: SourceReply, course: CourseReply | None) -> PlayerItem:
    episodes = course["episodes"] if course else []
    place = next((n for n, told in enumerate(episodes) if told["item_id"] == item_id), None)
    own = episodes[place] if place is not None else None
    before = episodes[place - 1] if place else None
    after = episodes[place + 1] if place is not None and place + 1 < len(episodes) else None
    return PlayerItem(
        item_id=item_id,
        item=Item(
            Kind.VOD,
            source["title"],
            _episode_words(own, _unlike(source["episode_title"], source["title"]), len(episodes)),
            Milliseconds(source["length_ms"] or 0),
        ),
        url=_nearest(source),
        resume_ms=Milliseconds(source["resume_ms"]),
        on_box=source["on_box"],
        earlier=_earlier(own),
        before=ItemId(before["item_id"]) if before else None,
        after=ItemId(after["item_id"]) if after else None,
        after_title=_episode_words(after, after["title"], len(episodes)) if after else "",
        episodes=tuple(episodes),
        thumbnails=source["thumbnails"],
        subtitles=_subtitles(source),
    )


def _nearest(source: SourceReply) -> str:
    """The file itself where this process may read it: the way through the agent costs an opening 30 ms, the
    read-ahead of a network 16 MB."""
    file = source["file"]
    return file if file is not None and os.access(file, os.R_OK) else source["url"]


def _channel(item_id: ItemId, source: SourceReply, channels: tuple[Channel, ...]) -> PlayerItem:
    return PlayerItem(
        item_id=item_id,
        item=Item(Kind.LIVE, source["title"], source["episode_title"], Milliseconds(0)),
        url=source["url"],
        resume_ms=Milliseconds(0),
        on_box=False,
        earlier=Earlier(Milliseconds(0)),
        before=None,
        after=None,
        subtitles=_subtitles(source),
        channels=channels,
    )


def _subtitles(source: SourceReply) -> tuple[SubtitleFile, ...]:
    return tuple(SubtitleFile(told["url"], told["language"], told["name"]) for told in source["subtitles"])


def _course(agent: AgentClient, item_id: ItemId) -> CourseReply | None:
    try:
        return agent.course(item_id.rpartition(EPISODE_MARK)[0])
    except TvError:
        return None


def _channels(agent: AgentClient) -> tuple[Channel, ...]:
    """By number."""
    try:
        told = agent.channels()["channels"]
    except TvError:
        return ()
    return tuple(Channel(each["number"], ItemId(each["channel_id"]), each["title"]) for each in told)


def _unlike(title: str, course_title: str) -> str:
    """A course of one episode often has its title twice."""
    return "" if title == course_title else title


def _earlier(own: EpisodeReply | None) -> Earlier:
    if own is None:
        return Earlier(Milliseconds(0))
    seen = tuple((start, end) for start, end in own["covered"])
    return Earlier(Milliseconds(own["played_ms"]), seen)


def _episode_words(told: EpisodeReply | None, title: str, count: int) -> str:
    if told is None or count < 2:
        return title
    number = _("第 {} 集").format(told["number"])
    return f"{number}·{title}" if title else number
