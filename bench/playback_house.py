"""A station box with long courses on its own shelf for bench/playback.py."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import requests

from bench.playback_eyes import wait_for
from demo.display import RemoteAndEyes
from demo.events import EventFile
from demo.house import BOX_STATION, House, Media
from demo.operator import Operator

CHANNEL = "L1"
TABLES = {
    "districts": "district\n大兴\n",
    "stations": "number,name,district,street,type,due,account,activation_code\n"
    f"{BOX_STATION},大兴区黄村镇埝坛村,大兴,黄村镇,village,1,{BOX_STATION},806459231748\n",
    "channels": f"channel_id,number,title,media\n{CHANNEL},1,直播课堂,{{channel}}\n",
}
COURSES = "course_id,title,producer,category,topic,monthly,episode,episode_title,media,cover\n"
COURSE = "{number},第 {number} 课,讲师团,党的建设,,,1,第 {number} 课,{film},\n"
ON_BOX_WITHIN_S = 120
SENDS_WITHIN_S = 15
"""Time for a whole playlist; without it the players would start where there is little to read ahead."""


def stocked_house(folder: Path, courses: Mapping[int, Path], channel: Path, display: str) -> House:
    """An enrolled box that holds these films as courses; nothing runs any more when this returns.

    All films and that of the channel, which the city sends as HLS while it runs, lie in one folder.
    """
    tables = folder / "tables"
    tables.mkdir(parents=True)
    rows = [COURSE.format(number=number, film=film.name) for number, film in courses.items()]
    for name, text in {**TABLES, "courses": "".join([COURSES, *rows])}.items():
        (tables / f"{name}.csv").write_text(text.replace("{channel}", channel.name), encoding="utf-8")
    house = House(folder / "house", Media(channel.parent, tables, tables), display)
    try:
        house.open_city()
        house.start_agent()
        house.enrol_box()
        with RemoteAndEyes(display) as remote:
            operator = Operator(remote, EventFile(house.events), folder)
            operator.wait(
                lambda: _all_on_box(house, courses), "the courses did not come onto the box", ON_BOX_WITHIN_S
            )
    finally:
        house.stop()
    return house


@contextmanager
def on_the_air(house: House) -> Iterator[str]:
    """The city runs and sends its channel as HLS; gives the playlist's address."""
    playlist = f"{house.city_url}/live/{CHANNEL}/index.m3u8"
    try:
        house.start_city()
        wait_for(lambda: requests.get(playlist, timeout=5).ok, SENDS_WITHIN_S)
        time.sleep(SENDS_WITHIN_S)
        yield playlist
    finally:
        house.city.stop()


def leave_course(operator: Operator, house: House) -> dict[str, int]:
    """Stop; how many frames the television says it has shown and lost."""
    events = EventFile(house.events)
    before = len(events.of("frames"))
    operator.press("End")
    operator.wait(lambda: len(events.of("frames")) > before, "the television counted no frames", 5)
    frames: dict[str, int] = events.of("frames")[-1]["frames"]
    return frames


def _all_on_box(house: House, courses: Mapping[int, Path]) -> bool:
    known = {tile["id"] for row in house.ask_agent("/v1/home")["rows"] for tile in row["tiles"]}
    if not known.issuperset(f"course:{number}" for number in courses):
        return False
    return all(house.ask_agent(f"/v1/courses/{number}")["episodes"][0]["on_box"] for number in courses)
