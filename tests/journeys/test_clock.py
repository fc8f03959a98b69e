"""A box whose clock stands in 1970 and jumps by years while courses play has its hours right all the same."""

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from demo.house import free_port, wait_for_answer
from demo.programs import Program, command
from study.anchor import to_utc_ms
from study.month import SHANGHAI
from tests.agent.real_city import set_up
from tests.agent.television import Play, report
from tests.fakes.fake_city import ACCOUNT, CODE, STATION
from tests.journeys.machine import Boot, WallClock, why_no_machine

FIGURES = Path(__file__).parents[2] / "build" / "journeys" / "clock.json"
YEAR_MS = 365 * 24 * 3_600_000
MINUTE_MS = 60_000
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
            self._tell(play)
        if leaves:
            play.leave()
            self._tell(play)
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
        self._post("/v1/enrolment", {"account": ACCOUNT, "code": CODE})
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

    def _tell(self, play: Play) -> None:
        assert self.boot is not None
        self._reports += 1
        run_id = f"run-{self.boots}"
        self._post("/v1/reports", report(self._reports, play, run_id=run_id, boot=self.boot.boot_id))

    def _post(self, path: str, body: dict[str, Any]) -> None:
        answer = requests.post(self.box_url + path, json=body, headers=self._headers(), timeout=(3, 10))
        assert answer.ok, answer.text

    def _headers(self) -> dict[str, str]:
        token = (self.folder / "box" / "token").read_text(encoding="utf-8").strip()
        return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    if lacking := why_no_machine():
        pytest.fail(lacking)
    # A channel's encoder is waited for with a sleep, which libfaketime refuses.
    set_up(tmp_path, with_channel=False)
    held = Village(tmp_path)
    yield held
    if held.boot is not None:
        held.boot.agent.kill()
    held.city.stop()


def wait_until(is_so: Callable[[], bool], within_s: float = 20.0) -> None:
    end = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.1)


def test_a_box_in_1970_with_a_jumping_clock_has_its_hours_in_the_right_month(village: Village) -> None:
    village.network()
    village.starts(at(3, 10))
    village.enrol()
    known = village.ask("/v1/status")["clock"]["utc"]
    starts = {1_501: village.watches(0, 1_501)}
    # Had CLOCK_BOOTTIME followed the jumps, the box's own idea of the time would be years off by now.
    passed = datetime.fromisoformat(village.ask("/v1/status")["clock"]["utc"]) - datetime.fromisoformat(known)
    assert 0 <= passed.total_seconds() < 30
    village.delivers()
    village.power_cut()

    for boot, day in enumerate((12, 15, 18), start=1):
        village.no_network()
        village.starts(at(3, day))
        village.watches(0, 1_600 + boot, leaves=False)
        village.power_cut()

    # Three boots later it gets a clock, in the middle of the evening; then the power goes, and comes back.
    village.starts(at(3, 20))
    record = village.ask("/v1/record?month=2027-03")
    assert (record["effective_ms"], record["unplaced_ms"]) == (1_501, 1_601 + 1_602 + 1_603)
    starts[1_700] = village.watches(0, 1_700)
    village.network()
    village.delivers()
    starts[3_610] = village.watches(30 * MINUTE_MS, 1_710, leaves=False)
    village.power_cut()
    village.no_network()
    village.starts(at(3, 20) + 33 * MINUTE_MS)
    village.watches(0, 1_900)
    village.network()
    village.delivers()
    village.power_cut()

    # Around the end of a month nobody can say.
    village.no_network()
    village.starts(at(3, 30))
    village.watches(0, 2_100, leaves=False)
    village.power_cut()
    village.network()
    village.starts(at(4, 2))
    starts[2_200] = village.watches(0, 2_200)
    village.delivers()

    march, april = village.standing("2027-03"), village.standing("2027-04")
    assert sorted(march) == [1_501, 1_601, 1_602, 1_603, 1_700, 3_610]
    assert sorted(april) == [2_200]
    assert {ms for ms, one in march.items() if one["started_at"] is None} == {1_601, 1_602, 1_603}
    held = {**march, **april}
    errors = {
        ms: to_utc_ms(datetime.fromisoformat(held[ms]["started_at"])) - utc for ms, utc in starts.items()
    }
    assert max(abs(error) for error in errors.values()) <= village.anchor_error_ms() + ROUNDING_MS
    for month, hours_ms in (("2027-03", sum(march)), ("2027-04", sum(april))):
        drawn = village.at_the_city("report", "--month", month)
        own = village.ask(f"/v1/record?month={month}")
        assert drawn["city"]["total"] == own["effective_ms"] == hours_ms
        assert drawn["unplaced"]["effective_ms"] == own["unplaced_ms"] == 2_100
    _tell(village, errors)


def _tell(village: Village, errors: dict[int, int]) -> None:
    figures = {
        "boots": village.boots,
        "boots_without_a_clock": 4,
        "jumps": village.jumps,
        "start_error_ms_max": max(abs(error) for error in errors.values()),
        "anchor_error_ms_max": village.anchor_error_ms(),
        "misplaced_ms": 0,
        "unplaced_ms": 2_100,
    }
    FIGURES.parent.mkdir(parents=True, exist_ok=True)
    FIGURES.write_text(json.dumps(figures) + "\n", encoding="utf-8")
