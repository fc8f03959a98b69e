"""Bad input and real programs: a clear sentence where a person looks, the rest goes on, nothing lost.

The tests of one evening share one city, one box on a small disk of its own, and one television.
"""

import http.server
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from agent.data_folder import media_pass
from demo.display import RemoteAndEyes
from demo.errors import DemoError
from demo.events import EventFile
from demo.home_screen import HomeScreen
from demo.house import ROOT, House, Media
from demo.operator import Operator, Stopwatch
from demo.programs import command
from tests.journeys.conftest import CHANNELS, STATIONS
from tests.journeys.test_whole_path import play

HEADER = "course_id,title,producer,category,topic,monthly,episode,episode_title,media,cover\n"
COURSES = f"""{HEADER}1,长课,讲师团,党的建设,,,1,长课,long.mp4,
3,空文件,讲师团,党的建设,,,1,空文件,zero.mp4,
4,不是影片,讲师团,党的建设,,,1,不是影片,text.mp4,
5,"引号没有关上,讲师团,党的建设,,,1,x,long.mp4,
6,少了列
2,短课,讲师团,实用技术,,,1,短课,short.mp4,
7,后来不见了,讲师团,实用技术,,,1,后来不见了,lost.mp4,
"""
CODE = "806459231748"
DISK_BYTES = 8_000_000
NEAR_MS = 1_500


class Evening:
    """House, television and the person in front of it, with the files of the city at hand."""

    def __init__(self, house: House, operator: Operator, films: Path, imported: str) -> None:
        self.house, self.operator, self.films, self.imported = house, operator, films, imported

    def television_says(self, words: str, seconds: float = 15) -> None:
        self.operator.wait(lambda: words in self.log("tv"), f"the television did not say {words}", seconds)

    def log(self, name: str) -> str:
        return (self.house.folder / f"{name}.log").read_text(encoding="utf-8")

    def open_tile(self, tile: str) -> None:
        operator = self.operator
        operator.wait(lambda: operator.focus.startswith("row:"), "no course on the home screen", 40)
        HomeScreen(operator, self.house).find(tile)
        operator.press("Return")

    def back_home(self) -> None:
        operator = self.operator
        operator.press("Home")
        operator.wait_for_screen("home")

    def sessions(self) -> list[dict[str, object]]:
        month = self.house.ask_agent("/v1/status")["month"]["month"]
        return list(self.house.ask_agent(f"/v1/record?month={month}")["sessions"])

    def studied_ms(self, title: str) -> int:
        """What was studied of a course so far, as far as the city has it."""
        mine = [s for s in self.sessions() if s["title"] == title and s["state"] == "delivered"]
        return sum(int(str(session["played_ms"])) for session in mine)

    def wait_until_delivered(self, title: str, studied_ms: int, seconds: float = 30) -> None:
        """Until the city has as much of that course as the stopwatch says."""
        otherwise = f"{studied_ms} ms of {title} are not delivered"
        self.operator.wait(lambda: abs(self.studied_ms(title) - studied_ms) < NEAR_MS, otherwise, seconds)


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory, small_city: Media, screen: str) -> Iterator[Evening]:
    folder = tmp_path_factory.mktemp("bad")
    media = _bad_city(folder, small_city)
    house = House(folder / "house", media, screen)
    with _small_disk(house.token.parent):
        try:
            house.city_command("init")
            tables = {
                name: folder / f"{name}.csv" for name in ("districts", "stations", "courses", "channels")
            }
            where = ["--media", str(media.films)]
            house.city_command("import", "districts", str(tables["districts"]))
            house.city_command("import", "stations", str(tables["stations"]))
            imported = house.city_command("import", "courses", str(tables["courses"]), *where)
            house.city_command("import", "channels", str(tables["channels"]), *where)
            (media.films / "lost.mp4").unlink()
            house.start_city()
            house.start_agent()
            house.enrol_box()
            house.start_tv()
            with RemoteAndEyes(screen) as remote:
                operator = Operator(remote, EventFile(house.events), folder)
                operator.wait_for_screen("home", 40)
                yield Evening(house, operator, media.films, imported)
        finally:
            house.stop()


def _bad_city(folder: Path, small_city: Media) -> Media:
    films = folder / "films"
    shutil.copytree(small_city.films, films)
    (films / "zero.mp4").touch()
    (films / "text.mp4").write_text("这不是影片", encoding="utf-8")
    shutil.copy(films / "short.mp4", films / "lost.mp4")
    tables = {"districts": "district\n大兴\n", "stations": STATIONS, "courses": COURSES, "channels": CHANNELS}
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return Media(films, small_city.covers, folder)


@contextmanager
def _small_disk(mount_point: Path) -> Iterator[None]:
    """A disk of a few MB for the box, where this machine lets us mount one."""
    mount_point.mkdir(parents=True)
    options = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(mount_point)]
    if subprocess.run(options, capture_output=True, check=False).returncode != 0:
        yield
        return
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(mount_point)], check=True)


# ── where the operator starts the programs ──


def _run(*words: str, **env: str) -> tuple[int, str]:
    done = subprocess.run(
        words, capture_output=True, text=True, check=False, timeout=30, env={**os.environ, **env}
    )
    return done.returncode, done.stdout + done.stderr


def test_no_display_is_one_sentence(tmp_path: Path) -> None:
    code, said = _run(command("zhanxue-tv"), "--data-folder", str(tmp_path), DISPLAY=":987")
    assert code == 2
    assert "连不上显示器 :987，打不开窗口。请在有图形界面的会话里启动" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("held", [None, b"", b"no font"])
def test_no_font_or_a_broken_one_is_one_sentence(tmp_path: Path, held: bytes | None) -> None:
    for package in ("tvclient", "study"):
        shutil.copytree(ROOT / package, tmp_path / package)
    if held is not None:
        (tmp_path / "build" / "fonts").mkdir(parents=True)
        for weight in ("Regular", "Bold"):
            (tmp_path / "build" / "fonts" / f"NotoSansSC-{weight}.otf").write_bytes(held)
    done = subprocess.run(
        [sys.executable, "-m", "tvclient", "--data-folder", str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 2
    assert "找不到字体" in done.stderr and "电视无法显示汉字。请先运行" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_one_sentence_of_city_and_box(evening: Evening, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        city = ["--data", str(evening.house.folder / "city"), "serve", "--port", port]
        code, said = _run(command("zhanxue-municipal"), *city)
        assert (code, f"端口 {port} 已被别的程序占用" in said, "--port" in said) == (2, True, True)
        code, said = _run(command("zhanxue-agent"), "run", "--data-dir", str(tmp_path), "--port", port)
        assert (code, f"端口 {port} 已被其他程序占用" in said, "--port" in said) == (2, True, True)


def test_unreadable_rows_are_named_with_their_line_and_the_others_are_imported(evening: Evening) -> None:
    for line, reason in {
        3: "zero.mp4”无法识别或已损坏",
        4: "text.mp4”无法识别",
        5: "引号没有配对",
        6: "应有 10 列",
    }.items():
        assert any(f"第 {line} 行搁置" in said and reason in said for said in evening.imported.splitlines())
    assert "新增 3" in evening.imported


def test_a_missing_column_is_named_and_nothing_is_imported(evening: Evening) -> None:
    short = evening.films.parent / "short.csv"
    short.write_text("course_id,title\n9,课\n", encoding="utf-8")
    with pytest.raises(DemoError, match=r"缺少列“producer”.*什么也没有导入"):
        evening.house.city_command("import", "courses", str(short), "--media", str(evening.films))


# ── where the room looks ──


def test_a_film_the_city_has_lost_says_so_and_the_next_course_plays(evening: Evening) -> None:
    operator = evening.operator
    evening.open_tile("course:7")
    operator.wait(lambda: operator.focus == "button:play", "no play button", 10)
    operator.press("Return")
    evening.television_says("不能播放《后来不见了》：课程文件打不开，可能已损坏，或平台上没有了")
    operator.wait(lambda: operator.focus == "card:first", "no card with a way on", 5)
    evening.back_home()
    play(operator, evening.house, "2")
    evening.back_home()
    assert "file_missing path='/media/lost.mp4'" in evening.log("city")


def test_a_live_stream_that_dies_says_so_counts_nothing_meanwhile_and_comes_back(evening: Evening) -> None:
    operator, watch = evening.operator, Stopwatch()
    evening.open_tile("live:L1")
    operator.wait_for_screen("player")
    operator.wait_until_moving()
    watch.runs()
    operator.look_on(2)
    evening.house.city.stop()
    evening.television_says("直播信号断了，已学的时间都已保存", 30)
    before_ms = watch.total_ms
    operator.look_on(4)
    evening.house.start_city()
    operator.wait_until_moving(30)
    operator.press("End")
    evening.back_home()
    operator.wait(lambda: _live(evening)["state"] == "delivered", "the live session is not delivered", 20)
    assert 0 < int(str(_live(evening)["played_ms"])) < before_ms + NEAR_MS


def _live(evening: Evening) -> dict[str, object]:
    return next(session for session in evening.sessions() if session["kind"] == "live")


def test_a_stranger_in_the_citys_place_is_told_and_changes_nothing(evening: Evening) -> None:
    operator, house = evening.operator, evening.house
    courses = house.ask_agent("/v1/status")["catalogue"]
    house.city.stop()
    with _stranger(house.city_url):
        evening.open_tile("course:1")
        operator.wait(lambda: operator.focus == "button:play", "no play button", 10)
        operator.press("Return")
        evening.television_says("应答的不是市平台，可能要先登录网络")
        operator.wait(
            lambda: not house.ask_agent("/v1/status")["online"], "the box takes it for the city", 20
        )
        assert house.ask_agent("/v1/status")["catalogue"] == courses
        evening.back_home()
    house.start_city()
    operator.wait(lambda: bool(house.ask_agent("/v1/status")["online"]), "the box did not come back", 20)


@contextmanager
def _stranger(url: str) -> Iterator[None]:
    """A real server that answers everything with a login page, and 200."""

    class Login(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.do_POST()

        def do_POST(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write("<html>请先登录网络</html>".encode())

        def log_message(self, *_: object) -> None:
            """Quiet."""

    where = urlsplit(url)
    server = http.server.ThreadingHTTPServer((where.hostname or "", where.port or 0), Login)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_full_disk_is_told_and_what_was_watched_meanwhile_is_kept(evening: Evening) -> None:
    house, operator, watch = evening.house, evening.operator, Stopwatch()
    box = house.token.parent
    if not os.path.ismount(box):
        pytest.skip("this machine lets nobody mount a small disk")
    assert not house.ask_agent("/v1/status")["disk_full"]
    before_ms = evening.studied_ms("长课")
    play(operator, house, "1")
    watch.runs()
    operator.look_on(2)
    filler = box / "film.mp4"
    _fill(filler)
    evening.television_says("磁盘已满，学习记录暂时存不下")
    status = house.ask_agent("/v1/status")
    assert status["disk_full"]
    said = _run(command("zhanxue-agent"), "status", "--data-dir", str(box))[1]
    assert "磁盘已满，新的学习记录存不下，先由电视保留；请尽快清理磁盘" in said
    operator.look_on(4)
    operator.press("End")
    watch.stands()
    operator.wait_for_screen("course")
    filler.unlink()
    evening.wait_until_delivered("长课", before_ms + watch.total_ms)
    evening.back_home()


def _fill(file: Path) -> None:
    for size in (1 << 16, 1 << 9):
        with file.open("ab", buffering=0) as out, suppress(OSError):
            while True:
                out.write(bytes(size))


def test_an_agent_that_does_not_come_back_before_the_television_is_left_hears_of_it_later(
    evening: Evening,
) -> None:
    house, operator, watch = evening.house, evening.operator, Stopwatch()
    before_ms = evening.studied_ms("短课")
    play(operator, house, "2")
    watch.runs()
    operator.look_on(2)
    house.agent.kill()
    evening.television_says("学习记录暂时报不上去")
    operator.look_on(4)
    operator.press("End")
    watch.stands()
    house.tv.stop()
    assert "已存在电视上，下次启动时自动补传" in evening.log("tv")
    house.start_agent()
    house.start_tv()
    evening.wait_until_delivered("短课", before_ms + watch.total_ms)
    assert list((house.folder / "tv" / "unsent").iterdir()) == []


def test_no_log_of_such_an_evening_holds_a_secret(evening: Evening) -> None:
    token = evening.house.token.read_text(encoding="ascii").strip()
    said = "".join(
        path.read_text(encoding="utf-8", errors="replace")
        for pattern in ("*.log", "*.jsonl", "city/log/*")
        for path in evening.house.folder.glob(pattern)
    )
    assert "Traceback" not in said
    for secret in (token, media_pass(token), CODE):
        assert secret not in said
