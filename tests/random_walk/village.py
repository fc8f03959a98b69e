"""A village's box as the walk finds it: many courses, articles and channels, and all of it changing."""

import random

from study.listing_api import ALL_ARTICLES, ALL_COURSES
from tests.fakes.fake_agent import FakeAgent, article_tile, channel, course, episode, row, status, tile
from tests.fakes.fake_articles import article, heading, paragraph
from tests.fakes.fake_guide import FakeGuide, guide_row
from tests.fakes.fake_record import month_record

COURSES, ARTICLES, CHANNELS = 21_400, 2_000, 60
KNOWN = 40
"""Courses and articles that can be opened; the others have just gone."""
LONG_TITLE = "基层公共文化服务体系建设与乡村文化振兴的实践探索与思考汇编"
WORDS = "冬小麦越冬前后是管理的关键时期。浇好越冬水，可以防止冻害，也为春季返青打下基础。" * 6
ODD_TITLES = ("", "\u202eعربى", "🐷🐷🐷", LONG_TITLE * 4, "a\x07b", "骨直门")


class Village:
    """One agent's data; `change` makes something else of it, now and then the agent away."""

    def __init__(self, agent: FakeAgent, chance: random.Random) -> None:
        self._agent = agent
        self._chance = chance
        self._revision = 1
        for number in range(1, KNOWN + 1):
            episodes = [episode(number, n, LONG_TITLE, 600_000) for n in range(1, 1 + number % 13)]
            agent.courses[str(number)] = course(
                number, f"课程 {number}", *(episodes or [episode(number, 1, "", 1)])
            )
            blocks = [heading("一、浇水"), *(paragraph(WORDS) for _n in range(number % 7))]
            agent.articles[str(number)] = article(number, f"图文 {number}", *blocks)
        self._fill()

    def change(self) -> None:
        """What is on the box is another catalogue by now."""
        self._agent.down = self._chance.random() < 0.15
        self._revision += 1
        self._fill()

    def stop_changing(self) -> None:
        """The agent is there."""
        self._agent.down = False

    def _fill(self) -> None:
        agent, chance = self._agent, self._chance
        gone = chance.randrange(0, 50)
        tiles = [tile(n, self._title(n), cover=None, on_box=n % 3 == 0) for n in range(COURSES - gone, 0, -1)]
        articles = [article_tile(n, self._title(n)) for n in range(ARTICLES - gone, 0, -1)]
        agent.listed = {
            ALL_COURSES: tiles,
            "category:实用技术": tiles[gone::7],
            "topic:空专题": [],
            ALL_ARTICLES: articles,
            f"{ALL_ARTICLES}:category:实用技术": articles[gone::5],
        }
        agent.listing_version = str(self._revision)
        channels = [channel(n, f"频道{n}") for n in range(1, chance.randrange(2, 9))]
        rows = [
            row("continue", "继续学习", *chance.sample(tiles[-KNOWN:], chance.randrange(0, 6))),
            row("monthly", "本月月度学习", *tiles[-6:], done=1, total=6),
            row("live", "正在直播", *channels),
            row(ALL_ARTICLES, "最新图文", *articles[-chance.randrange(1, 12) :]),
            *(row(f"topic:{n}", LONG_TITLE, *tiles[-n - 9 : -n]) for n in range(1, chance.randrange(2, 12))),
        ]
        agent.home = {"rows": rows}
        agent.status = status(
            catalogue={"revision": self._revision, "courses": len(tiles)},
            online=chance.random() < 0.7,
            waiting=chance.randrange(0, 20),
        )
        found = chance.sample(tiles[-400:], 30) + chance.sample(articles, 9)
        agent.found = {
            typed: [{"tile": one, "matched": [[0, 1]]} for one in found[: chance.randrange(0, 39)]]
            for typed in (*"0123456789", *"abcdefghijklmnopqrstuvwxyz", *"23456789")
        }
        agent.record = chance.choice((None, month_record(()), month_record(ODD_TITLES)))
        agent.recent, agent.hot = ["发酵床养猪", "政务礼仪"], ["养老"]
        shown = [((n * 37) % 60, (n * 37) % 60 + 50, f"节目{n}") for n in range(1, CHANNELS + 1)]
        guide = [
            guide_row(n, f"频道{n}", *((each,) if n % 4 else ())) for n, each in enumerate(shown, start=1)
        ]
        agent.guide = FakeGuide(guide[: chance.randrange(1, CHANNELS)], reminded=agent.guide.reminded)
        if chance.random() < 0.2:
            agent.guide.due = set(agent.guide.reminded)

    def _title(self, number: int) -> str:
        odd = number % 29
        return ODD_TITLES[odd] if odd < len(ODD_TITLES) else f"课程 {number}"
