"""A platform with one station's box and television, every one a real process that can be killed."""

import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import requests

from demo.programs import Program
from tests.agent.ports import free_port
from tests.fakes.fake_city import ACCOUNT, CODE, STATION

ITEMS = ("5.1", "5.2", "6.1")
READY_S = 60.0
CALL_S = 15.0


class TownError(Exception):
    """A program did not do what the torture needs it for; its last words follow."""


@dataclass
class City:
    """The platform in `folder`; killed and started again it keeps its port."""

    folder: Path
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        media = ["--media", str(self.folder / "media"), "--covers", str(self.folder / "covers")]
        words = [*city_command(self.folder), "serve", "--port", str(self.port), *media]
        self.program = Program("平台", words, self.folder / "city.log")
        self._turn = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.program.start()
        wait_until(lambda: _answers(f"{self.url}/v1/health"), self.program)

    def kill(self) -> None:
        """End it as a power cut would."""
        with self._turn:
            self.program.kill()

    def revive(self) -> None:
        """Start it where it was killed; others may be killing it meanwhile."""
        with self._turn:
            self.program.start()

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of the platform's database."""
        return query(self.folder / "data" / "municipal.db", sql, *values)


@dataclass
class Box:
    """The agent in `folder`, delivering to `city_url`; killed and started again it keeps its port."""

    folder: Path
    city_url: str
    options: tuple[str, ...] = ("--retry-min-s", "0.1", "--retry-max-s", "0.5", "--spread-s", "0")
    port: int = field(default_factory=free_port)
    log: Path | None = None
    """Where the program's own words go; beside the folder when it is not said."""

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self.program = Program("本机代理", self.words, self.log or self.folder.with_suffix(".log"))

    @property
    def words(self) -> list[str]:
        """What starts the agent."""
        return [sys.executable, "-m", "agent", "run", *self.where, *self.options]

    @property
    def where(self) -> list[str]:
        return ["--data-dir", str(self.folder), "--municipal-url", self.city_url, "--port", str(self.port)]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.program.start()
        wait_until(lambda: self.status() is not None, self.program)

    def enrol(self) -> None:
        words = [sys.executable, "-m", "agent", "enrol", *self.where, ACCOUNT, CODE]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise TownError(done.stderr)

    def call(self, method: str, path: str, **more: Any) -> requests.Response:
        """Raises requests.RequestException, OSError."""
        token = (self.folder / "token").read_text(encoding="ascii").strip()
        headers = {"Authorization": f"Bearer {token}"}
        return requests.request(method, self.url + path, headers=headers, timeout=CALL_S, **more)

    def report(self, told: dict[str, Any]) -> bool:
        """Whether a report was acknowledged."""
        try:
            return self.call("POST", "/v1/reports", json=told).ok
        except (requests.RequestException, OSError):
            return False

    def status(self) -> dict[str, Any] | None:
        """None while it does not answer."""
        try:
            answer = self.call("GET", "/v1/status")
            return dict(answer.json()) if answer.ok else None
        except (requests.RequestException, OSError):
            return None

    def wait_until_delivered(self, within_s: float) -> None:
        """Nothing is open and nothing waits."""

        def nothing_waits() -> bool:
            held = self.status()
            return held is not None and held["waiting"] == 0

        wait_until(nothing_waits, self.program, within_s)

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of the box's database."""
        return query(self.folder / "zhanxue.db", sql, *values)


def wait_until(what: Callable[[], bool], program: Program, within_s: float = READY_S) -> None:
    """Raises TownError with the last words of a program that does not come so far."""
    until = time.monotonic() + within_s
    while not what():
        if time.monotonic() > until:
            raise TownError(f"{program.name} 等了 {within_s:.0f} s：\n{program.last_words(20)}")
        time.sleep(0.05)


def query(file: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Rows of a database that a program may be using."""
    with closing(sqlite3.connect(file, timeout=30)) as held:
        return held.execute(sql, values).fetchall()


def city_command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "municipal", "--data", str(folder / "data")]


@contextmanager
def town(folder: Path) -> Iterator[City]:
    """A city with one of everything, running; its station is not enrolled yet."""
    city = City(Path(shutil.copytree(_city_as_set_up().name, folder / "city")))
    city.start()
    try:
        yield city
    finally:
        city.program.stop()


@cache
def _city_as_set_up() -> "tempfile.TemporaryDirectory[str]":
    """Made once, copied by every town, gone when this process ends."""
    held = tempfile.TemporaryDirectory(prefix="zhanxue-city-")
    folder = Path(held.name)
    for name in ("media", "covers"):
        (folder / name).mkdir()
    _make_media(folder / "media" / "film.mp4")
    place = [STATION["number"], STATION["name"], STATION["district"], "", STATION["type"]]
    head = "course_id,title,producer,category,topic,monthly,episode,episode_title,media,cover"
    sheets = {
        "districts": ["district", STATION["district"]],
        "stations": [
            "number,name,district,street,type,due,account,activation_code",
            ",".join([*place, "1", ACCOUNT, CODE]),
        ],
        "courses": [
            head,
            "5,乡村振兴,市委组织部,农业技术,,,1,第一集,film.mp4,",
            "5,乡村振兴,市委组织部,农业技术,,,2,第二集,film.mp4,",
            "6,蘑菇种植,市委组织部,农业技术,,,1,第一集,film.mp4,",
        ],
    }
    subprocess.run([*city_command(folder), "init"], check=True, capture_output=True)
    for what, lines in sheets.items():
        sheet = folder / f"{what}.csv"
        sheet.write_text("\n".join(lines) + "\n", encoding="utf-8")
        media = ["--media", str(folder / "media")] if what == "courses" else []
        words = [*city_command(folder), "import", what, str(sheet), *media]
        subprocess.run(words, check=True, capture_output=True)
    return held


def _make_media(file: Path) -> None:
    picture = ["-f", "lavfi", "-i", "color=size=64x48:rate=2:duration=20"]
    codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "4", "-movflags", "+faststart"]
    subprocess.run(["ffmpeg", "-loglevel", "error", "-y", *picture, *codecs, str(file)], check=True)


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=2).ok
    except requests.RequestException:
        return False
