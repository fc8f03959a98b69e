"""`make demo`: media, city, box and television; on a screen to use, or alone with an operator of its own."""

import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from demo import artwork
from demo.articles import put_articles
from demo.catalogue import read_catalogue
from demo.covers import make_covers
from demo.display import RemoteAndEyes, usable_display, virtual_display
from demo.errors import DemoError
from demo.events import EventFile
from demo.house import BOX_STATION, House, Media, activation_code
from demo.last_week import LastWeek
from demo.media import ProgressLine, Workshop, make_media
from demo.operator import Operator
from demo.other_boot import why_no_other_boot
from demo.outcome import gathered
from demo.programs import command
from demo.report import as_text, faults, save
from demo.room import Room
from demo.story import Evening
from demo.subtitles import put_subtitles
from demo.watched import Watched

BUILD = artwork.ROOT / "build" / "demo"


def main() -> int:
    """0 when every figure is right; 1 with the reason when one is not or a step could not be done."""
    tell = _Teller(time.monotonic())
    # So that everything that was started is stopped in order, as after Ctrl-C.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(128 + signal.SIGTERM))
    try:
        media = _make_media(tell)
        display = usable_display()
        return _stay(media, display, tell) if display else _go_the_whole_way(media, tell)
    except DemoError as error:
        print(f"\n演示没有做完：{error}", file=sys.stderr)
        return 1


class _Teller:
    """Says each step with the time since the start."""

    def __init__(self, began: float) -> None:
        self._began = began

    def __call__(self, words: str) -> None:
        print(f"[{time.monotonic() - self._began:5.0f} 秒] {words}", flush=True)


def _make_media(tell: _Teller) -> Media:
    tell("演示课程：已有的不重做")
    catalogue = read_catalogue(artwork.ROOT / "assets" / "demo")
    media = Media(BUILD / "media", BUILD / "covers")
    make_covers(catalogue.covers, media.covers, lambda line: None)
    progress = ProgressLine(len(catalogue.clips), _write, sys.stdout.isatty())
    make_media(catalogue.clips, Workshop(media.films, BUILD / "parts"), progress)
    put_articles(media.tables, media.films)
    put_subtitles(media.tables / "subtitles", media.films)
    return media


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _stay(media: Media, display: str, tell: _Teller) -> int:
    """In front of somebody: full screen, until the television is left."""
    house = House(BUILD / "run", media, display, "fullscreen")
    room = Room(house)
    try:
        if why_no_other_boot():
            return _stay_from_enrolment(house, room, tell)
        earlier = _last_week(house, room, house.enrol_box, tell)
        house.start_tv()
        print("方向键、回车、Esc 就是遥控器；在首页按 Esc 退出。")
        print("集体学习：在首页选一门课，回车，右移到“集体学习”，回车；签到后回车开始。")
        city = f"{command('zhanxue-municipal')} --data {house.folder / 'city'}"
        print("市平台上的上周：", *(f"  {city} {words}" for words in earlier.commands), sep="\n")
        return house.tv.wait()
    finally:
        house.stop()


def _stay_from_enrolment(house: House, room: Room, tell: _Teller) -> int:
    """Where there is no way back to last week, the television begins as a new one does."""
    account, code = activation_code(BOX_STATION)
    tell("启动市级平台、本机代理和电视（这台机器不能另起一次开机，略去上周）")
    house.open_city()
    house.start_agent()
    _import_roster(room)
    house.start_tv()
    print(f"登记用的站点账号：{account}，激活码：{code}。方向键、回车、Esc 就是遥控器；在首页按 Esc 退出。")
    return house.tv.wait()


def _last_week(house: House, room: Room, enrol: Callable[[], None], tell: _Teller) -> LastWeek:
    """City and box of a week ago, until today's run."""
    tell("上周：启动市级平台和本机代理")
    earlier = LastWeek(house)
    earlier.begin()
    enrol()
    tell("上周：农民夜校十二人，两人晚到、一人先走；线下学习登记一次")
    earlier.play(room)
    tell("今天：重新启动市级平台和本机代理")
    earlier.end()
    print("\n".join(room.where_pages_are()))
    return earlier


def _import_roster(room: Room) -> None:
    room.import_roster()
    room.operator_at_desk()
    print("\n".join(room.where_pages_are()))


def _go_the_whole_way(media: Media, tell: _Teller) -> int:
    """With nobody there: a virtual screen, real X keys, and a report that must be right."""
    run = BUILD / "run"
    run.parent.mkdir(parents=True, exist_ok=True)
    with virtual_display(BUILD / "xvfb.log") as display:
        house = House(run, media, display)
        try:
            return _evening(house, display, tell)
        finally:
            house.stop()


def _evening(house: House, display: str, tell: _Teller) -> int:
    pictures, room = _empty_folder(BUILD / "screens"), Room(house)
    with RemoteAndEyes(display) as remote:
        operator = Operator(remote, EventFile(house.events), pictures)
        evening = Evening(operator, house, room, tell)
        evening.watched += _begun(house, room, evening, tell)
        evening.play()
    house.tv.stop()
    report = gathered(house, evening, operator)
    save(report, BUILD / "report.json")
    print("\n" + as_text(report, evening.watched) + "\n")
    print(house.city_command("report", "--month", report["month"]))
    wrong = faults(report, evening.watched)
    for line in wrong:
        print(f"不对：{line}", file=sys.stderr)
    tell("全部正确" if not wrong else f"{len(wrong)} 处不对")
    print(f"报告 {BUILD / 'report.json'}，画面 {pictures}")
    return 1 if wrong else 0


def _begun(house: House, room: Room, evening: Evening, tell: _Teller) -> list[Watched]:
    """Enrolled on the television, last week if there can be one, and home on the screen."""

    def enrol() -> None:
        house.start_tv()
        evening.enrol()

    if why_no_other_boot():
        house.open_city()
        house.start_agent()
        enrol()
        _import_roster(room)
        return []

    def enrol_and_go() -> None:
        enrol()
        house.tv.stop()

    earlier = _last_week(house, room, enrol_and_go, tell)
    house.start_tv()
    evening.wait_for_home_again()
    return earlier.watched


def _empty_folder(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    return folder


if __name__ == "__main__":
    sys.exit(main())
