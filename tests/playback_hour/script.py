"""What the viewer does in an hour: pauses, seeks, looks at the bar, loses the line, leaves and comes back."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from demo.display import RemoteAndEyes
from demo.home_screen import HomeScreen
from demo.house import House
from demo.operator import Operator, StoryError
from tests.playback_hour import counter
from tests.playback_hour.film import FRAMES_PER_S
from tests.playback_hour.sampler import boottime_ms
from tests.playback_hour.station import LIVE, freeze_city, thaw_city

MOVES_WITHIN_S = 60.0
CALM_S = (3.0, 12.0)
PAUSE_S, FREEZE_S, OUTAGE_S, AWAY_S = (0.5, 12.0), (20.0, 32.0), (1.0, 9.0), (1.0, 8.0)
NEAR_END = 0.7
SPEEDS = ("0.75", "1", "1.25", "1.5", "2")
LIVE_EVERY, TO_THE_END_EVERY = 4, 5
"""Every fourth play is of the live channel, every fifth one goes on to the end of its course."""
PRESSES_ACROSS, END_COMES_S = 20, 9.0
PLAY_S, LEAST_PLAY_S = (100.0, 260.0), 30.0
TROUBLES_MAX = 5


@dataclass(frozen=True, slots=True)
class Deed:
    """Something the script did, when, on the clock of watch intervals."""

    at_ms: float
    what: str


@dataclass
class Viewer:
    """Holds the remote and the city's plug; a seed repeats the same evening, give or take the waiting."""

    house: House
    operator: Operator
    remote: RemoteAndEyes
    film_s: int
    courses: int
    random: random.Random
    tell: Callable[[str], None]
    deeds: list[Deed] = field(default_factory=list)

    def watch(self, seconds: float) -> None:
        """One play after the other until the time is over. Raises StoryError when nothing works any more."""
        end_s = time.monotonic() + seconds
        number = troubles = 0
        while time.monotonic() < end_s:
            number += 1
            wish_s = self.random.uniform(*PLAY_S)
            try:
                self._one_play(number, min(wish_s, max(LEAST_PLAY_S, end_s - time.monotonic())))
            except StoryError as trouble:
                troubles += 1
                self._do(f"trouble: {trouble}")
                self.tell(f"出了岔子，接着下一次：{trouble}")
                if troubles > TROUBLES_MAX:
                    raise
                self._home()

    def _one_play(self, number: int, seconds: float) -> None:
        home = HomeScreen(self.operator, self.house)
        live = number % LIVE_EVERY == LIVE_EVERY - 1
        course = str(1 + number % self.courses)
        self.tell(f"第 {number} 次：{'直播' if live else f'第 {course} 课'}，约 {seconds:.0f} 秒")
        if live:
            home.find(f"live:{LIVE}")
        else:
            home.open_course(course)
        self._press("open", "Return")
        self.operator.wait_for_screen("player")
        self._until_moving()
        end_s = time.monotonic() + seconds
        while time.monotonic() < end_s and not self._at_a_card:
            self._calm()
            self._one_deed(live)
        self._calm()
        if not live and not self._at_a_card and number % TO_THE_END_EVERY == 0:
            self._to_the_end()
        self._press("leave", "End")
        self._home()

    def _one_deed(self, live: bool) -> None:
        deeds = {self._pause: 4, self._bar: 2, partial(self._freeze, live): 1, self._outage: 1}
        if not live:
            deeds |= {
                self._seek: 4,
                self._leave_for_a_while: 1,
                self._change_speed: 2,
            }
        (deed,) = self.random.choices(list(deeds), list(deeds.values()))
        self._until_moving()  # live is lost once more now and then, and the key that pauses tries again
        deed()
        self._until_moving()

    # ── deeds ──

    def _pause(self) -> None:
        self._press("pause", "space")
        time.sleep(self.random.uniform(*PAUSE_S))
        self._press("resume", "space")

    def _seek(self) -> None:
        frame = self._frame()
        forward = frame is None or frame < NEAR_END * self.film_s * FRAMES_PER_S
        if forward and self.random.random() < 0.3:
            forward = False
        presses = self.random.randint(1, 3)
        for _ in range(presses):
            self._press("seek", "Right" if forward else "Left")
        time.sleep(1.0)

    def _bar(self) -> None:
        self._press("bar", "Up")

    def _change_speed(self) -> None:
        """By the player's menu, whose first row it is where there is one episode only."""
        speed = self.random.choice(SPEEDS)
        self._press("menu", "F1")
        self.operator.wait(lambda: self.operator.focus.startswith("speed:"), "no speeds in the menu", 10)
        further = SPEEDS.index(speed) - SPEEDS.index(self.operator.focus.removeprefix("speed:"))
        self.operator.press("Right" if further > 0 else "Left", abs(further))
        self._press(f"speed {speed}", "Return")
        time.sleep(self.random.uniform(0.5, 2.0))
        self._press("menu closed", "Escape")

    def _freeze(self, live: bool) -> None:
        self._do("freeze")
        freeze_city(self.house)
        try:
            if not live and self.random.random() < 0.5:
                time.sleep(1.0)
                self._seek()  # to where nothing is buffered
            time.sleep(self.random.uniform(*FREEZE_S))
        finally:
            self._do("thaw")
            thaw_city(self.house)

    def _outage(self) -> None:
        self._do("city killed")
        self.house.city.kill()
        time.sleep(self.random.uniform(*OUTAGE_S))
        self._do("city back")
        self.house.start_city()

    def _leave_for_a_while(self) -> None:
        self._press("leave", "End")
        self.operator.wait_for_screen("course")
        time.sleep(self.random.uniform(*AWAY_S))
        self.operator.wait(lambda: self.operator.focus == "button:play", "no button to play on", 20)
        self._press("open", "Return")
        self.operator.wait_for_screen("player")

    def _to_the_end(self) -> None:
        """A long run of presses leads two seconds before the end."""
        for _ in range(PRESSES_ACROSS):
            self._press("seek to the end", "Right")
        time.sleep(END_COMES_S)

    # ── means ──

    def _press(self, what: str, key: str) -> None:
        self._do(what)
        self.operator.press(key)

    def _do(self, what: str) -> None:
        self.deeds.append(Deed(boottime_ms(), what))

    def _calm(self) -> None:
        time.sleep(self.random.uniform(*CALM_S))

    def _frame(self) -> int | None:
        return counter.frame_of(self.remote.look(*counter.ROW))

    @property
    def _at_a_card(self) -> bool:
        """The course has ended, or cannot go on."""
        return self.operator.focus.startswith("card:")

    def _until_moving(self) -> None:
        """Until three different frames were seen in a row, or there are no more."""
        looks: list[int | None] = [self._frame()]

        def moving() -> bool:
            if self._at_a_card:
                self._do("card")
                return True
            time.sleep(0.1)
            looks.append(self._frame())
            return None not in looks[-3:] and len(set(looks[-3:])) == 3

        self.operator.wait(moving, "the picture does not move", MOVES_WITHIN_S)

    def _home(self) -> None:
        for _ in range(4):
            time.sleep(0.5)
            if self.operator.screen == "home":
                return
            self.operator.press("Escape")
        self.operator.wait_for_screen("home")
