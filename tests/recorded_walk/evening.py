"""A station's box on one evening: what every screen of the recorded walk shows."""

import io
from pathlib import Path

from demo.artwork import render_poster
from study.guide_api import GuideRow
from study.local_api import SourceReply, Tile
from tests.fakes.fake_agent import FakeAgent, article_tile, channel, course, episode, row, tile
from tests.fakes.fake_articles import article, heading, paragraph
from tests.fakes.fake_guide import FakeGuide, guide_row
from tests.fakes.fake_record import month_record
from tests.tvclient.playback.media import make_clip

FILM_MS = 60_000
COVER_PX = (640, 360)
LISTED = 21_400
COURSES = (
    ("pig", "发酵床养猪", "实用技术"),
    ("mushroom", "大球盖菇栽培技术", "实用技术"),
    ("etiquette", "政务礼仪", "社会建设"),
    ("people", "依靠人民创造历史伟业", "党的建设"),
    ("melon", "多果多茬种甜瓜", "实用技术"),
    ("silk", "蚕丝被制作工艺", "文化建设"),
    ("wheat", "小麦高产优质栽培技术与病虫害绿色防控集成示范（上）", "实用技术"),
    ("health", "高血压的日常管理", "生活指南"),
    ("law", "民法典与村民生活", "社会建设"),
    ("opera", "京剧唱腔入门", "文化建设"),
)
ARTICLES = (
    "冬小麦越冬管理要点",
    "发酵床垫料怎样管",
    "大棚甜瓜冬季增温的六个办法，花钱不多，见效不慢，老把式们都在用",
    "城乡居民医疗保险缴费时间和标准",
    "怎样防范电信网络诈骗",
    "村务公开的内容、形式和时间",
    "老年人冬季防跌倒",
)
TEXT = (
    "冬小麦越冬前后是管理的关键时期。浇好越冬水，可以防止冻害，也为春季返青打下基础。",
    "浇水要看天、看地、看苗。日平均气温在三到五度时浇，夜里上冻、白天化开，水分能渗到土里。",
    "晚播的弱苗、没有分蘖的麦田，不要浇；墒情好的壮苗也可以不浇。",
)


def set_the_evening(agent: FakeAgent, folder: Path) -> None:
    """Courses with covers and a film, articles, channels with a guide, a month's record."""
    film = folder / "film.mp4"
    make_clip(film, "1280x720", FILM_MS, "-movflags", "+faststart")
    tiles = [
        _course_tile(n, title, category) for n, (_poster, title, category) in enumerate(COURSES, start=1)
    ]
    for number, (poster, title, category) in enumerate(COURSES, start=1):
        agent.covers[str(number)] = _jpeg(poster)
        episodes = [
            episode(number, n, f"第{n}讲　{title[:8]}", FILM_MS, played_ms=20_000 if n == 1 else 0)
            for n in range(1, 9)
        ]
        agent.courses[str(number)] = course(number, title, *episodes, category=category)
        for each in episodes:
            agent.sources[each["item_id"]] = _source(film, title, each["title"])
    articles = [article_tile(n, title, on_box=n % 2 == 1) for n, title in enumerate(ARTICLES, start=1)]
    for number, title in enumerate(ARTICLES, start=1):
        blocks = [heading("一、浇好越冬水"), *(paragraph(words) for words in TEXT * 3)]
        agent.articles[str(number)] = article(number, title, *blocks)
    agent.home = {
        "rows": [
            row("continue", "继续学习", *tiles[:4]),
            row("monthly", "本月月度学习", *tiles[2:9], done=1, total=7),
            row(
                "live", "正在直播", *(channel(n, name) for n, name in enumerate(("本市学习", "农业科技"), 1))
            ),
            row("articles", "最新图文", *articles),
        ]
    }
    more = [tile(n, f"课程 {n}", cover=None, on_box=n % 3 == 0) for n in range(LISTED - 10, 0, -1)]
    agent.listed = {
        "all": [*tiles, *more],
        "category:实用技术": [one for one in tiles if one["category"] == "实用技术"],
        "category:文化建设": [one for one in tiles if one["category"] == "文化建设"],
        "topic:乡村振兴": tiles[:5],
        "articles": articles,
        "articles:category:实用技术": articles[:3],
    }
    found = [{"tile": one, "matched": [[0, 3]]} for one in (tiles[0], articles[1], tiles[1])]
    agent.found = {"f": found, "fj": found[:2], "3": found}  # type: ignore[dict-item]
    agent.recent, agent.hot = ["发酵床养猪", "政务礼仪", "医疗保险"], ["养老", "甜瓜"]
    agent.guide = FakeGuide(_guide())
    agent.record = month_record(title for _poster, title, _category in COURSES[:9])


def _course_tile(number: int, title: str, category: str) -> Tile:
    begun = {"position_ms": 600_000, "covered_ms": 700_000} if number in (1, 2) else {}
    return tile(number, title, category, episodes=8, episode=1, done=number == 3, **begun)


def _source(film: Path, title: str, episode_title: str) -> SourceReply:
    return {
        "url": str(film),
        "file": str(film),
        "kind": "vod",
        "title": title,
        "episode_title": episode_title,
        "length_ms": FILM_MS,
        "on_box": True,
        "resume_ms": 0,
        "subtitles": [],
        "thumbnails": None,
    }


def _jpeg(poster: str) -> bytes:
    file = io.BytesIO()
    render_poster(poster, COVER_PX).save(file, "JPEG", quality=88)
    return file.getvalue()


def _guide() -> list[GuideRow]:
    return [
        guide_row(1, "本市学习", (0, 45, "依靠人民"), (45, 100, "基层治理案例"), (100, 180, "六稳六保")),
        guide_row(2, "农业科技", (0, 80, "冬小麦越冬管理"), (80, 125, "大棚甜瓜答疑"), (125, 180, "夜校")),
        guide_row(3, "文化讲堂"),
        *(guide_row(n, f"频道{n}", (0, 90, f"节目{n}"), (90, 180, "重播")) for n in range(4, 13)),
    ]
