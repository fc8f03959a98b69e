"""A catalogue as large as the real one, made up the same at every run."""

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

from demo.catalogue import Cover
from study.course import Course, Episode, episode_id
from study.units import MINUTE_MS, CourseId, Milliseconds

COURSES = 21_400
MONTHLY, TOPIC = 90, 300
"""Courses of this month's study, and of each topic."""
COVERS = 150
"""Pictures; every third course has one of them, and the others show the drawing of their category."""
CATEGORIES = ("党的建设", "实用技术", "文化建设", "典型经验", "社会建设", "政策法规", "科学普及", "卫生健康")
TOPICS = ("乡村振兴", "基层治理", "垃圾分类")
PRODUCERS = ("市委组织部", "市委讲师团", "北京市农林科学院", "市委农工委", "大兴区委组织部")
SUBJECTS = (
    "发酵床养猪",
    "政务礼仪",
    "大棚西瓜早熟栽培",
    "村务公开的程序与内容",
    "关于基层干部心理健康与调适问题",
    "学习贯彻党的创新理论 推进基层党组织标准化规范化建设",
)
FILM = "film.mp4"
FILM_CONTENT = b"nothing is played here\n" * 100
CHANNELS = 40
CHANNEL_SHEET = "channel_id,number,title,media,address\n"
CHANNEL_ROW = "L{number},{number},第 {number} 频道,,http://127.0.0.1:9/{number}.m3u8\n"


def courses(month: str) -> Iterator[Course]:
    """Most of one episode, every fifth of four; all of them the same small file, which is on the box."""
    draw = random.Random(1)  # noqa: S311  the same at every run
    checksum = hashlib.sha256(FILM_CONTENT).hexdigest()
    for number in range(1, COURSES + 1):
        course_id, title = CourseId(str(number)), f"{draw.choice(SUBJECTS)}（{number}）"
        parts = range(1, 5 if number % 5 == 0 else 2)
        yield Course(
            course_id=course_id,
            title=title,
            producer=draw.choice(PRODUCERS),
            category=draw.choice(CATEGORIES),
            topic=TOPICS[number // TOPIC] if number // TOPIC < len(TOPICS) else "",
            monthly=month if number <= MONTHLY else "",
            cover_path="" if number % 3 else _cover_file(number // 3 % COVERS),
            episodes=tuple(
                Episode(
                    item_id=episode_id(course_id, part),
                    number=part,
                    title=f"第 {part} 集",
                    length_ms=Milliseconds(draw.randrange(10 * MINUTE_MS, 60 * MINUTE_MS)),
                    media_path=FILM,
                    media_sha256=checksum,
                    media_bytes=len(FILM_CONTENT),
                )
                for part in parts
            ),
        )


def covers() -> list[Cover]:
    """As the demo draws them."""
    return [
        Cover(_cover_file(number), SUBJECTS[number % len(SUBJECTS)], CATEGORIES[number % len(CATEGORIES)], "")
        for number in range(COVERS)
    ]


def write_channels(sheet: Path) -> None:
    """Channels that nobody opens."""
    rows = [CHANNEL_ROW.format(number=number) for number in range(1, CHANNELS + 1)]
    sheet.write_text(CHANNEL_SHEET + "".join(rows), encoding="utf-8")


def _cover_file(number: int) -> str:
    return f"{number}.png"
