"""A station box with long courses on its own shelf, and its television, for bench/playback.py."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from demo.display import RemoteAndEyes
from demo.events import EventFile
from demo.house import BOX_STATION, House, Media
from demo.operator import Operator

TABLES = {
    "districts": "district\n大兴\n",
    "stations": "number,name,district,street,type,due,account,activation_code\n"
    f"{BOX_STATION},大兴区黄村镇埝坛村,大兴,黄村镇,village,1,{BOX_STATION},806459231748\n",
    "channels": "channel_id,number,title,media\nL1,1,直播课堂,{film}\n",
}
COURSES = "course_id,title,producer,category,topic,monthly,episode,episode_title,media,cover\n"
COURSE = "{number},第 {number} 课,讲师团,党的建设,,,1,第 {number} 课,{film},\n"
ON_BOX_WITHIN_S = 60


def stocked_house(folder: Path, film: Path, courses: int, display: str) -> House:
    """An enrolled box that holds `film` as courses 1, 2, …; nothing runs any more when this returns."""
    tables = folder / "tables"
    tables.mkdir(parents=True)
    rows = [COURSE.replace("{number}", str(number)) for number in range(1, courses + 1)]
    for name, text in {**TABLES, "courses": "".join([COURSES, *rows])}.items():
        (tables / f"{name}.csv").write_text(text.replace("{film}", film.name), encoding="utf-8")
    house = House(folder / "house", Media(film.parent, tables, tables), display)
    try:
        house.open_city()
        house.start_agent()
        house.enrol_box()
        with RemoteAndEyes(display) as remote:
            operator = Operator(remote, EventFile(house.events), folder)
            operator.wait(lambda: _is_on_box(house), "the course did not come onto the box", ON_BOX_WITHIN_S)
    finally:
        house.stop()
    return house


@contextmanager
def television(house: House, display: str) -> Iterator[Operator]:
    """The television and the agent run, the city does not: it is on no box. Gives who holds the remote."""
    house.events.unlink(missing_ok=True)
    try:
        house.start_agent()
        house.start_tv()
        with RemoteAndEyes(display) as remote:
            operator = Operator(remote, EventFile(house.events), house.folder)
            operator.wait_for_screen("home", 40)
            operator.wait(lambda: operator.focus.startswith("row:"), "no course on the home screen", 40)
            yield operator
    finally:
        house.stop()


def leave_course(operator: Operator, house: House) -> dict[str, int]:
    """Stop; how many frames the television says it has shown and lost."""
    events = EventFile(house.events)
    operator.press("End")
    operator.wait(lambda: bool(events.of("frames")), "the television counted no frames", 5)
    frames: dict[str, int] = events.of("frames")[-1]["frames"]
    return frames


def _is_on_box(house: House) -> bool:
    if not any(row["tiles"] for row in house.ask_agent("/v1/home")["rows"]):
        return False
    return bool(house.ask_agent("/v1/courses/1")["episodes"][0]["on_box"])
