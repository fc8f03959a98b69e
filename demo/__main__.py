"""`make demo`: media, city, box and television; on a screen to use, or alone with an operator of its own."""

import signal
import sys
import time
from pathlib import Path

from demo import artwork
from demo.articles import put_articles
from demo.catalogue import read_catalogue
from demo.covers import make_covers
from demo.display import RemoteAndEyes, usable_display, virtual_display
from demo.errors import DemoError
from demo.events import EventFile
from demo.house import BOX_STATION, House, Media, activation_code
from demo.media import ProgressLine, Workshop, make_media
from demo.operator import Operator
from demo.outcome import gathered
from demo.report import as_text, faults, save
from demo.story import Evening
from demo.subtitles import put_subtitles

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
    account, code = activation_code(BOX_STATION)
    try:
        tell("启动市级平台、本机代理和电视")
        house.open_city()
        house.start_agent()
        house.start_tv()
        print(
            f"登记用的站点账号：{account}，激活码：{code}。方向键、回车、Esc 就是遥控器；在首页按 Esc 退出。"
        )
        return house.tv.wait()
    finally:
        house.stop()


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
    tell("启动市级平台、本机代理和电视")
    house.open_city()
    house.start_agent()
    house.start_tv()
    pictures = _empty_folder(BUILD / "screens")
    with RemoteAndEyes(display) as remote:
        operator = Operator(remote, EventFile(house.events), pictures)
        evening = Evening(operator, house, tell)
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


def _empty_folder(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    return folder


if __name__ == "__main__":
    sys.exit(main())
