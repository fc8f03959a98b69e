"""The demo's city, box and television, put up fresh in one folder."""

import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from demo.catalogue import read_rows
from demo.errors import DemoError
from demo.programs import Program, command
from study.month import month_of

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "assets" / "demo"
WITH_MEDIA = ("courses", "channels", "articles")
TABLES_MONTH = "2026-11"
BOX_STATION = "1101150047"
READY_WITHIN_S = 40
RETRY = ("--retry-min-s", "2", "--retry-max-s", "4", "--spread-s", "0")


@dataclass(frozen=True, slots=True)
class Media:
    """Where the city's tables, finished films and covers lie."""

    films: Path
    covers: Path
    tables: Path = TABLES


class House:
    """City, box and television, each a process of its own, each with its log in `folder`."""

    def __init__(self, folder: Path, media: Media, display: str, size: str = "1920x1080") -> None:
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        self.folder = folder
        self._media = media
        city_port, box_port = free_port(), free_port()
        self._city_port = city_port
        self.city_url = f"http://127.0.0.1:{city_port}"
        self.box_url = f"http://127.0.0.1:{box_port}"
        self.events = folder / "tv-events.jsonl"
        self.token = folder / "box" / "token"
        self._box_port = box_port
        self._show = ["--agent-url", self.box_url, "--token-file", str(self.token), "--size", size]
        self._display = display
        self.city_stands_on()
        self.box_stands_on()

    @property
    def tables(self) -> Path:
        """What city and box are filled from."""
        return self._media.tables

    def city_stands_on(self, city: Sequence[str] = ()) -> None:
        """The city's command from its next start on; the usual one where none is given. It may not run."""
        self._municipal = list(city) or [command("zhanxue-municipal")]
        where = ["--media", str(self._media.films), "--covers", str(self._media.covers)]
        serve = [*self._city(), "serve", "--port", str(self._city_port), *where, "--call-again-s", "5"]
        self.city = Program("市级平台", serve, self.folder / "city.log")

    def box_stands_on(self, machine: Sequence[str] = (), line: str = "") -> None:
        """The words before the box's programs from their next start on, and where it finds the city.

        The usual ones where none are given. Nothing of the box may run.
        """
        self._machine = list(machine)
        self._box = ["--data-dir", str(self.folder / "box"), "--municipal-url", line or self.city_url]
        self._box += ["--port", str(self._box_port)]
        run = [*self._machine, command("zhanxue-agent"), "run", *self._box, *RETRY]
        self.agent = Program("本机代理", run, self.folder / "agent.log")
        self.tv = self.television()

    def television(self, *more: str) -> Program:
        """A television of this house, not started yet; `more` are further options of its command."""
        own = ["--data-folder", str(self.folder / "tv"), "--events-file", str(self.events)]
        words = [*self._machine, command("zhanxue-tv"), *self._show, *own, *more]
        return Program("电视", words, self.folder / "tv.log", {"DISPLAY": self._display})

    def open_city(self) -> None:
        """A city with the demo's districts, stations, courses, channel and articles."""
        self.city_command("init")
        for table in ("districts", "stations", *WITH_MEDIA):
            if table == "articles" and not (self._media.tables / "articles.csv").exists():
                continue
            media = ["--media", str(self._media.films)] if table in WITH_MEDIA else []
            self.city_command("import", table, str(self._this_month(table)), *media)
        self.start_city()

    def _this_month(self, table: str) -> Path:
        """A copy of a table whose monthly study is this month's, so that the demo never grows old."""
        month = month_of(datetime.now(UTC))
        text = (self._media.tables / f"{table}.csv").read_text(encoding="utf-8")
        copy = self.folder / f"{table}.csv"
        copy.write_text(text.replace(TABLES_MONTH, month), encoding="utf-8")
        return copy

    def start_city(self) -> None:
        self.city.start()
        wait_for_answer(f"{self.city_url}/v1/health", self.city)

    def start_agent(self) -> None:
        self.agent.start()
        wait_for_answer(f"{self.box_url}/v1/status", self.agent)

    def enrol_box(self) -> None:
        """Enrol without the television, as an operator does over the telephone."""
        self.box_command("enrol", *activation_code(BOX_STATION, self._media.tables))

    def box_command(self, *words: str) -> str:
        """Run one command on the box; what it printed. Raises DemoError with its reason."""
        asked = [*self._machine, command("zhanxue-agent"), *words, *self._box]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise DemoError(f"本机命令 {words[0]} 没有做成：{done.stderr.strip()}")
        return done.stdout

    def start_tv(self) -> None:
        self.tv.start()

    def stop(self) -> None:
        """Everything that runs, in reverse order."""
        for program in (self.tv, self.agent, self.city):
            program.stop()

    def city_command(self, *words: str) -> str:
        """Run one command of the city; what it printed. Raises DemoError with its reason."""
        done = subprocess.run([*self._city(), *words], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise DemoError(f"平台命令 {' '.join(words[:2])} 没有做成：{done.stderr.strip()[-400:]}")
        return done.stdout

    def ask_agent(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """What the agent answers on its local API; with a body it is told something."""
        token = self.token.read_text(encoding="utf-8").strip()
        headers = {"Authorization": f"Bearer {token}"}
        method = "GET" if body is None else "POST"
        answer = requests.request(
            method, f"{self.box_url}{path}", json=body, headers=headers, timeout=(3, 10)
        )
        answer.raise_for_status()
        return answer.json()

    def _city(self) -> list[str]:
        return [*self._municipal, "--data", str(self.folder / "city")]


def activation_code(station: str, tables: Path = TABLES) -> tuple[str, str]:
    """Account and activation code that the city handed out to a station."""
    columns = ("number", "account", "activation_code")
    for row in read_rows(tables / "stations.csv", columns):
        if row["number"] == station:
            return row["account"], row["activation_code"]
    raise DemoError(f"assets/demo/stations.csv 里没有站点 {station}。")


def free_port() -> int:
    """A port on loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_answer(url: str, program: Program) -> None:
    """Any HTTP answer will do. Raises DemoError with the program's last words when none comes."""
    end = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < end and program.running:
        try:
            requests.get(url, timeout=(1, 2))
            return
        except requests.RequestException:
            time.sleep(0.1)
    raise DemoError(f"{program.name}没有启动，日志 {program.log} 的最后几行：\n{program.last_words()}")
