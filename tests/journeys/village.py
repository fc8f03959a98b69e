"""A village: a box whose boots and clock a test sets, and the city behind a network that comes and goes."""

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import requests

from demo.house import free_port, wait_for_answer
from demo.programs import Program, command
from study.anchor import to_utc_ms
from study.month import SHANGHAI
from tests.agent.television import Play, report
from tests.fakes.fake_city import ACCOUNT, CODE, STATION
from tests.journeys.machine import Boot, WallClock

YEAR_MS = 365 * 24 * 3_600_000
JUMPS_A_PLAY = 6
ROUNDING_MS = 10


def at(month: int, day: int, hour: int = 12) -> int:
    """A moment of 2027, station's time."""
    return to_utc_ms(datetime(2027, month, day, hour, tzinfo=SHANGHAI))


class Village:
    """A box, and the city behind a network that comes and goes; `truth` is the city's clock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.truth = WallClock(folder / "truth")
        self.wall = WallClock(folder / "wall")
        self.jumps = 0
        self._reports = 0
        city_port, box_port = free_port(), free_port()
        self.city_url = f"http://127.0.0.1:{city_port}"
        self.box_url = f"http://127.0.0.1:{box_port}"
        self._city = [sys.executable, "-m", "municipal", "--data", str(folder / "data")]
        serve = ["serve", "--port", str(city_port), "--media", str(folder / "media")]
        covers = ["--covers", str(folder / "covers")]
        self.city = Program("市级平台", [*self._city, *serve, *covers], folder / "city.log", self.truth.env)
        where = ["--data-dir", str(folder / "box"), "--municipal-url", self.city_url, "--port", str(box_port)]
        quick = ["--retry-min-s", "1", "--retry-max-s", "1", "--spread-s", "0"]
        (folder / "settings.toml").write_text("ntp = false\n", encoding="utf-8")
        without = ["--settings", str(folder / "settings.toml")]
        self._agent = [command("zhanxue-agent"), "run", *where, *quick, *without]
        self.boot: Boot | None = None
        self.boots = 0

    def network(self) -> None:
        """The city can be reached."""
        self.city.start()
        wait_for_answer(f"{self.city_url}/v1/health", self.city)

    def no_network(self) -> None:
        self.city.stop()

    def starts(self, true_utc_ms: int) -> None:
        """The box begins a boot at that moment; its clock stands in 1970, in every third boot it is right."""
        self.truth.jump_to(true_utc_ms)
        self.wall.jump_to(true_utc_ms if self.boots % 3 == 0 else 5_000)
        self.boot = Boot(self.folder, self._agent, self.wall)
        self.boots += 1
        self.boot.agent.start()
        wait_for_answer(f"{self.box_url}/v1/status", self.boot.agent)

    def power_cut(self) -> None:
        assert self.boot is not None
        self.boot.agent.kill()

    def jump(self) -> None:
        """The box's clock jumps a year ahead, the next time two back, as far as there are any."""
        years = 1 if self.jumps % 2 == 0 else -2
        self.wall.jump_to(max(0, self.wall.now_ms() + years * YEAR_MS))
        self.jumps += 1

    def watches(self, opened_ms: int, ms: int, *, leaves: bool = True) -> int:
        """A play of the course whose clock jumps at every report. When it was opened, in truth."""
        assert self.boot is not None
        play = Play(f"play-{self.boots}-{opened_ms}", "5.1", self.boot.started_ms + opened_ms)
        play.watch(ms - JUMPS_A_PLAY)
        for _ in range(JUMPS_A_PLAY):
            self.jump()
            play.go_on(1)
            self.tell(play)
        if leaves:
            play.leave()
            self.tell(play)
        return self._true_start_ms() + play.opened_ms

    def anchor_error_ms(self) -> int:
        """The most that any of the box's anchors may be off, by what the box noted with it."""
        with closing(sqlite3.connect(self.folder / "box" / "zhanxue.db")) as database:
            return int(database.execute("SELECT max(error_ms) FROM anchors").fetchone()[0])

    def ask(self, path: str) -> Any:
        answer = requests.get(self.box_url + path, headers=self._headers(), timeout=(3, 10))
        answer.raise_for_status()
        return answer.json()

    def enrol(self) -> None:
        """The box belongs to the station, and knows how long the course is."""
        self.post("/v1/enrolment", {"account": ACCOUNT, "code": CODE})
        wait_until(lambda: self.ask("/v1/status")["catalogue"]["courses"] > 0)

    def delivers(self) -> None:
        wait_until(lambda: self.ask("/v1/status")["waiting"] == 0)

    def at_the_city(self, *words: str) -> Any:
        done = subprocess.run([*self._city, *words, "--json"], capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def standing(self, month: str) -> dict[int, dict[str, Any]]:
        """The sessions that stand at the city in a month, by their played time, which names each here."""
        held = self.at_the_city("sessions", "--station", STATION["number"], "--month", month)["sessions"]
        return {one["played_ms"]: one for one in held if one["stands"] and one["played_ms"]}

    def _true_start_ms(self) -> int:
        """When the boot's own clock began, in truth, from both clocks read at the same moment."""
        assert self.boot is not None
        while True:
            before_ms, now_ms, after_ms = self.boot.mono_ms(), self.truth.now_ms(), self.boot.mono_ms()
            if after_ms - before_ms <= ROUNDING_MS // 2:
                return now_ms - before_ms

    def tell(self, play: Play) -> None:
        assert self.boot is not None
        self._reports += 1
        run_id = f"run-{self.boots}"
        self.post("/v1/reports", report(self._reports, play, run_id=run_id, boot=self.boot.boot_id))

    def post(self, path: str, body: dict[str, Any]) -> Any:
        answer = requests.post(self.box_url + path, json=body, headers=self._headers(), timeout=(3, 10))
        assert answer.ok, answer.text
        return answer.json()

    def _headers(self) -> dict[str, str]:
        token = (self.folder / "box" / "token").read_text(encoding="utf-8").strip()
        return {"Authorization": f"Bearer {token}"}


def wait_until(is_so: Callable[[], bool], within_s: float = 20.0) -> None:
    end = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.1)
