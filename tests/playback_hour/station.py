"""The city, box and television of the hour; every film comes over the line, none lies on the box."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from demo.display import RemoteAndEyes
from demo.events import EventFile
from demo.house import BOX_STATION, House, Media
from demo.operator import Operator
from study.units import BootId, Milliseconds, MonotonicMs
from study.watch import WatchInterval
from tests.playback_hour.play import RecordedPlay

TABLES = {
    "districts": "district\n大兴\n",
    "stations": "number,name,district,street,type,due,account,activation_code\n"
    f"{BOX_STATION},大兴区黄村镇埝坛村,大兴,黄村镇,village,1,{BOX_STATION},806459231748\n",
    "channels": "channel_id,number,title,media\nL1,1,直播课堂,{film}\n",
}
COURSES = "course_id,title,producer,category,topic,monthly,episode,episode_title,media,cover\n"
COURSE = "{number},第 {number} 课,讲师团,党的建设,,,1,第 {number} 课,{film},\n"
LIVE = "L1"
_PLAYS = "SELECT p.play_id, s.item_id, p.opened_ms, p.left_ms FROM plays p JOIN sessions s USING (session_id)"
_INTERVALS = (
    "SELECT p.boot_id, start_ms, end_ms, media_start_ms, media_end_ms, rate FROM intervals JOIN plays p"
    " USING (play_id) WHERE play_id = ? ORDER BY n"
)


def station(folder: Path, film: Path, courses: int, display: str) -> House:
    """An enrolled box; `film` is courses 1, 2, … and the live channel."""
    tables = folder / "tables"
    tables.mkdir(parents=True)
    rows = [COURSE.replace("{number}", str(number)) for number in range(1, courses + 1)]
    for name, text in {**TABLES, "courses": "".join([COURSES, *rows])}.items():
        (tables / f"{name}.csv").write_text(text.replace("{film}", film.name), encoding="utf-8")
    house = House(folder / "house", Media(film.parent, tables, tables), display)
    box = house.token.parent
    box.mkdir()
    (box / "settings.toml").write_text("shelf_limit_bytes = 0\n", encoding="utf-8")
    house.open_city()
    house.start_agent()
    house.enrol_box()
    return house


@contextmanager
def television(house: House, display: str) -> Iterator[tuple[Operator, RemoteAndEyes]]:
    """The television at home with the courses there, and who holds its remote."""
    house.start_tv()
    with RemoteAndEyes(display) as remote:
        operator = Operator(remote, EventFile(house.events), house.folder)
        operator.wait_for_screen("home", 60)
        operator.wait(lambda: operator.focus.startswith("row:"), "no course on the home screen", 60)
        yield operator, remote


def freeze_city(house: House) -> None:
    """The line is there but nothing comes over it."""
    os.kill(house.city.pid, signal.SIGSTOP)


def thaw_city(house: House) -> None:
    os.kill(house.city.pid, signal.SIGCONT)


def recorded_plays(house: House) -> list[RecordedPlay]:
    """What the agent's database holds, play by play, in order."""
    file = house.token.parent / "zhanxue.db"
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        return [
            RecordedPlay(
                item_id=str(item_id),
                opened_ms=MonotonicMs(opened_ms),
                left_ms=None if left_ms is None else MonotonicMs(left_ms),
                intervals=tuple(
                    WatchInterval(
                        BootId(boot),
                        MonotonicMs(start_ms),
                        MonotonicMs(end_ms),
                        Milliseconds(media_start_ms),
                        Milliseconds(media_end_ms),
                        rate,
                    )
                    for boot, start_ms, end_ms, media_start_ms, media_end_ms, rate in database.execute(
                        _INTERVALS, [play_id]
                    )
                ),
            )
            for play_id, item_id, opened_ms, left_ms in database.execute(f"{_PLAYS} ORDER BY p.opened_ms")
        ]
