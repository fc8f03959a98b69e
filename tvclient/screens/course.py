"""One course: what it is, how far it was studied, its episodes."""

from collections.abc import Mapping
from pathlib import Path

from kivy.lang import Builder

from study.local_api import CourseReply
from study.units import ItemId
from tvclient import theme
from tvclient.errors import TvError
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.bar_words import clock_words, sync_mark
from tvclient.screens.course_words import (
    current_episode,
    episode_look,
    episodes_from_current,
    facts_line,
    study_words,
)
from tvclient.screens.ready_item import ReadyItem
from tvclient.screens.screen import Screen
from tvclient.screens.services import Services
from tvclient.widgets.brush import text_width
from tvclient.widgets.episode_row import EpisodeRow
from tvclient.widgets.top_bar import BarLook
from tvclient.words import _

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

COLUMNS = 2
LINES_SEEN = 4
POOL = COLUMNS * (LINES_SEEN + 1)  # the next line peeks in
ROW_PITCH_X, ROW_PITCH_Y = 880, 96
TITLE_BOX, LONG_TITLE_BOX = (784, 134, 1040, 80), (784, 118, 1040, 104)
PLAY, RESTART, TOGETHER = "button:play", "button:restart", "button:group"
BUTTONS = {PLAY: "play", RESTART: "restart", TOGETHER: "group"}


class Course(Screen):
    """Focus ids: `button:play`, `button:restart`, `button:group`, `episode:5.1`."""

    name = "course"
    default_focus = PLAY

    def __init__(self, services: Services, ready: ReadyItem, course_id: str) -> None:
        self._ready = ready
        self._course_id = course_id
        self._course: CourseReply | None = None
        self._first_line = 0
        super().__init__(services)
        self.ids.poster.covers = services.covers
        self._rows = [EpisodeRow(rect=[0, 0, *theme.EPISODE_ROW], shown=False) for _n in range(POOL)]
        for row in self._rows:
            self.ids.rows.add_widget(row)

    def enter(self) -> None:
        self.services.background.run(
            lambda: self.services.agent.course(self._course_id), self._take, self._miss
        )

    def status_changed(self) -> None:
        status = self.services.status
        clock, date = clock_words(status.now)
        crumb = self._course["category"] if self._course else ""
        self.ids.top_bar.look = BarLook(
            clock, date, sync_mark(status.latest, status.away), crumb=crumb or _("首页")
        )

    def focus_tree(self) -> Group:
        episodes = self._course["episodes"] if self._course else []
        buttons = tuple(
            Leaf(name, enabled=bool(episodes) and self.ids[BUTTONS[name]].shown) for name in BUTTONS
        )
        rows = tuple(Leaf(f"episode:{episode['item_id']}") for episode in episodes)
        return Group(
            self.name,
            Kind.COLUMN,
            (Group("buttons", Kind.ROW, buttons), Group("episodes", Kind.GRID, rows, columns=COLUMNS)),
        )

    def draw_focus(self, focus_id: str | None) -> None:
        self.ids.ring.shown = False
        buttons = {name: self.ids[button_id] for name, button_id in BUTTONS.items()}
        self.ids.ring.lift_one(buttons, focus_id, theme.RADIUS_CARD)
        self._draw_episodes(focus_id)

    def on_ok(self, focus_id: str) -> None:
        kind, _colon, name = focus_id.partition(":")
        episode = current_episode(self._course) if self._course else None
        if kind == "episode":
            self._play(name, from_start=False)
        elif self._course is not None and focus_id == TOGETHER:
            self.services.navigate.show("group_study", agenda=episodes_from_current(self._course))
        elif episode is not None:
            self._play(episode["item_id"], from_start=focus_id == RESTART)

    def scroll(self) -> Mapping[str, int]:
        return {"episodes": self._first_line * ROW_PITCH_Y}

    def _play(self, item_id: str, from_start: bool) -> None:
        self.services.navigate.show("player", item_id=item_id, from_start=from_start)

    def _take(self, course: CourseReply) -> None:
        self._course = course
        ids = self.ids
        ids.poster.cover, ids.poster.category = course["cover"], course["category"]
        self._show_title(course["title"])
        ids.producer.text = course["producer"]
        ids.facts.text = facts_line(course)
        episode = current_episode(course)
        for part in (ids.bar, ids.play, ids.restart, ids.group, ids.list):
            part.shown = episode is not None
        self._show_adding(self.services.navigate.lies_below("group_plan"))
        if episode is None:
            ids.progress.text = _("这门课还没有可以播放的内容，请换一门课。")
        else:
            words = study_words(course, episode)
            ids.progress.text, ids.need.text = words.progress, words.need
            ids.bar.stretches = list(words.stretches)
            if episode["on_box"]:  # of any other the city would be asked
                self._ready.ask(ItemId(episode["item_id"]), course)
        done = sum(e["done"] for e in course["episodes"])
        ids.tally.text = _("已学完 {} 集").format(done) if done else ""
        self.status_changed()
        self.services.navigate.changed()

    def _show_adding(self, is_adding: bool) -> None:
        """Somebody is here to choose for a group study: nothing plays."""
        ids = self.ids
        ids.restart.shown = ids.restart.shown and not is_adding
        if is_adding:
            ids.play.text, ids.play.icon = _("加这一集"), "check"
            ids.group.text, ids.group.rect = _("后面的都加"), ids.restart.rect

    def _show_title(self, title: str) -> None:
        text = self.ids.title
        long = text_width(title, theme.TITLE_L) > LONG_TITLE_BOX[2]
        text.role, text.lines = (theme.TITLE_TWO_LINES, 2) if long else (theme.TITLE_L, 1)
        text.rect = list(LONG_TITLE_BOX if long else TITLE_BOX)
        text.text = title

    def _miss(self, error: TvError) -> None:
        if self._course is None:
            self.services.navigate.replace(
                "message",
                title=_("这门课暂时打不开"),
                words=error.words,
                retry=("course", {"course_id": self._course_id}) if error.again else None,
            )

    def _draw_episodes(self, focus_id: str | None) -> None:
        episodes = self._course["episodes"] if self._course else []
        focused = next((n for n, e in enumerate(episodes) if f"episode:{e['item_id']}" == focus_id), None)
        if focused is not None:
            line = focused // COLUMNS
            self._first_line = min(max(self._first_line, line - LINES_SEEN + 1), line)
        elif focus_id is not None:
            self._first_line = 0
        current = current_episode(self._course) if self._course else None
        start = self._first_line * COLUMNS
        for index in range(start, start + POOL):
            row = self._rows[index % POOL]
            row.shown = index < len(episodes)
            if not row.shown:
                continue
            x = theme.SAFE_X + ROW_PITCH_X * (index % COLUMNS)
            y = ROW_PITCH_Y * (index // COLUMNS - self._first_line)
            row.rect = [x, y, *theme.EPISODE_ROW]
            row.look = episode_look(episodes[index], episodes[index] is current)
            row.focused = index == focused
            if row.focused:
                top = self.ids.rows.rect[1] + y - theme.LIFT
                self.ids.ring.surround(x, top, *theme.EPISODE_ROW, theme.RADIUS_TILE)
