"""An evening of thirty people: two courses, a live talk, a power cut in the middle, three who leave early."""

import json
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from demo.programs import command
from study import group_api
from study.group.card import CardNumber, has_right_check_digit
from tests.agent.television import Play
from tests.fakes.fake_city import STATION
from tests.journeys.village import Village, at, wait_until

FIGURES = Path(__file__).parents[2] / "build" / "journeys" / "evening.json"
PEOPLE, LEAVING, LATE = 30, 3, 2
TALK = "L1@1804680000000"
TV = {"terminal": "tv-1"}
OFF_MS = 250
"""A check's own time lies between question and answer; the sums of thirty are exact to that, each."""


def card(n: int) -> str:
    """With its check digit."""
    return next(
        number for digit in range(10) if has_right_check_digit(CardNumber(number := f"1107{n:05}{digit}"))
    )


@dataclass
class Script:
    """What happens, as the one who makes it happen notes it: real time in ms of the running boot."""

    village: Village
    members: list[str]
    plays: list[tuple[int, int, int]] = field(default_factory=list)
    """(boot, begin, end)."""
    came: dict[str, tuple[int, int]] = field(default_factory=dict)
    left: dict[str, tuple[int, int]] = field(default_factory=dict)

    def now(self) -> tuple[int, int]:
        assert self.village.boot is not None
        return self.village.boots, self.village.boot.mono_ms()

    def asks(self, path: str, **body: Any) -> dict[str, Any]:
        return dict(self.village.post(path, {**TV, **body}))

    def comes(self, *people: str) -> None:
        for one in people:
            reply = self.asks(group_api.GROUP_CHECK_INS, digits=one[-6:], member_id=None)
            assert reply["outcome"] == "in", reply
            self.came[one] = self.now()

    def leaves(self, *people: str) -> None:
        going_on = self.village.ask(f"{group_api.GROUP}?terminal=tv-1")["group"]["attendees"]
        ids = {one["digits"]: one["member_id"] for one in going_on}
        for one in people:
            self.asks(group_api.GROUP_CHECK_OUTS, member_id=ids[one[-4:]])
            self.left[one] = self.now()

    def plays_on(self, item: str, ms: int, kind: str = "vod", *, cut: bool = False) -> None:
        """In real time, told as the television tells it."""
        boot, begin = self.now()
        play = Play(f"{boot}-{begin}", item, begin, kind)
        play.watch(ms)
        time.sleep(ms / 1000)
        if not cut:
            play.leave()
        self.village.tell(play)
        self.plays.append((boot, begin, begin + ms))

    def person_ms(self, one: str) -> int:
        """What the script says that somebody studied."""
        came, left = self.came[one], self.left.get(one, (99, 0))
        total = 0
        for boot, begin, end in self.plays:
            starts = max(begin, came[1]) if came[0] == boot else begin
            ends = min(end, left[1]) if left[0] == boot else end
            if came[0] <= boot <= left[0]:
                total += max(0, ends - starts)
        return total


def test_thirty_people_two_courses_a_talk_and_a_power_cut(village: Village, tmp_path: Path) -> None:
    village.network()
    village.starts(at(3, 10, 19))
    village.enrol()
    people = [card(n) for n in range(PEOPLE)]
    names = [f"诸葛测试{n:02}" for n in range(PEOPLE)]
    _import(village, tmp_path, people, names)
    script = Script(village, people)

    group = script.asks(
        group_api.GROUP, kind="evening_school", theme="秋收后的田间管理", agenda=["5.1", TALK]
    )["group"]
    assert group["kind_words"] == "农民夜校"
    script.comes(*people[LATE:])
    script.plays_on("5.1", 2_000)
    script.comes(*people[:LATE])
    script.plays_on("5.1", 1_500, cut=True)
    village.no_network()
    village.power_cut()

    village.starts(at(3, 10, 19) + 5 * 60_000)
    going_on = village.ask(f"{group_api.GROUP}?terminal=tv-1")["group"]
    assert (going_on["goes_on_from_earlier"], going_on["present"]) == (True, PEOPLE)
    script.plays_on("5.1", 1_200)
    script.leaves(*people[-LEAVING:])
    script.plays_on(TALK, 1_800, "live")
    ended = script.asks(group_api.GROUP_END)["group"]
    assert ended["present"] == PEOPLE - LEAVING
    village.network()
    wait_until(lambda: bool(_groups(village)))
    village.delivers()
    # The clock that came with the network joins the two halves of the course: the record is made anew.
    wait_until(lambda: [one["stands"] for one in _groups(village)].count(True) == 1)

    studied = sum(end - begin for _, begin, end in script.plays)
    [held] = [one for one in _groups(village) if one["stands"]]
    report = village.at_the_city("report", "--month", "2027-03")
    assert report["city"]["total"] == held["effective_ms"] == studied
    assert (held["people"], held["kind"]) == (PEOPLE, "evening_school")
    told = sorted(one["person_ms"] for one in _people(village))
    wanted = sorted(script.person_ms(one) for one in people)
    errors = [abs(a - b) for a, b in zip(told, wanted, strict=True)]
    assert max(errors) <= OFF_MS
    assert told.count(studied) == PEOPLE - LEAVING - LATE
    assert held["person_ms"] == sum(told)

    secrets = [*names, *people]
    assert found_in(tmp_path, secrets) == []
    figures = {"people": PEOPLE, "studied_ms": studied, "person_ms": sum(told), "error_ms_max": max(errors)}
    FIGURES.parent.mkdir(parents=True, exist_ok=True)
    FIGURES.write_text(json.dumps(figures) + "\n", encoding="utf-8")


def _import(village: Village, folder: Path, people: list[str], names: list[str]) -> None:
    sheet = folder / "花名册.csv"
    lines = [f"{name},{number}" for name, number in zip(names, people, strict=True)]
    sheet.write_text("姓名,学习卡号\n" + "\n".join(lines) + "\n", encoding="utf-8")
    where = ["--data-dir", str(folder / "box"), "--port", village.box_url.rsplit(":", 1)[1]]
    done = subprocess.run(
        [command("zhanxue-agent"), "roster", "import", str(sheet), *where],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    sheet.unlink()


def _groups(village: Village) -> list[dict[str, Any]]:
    told = village.at_the_city("groups", "--station", STATION["number"], "--month", "2027-03")
    return list(told["groups"])


def _people(village: Village) -> list[dict[str, Any]]:
    told = village.at_the_city("people", "--station", STATION["number"], "--month", "2027-03")
    return list(told["people"])


def found_in(folder: Path, secrets: list[str]) -> list[str]:
    """Where on either side any of them stands as it is: databases, their logs, journals, parcels."""
    wanted = [secret.encode() for secret in secrets]
    held = ((file.name, file.read_bytes()) for file in folder.rglob("*") if file.is_file())
    return [name for name, data in held if any(one in data for one in wanted)]
