"""1080p on the real television while sixty phones come in, beside the same film without them."""

import argparse
import itertools
import os
import re
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import requests

from bench.playback_eyes import wait_until_moving
from bench.playback_films import FILMS, MAIN, make
from bench.playback_house import leave_course, stocked_house
from bench.playback_ours import BAR_GOES_S
from bench.playback_peers import STARTS_WITHIN_S, WARM_S
from bench.playback_sample import Sample, take_sample
from bench.result import Target, write_result
from bench.television import television
from demo.browser import FromAddress
from demo.display import RemoteAndEyes, virtual_display
from demo.home_screen import HomeScreen
from demo.house import House, free_port
from study.group.card import CardNumber, has_right_check_digit
from study.group_api import GROUP, GROUP_END

ROUNDS = 3
PHONES, SECONDS, LOOKS = 60, 30.0, 4
"""Each phone has checked in after a third of the time, and looks at its own page so often in the rest."""
TV = {"terminal": "tv-1"}
ANSWER_S_MAX = 1.0
"""After so long people press again."""


@dataclass
class Room:
    """What the phones of one film saw."""

    page: str = ""
    """Where the code leads to, on loopback."""
    answers_s: list[float] = field(default_factory=list)
    came: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def fill(self, seconds: float) -> None:
        """All phones come one after the other, and look at their page until the time is over."""
        ends_at = time.monotonic() + seconds
        with ThreadPoolExecutor(PHONES) as phones:
            list(phones.map(partial(self._come, seconds), range(PHONES)))
        time.sleep(max(0.0, ends_at - time.monotonic()))

    def _come(self, seconds: float, number: int) -> None:
        time.sleep(number * seconds / 3 / PHONES)
        front = self.page.rpartition("/")[0]
        with requests.Session() as phone:
            phone.trust_env = False
            phone.mount("http://", FromAddress(f"127.0.1.{number + 1}"))
            form = self._timed(phone, "GET", self.page)
            token = re.findall(r'name="form_token" value="([^"]+)"', form)[0]
            card = {"form_token": token, "card": card_of(number)}
            seen = self._timed(phone, "POST", f"{front}/check-in", data=card)
            with self._lock:
                self.came += "签到成功" in seen
            for _ in range(LOOKS):
                time.sleep(seconds / 2 / LOOKS)
                self._timed(phone, "GET", front + "/")

    def _timed(self, phone: requests.Session, method: str, url: str, **more: Any) -> str:
        began = time.monotonic()
        answer = phone.request(method, url, timeout=30, **more)
        with self._lock:
            self.answers_s.append(time.monotonic() - began)
        answer.raise_for_status()
        return answer.text


@dataclass
class Found:
    """The samples of all rounds."""

    alone: list[Sample] = field(default_factory=list)
    full: list[Sample] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)

    def targets(self) -> list[Target]:
        lost = max(frames_lost(sample) for sample in self.full)
        answers = [answer for room in self.rooms for answer in room.answers_s]
        return [
            Target("frames_lost", lost, 0, "less"),
            Target("phones_in", min(room.came for room in self.rooms), PHONES, "more"),
            Target("answer_p95_s", quantiles(answers, n=20)[-1], ANSWER_S_MAX, "less"),
        ]

    def as_json(self) -> dict[str, Any]:
        return {
            "alone": [sample.as_json() for sample in self.alone],
            "full": [sample.as_json() for sample in self.full],
            "answers_s": [
                {"median": round(median(room.answers_s), 4), "longest": round(max(room.answers_s), 4)}
                for room in self.rooms
            ],
        }


def frames_lost(sample: Sample) -> int:
    return (sample.frames or {})["lost"]


def card_of(number: int) -> str:
    """Of somebody who is in no roster."""
    cards = (CardNumber(f"{110_700_000_000 + number * 10 + digit}") for digit in range(10))
    return next(card for card in cards if has_right_check_digit(card))


def measure(house: House, display: str, course: int, room: Room | None) -> Sample:
    """A course from its beginning; with a `room`, its phones come in while it plays."""
    with television(house, display) as operator, RemoteAndEyes(display) as eyes:
        HomeScreen(operator, house).open_course(str(course))
        operator.press("Return")
        wait_until_moving(eyes, STARTS_WITHIN_S)
        time.sleep(max(WARM_S, BAR_GOES_S))
        if room is None:
            sample = take_sample(eyes, SECONDS)
        else:
            room.page = open_group(house)
            sample = take_sample(eyes, SECONDS, room.fill)
            house.ask_agent(GROUP_END, TV)
        return sample.counted(leave_course(operator, house))


def open_group(house: House) -> str:
    """Where its code leads to, on loopback."""
    plan = {**TV, "kind": "evening_school", "theme": "", "agenda": []}
    page: str | None = house.ask_agent(GROUP, plan)["group"]["page"]
    if page is None:
        raise RuntimeError("this machine is in no network, so the box has no page for phones")
    return re.sub(r"//[^:]+:", "//127.0.0.1:", page)


def run(rounds: int, folder: Path) -> Found:
    found, courses = Found(), itertools.count(1)
    shelf = dict.fromkeys(range(1, 2 * rounds + 1), MAIN.path)
    with virtual_display(folder / "xvfb.log") as display:
        house = stocked_house(folder, shelf, MAIN.path, display)
        settings = f"page_port = {free_port()}\n"
        (house.folder / "box" / "settings.toml").write_text(settings, encoding="utf-8")
        for turn in range(1, rounds + 1):
            found.alone.append(measure(house, display, next(courses), None))
            found.rooms.append(Room())
            found.full.append(measure(house, display, next(courses), found.rooms[-1]))
            for name, sample in (("alone", found.alone[-1]), ("full", found.full[-1])):
                print(f"round {turn} {name:6} {sample.as_json()}", flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    make(MAIN)
    load_before = os.getloadavg()
    with tempfile.TemporaryDirectory(dir=FILMS) as folder:
        found = run(rounds, Path(folder))
    raw = {
        "film": str(MAIN),
        "phones": PHONES,
        "measured": (
            f"{SECONDS:g} s of the film alone, then as long with a group study in which {PHONES} phones, "
            f"each at an address of its own, open the page, check in and look {LOOKS} times at their time; "
            "frames: the player's own count over the whole playback; cores: all processes of the box, X "
            "server included; the phones' own work, python, is on the same machine"
        ),
        **found.as_json(),
    }
    write_result("phones", rounds, load_before, found.targets(), raw)


if __name__ == "__main__":
    main()
