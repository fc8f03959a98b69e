"""A year without a network: a box whose clock began in 1970, a dozen boots, a hundred sessions a day.

```
month      0         1         2    3         4         5  …  7         8 … 12
boots   ├──phone──┤├──phone──┤├──phone─┤ ├none┤ ├─phone─┤ … ├─none─┤ ├─phone …
                                        within month 3    over the end of month 6
```
What is true is kept beside what the box may know: it is written down by a calendar of its own, without
any code of the product.
"""

import random
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from study.anchor import Anchor, AnchorSource
from study.units import BootId, Milliseconds
from tests.agent.television import Play, report
from tests.fakes.fake_clock import FakeClock
from tests.torture.box import COURSES, LENGTH_MS, TorturedBox, enrol_box, start_box

PEKING = ZoneInfo("Asia/Shanghai")
DAY_MS = 86_400_000
_STARTED_MS = 5_000
_BOOTS = (
    ((0, 10), (1, 8), True),
    ((1, 9), (2, 14), True),
    ((2, 15), (3, 3), True),
    ((3, 5), (3, 24), False),
    ((3, 26), (5, 2), True),
    ((5, 3), (6, 9), True),
    ((6, 9), (6, 17), True),
    ((6, 19), (7, 12), False),
    ((7, 14), (8, 20), True),
    ((8, 21), (9, 27), True),
    ((9, 28), (11, 1), True),
    ((11, 2), (12, 8), True),
)
"""From and to which day of which month, counted from the first; and whether a phone tells the time."""


@dataclass(frozen=True, slots=True)
class TrueSession:
    """One session as it really was."""

    boot: str
    opened_ms: int
    started_utc_ms: int
    played_ms: int
    anchored: bool

    @property
    def effective_ms(self) -> int:
        """More than a fifth of the course, or nothing (bulletin of October 2023, note 2)."""
        return self.played_ms if 5 * self.played_ms > LENGTH_MS else 0

    @property
    def month(self) -> str:
        return _month(self.started_utc_ms)

    def near_month_end(self, ms: int) -> bool:
        """Whether so much earlier or later would be another month."""
        return _month(self.started_utc_ms - ms) != _month(self.started_utc_ms + ms)


@dataclass(frozen=True, slots=True)
class Year:
    """A box's year, as it really was."""

    first_month: datetime
    sessions: list[TrueSession]

    @property
    def hours(self) -> dict[str, int]:
        """Effective milliseconds by month."""
        found: dict[str, int] = {}
        for session in self.sessions:
            found[session.month] = found.get(session.month, 0) + session.effective_ms
        return found


def live_a_year(folder: Path, key_id: str, a_day: int, seed: int) -> Year:
    """Let a box in `folder` live through the year that ended some days ago, with its key enrolled."""
    chance = random.Random(seed)
    first = _first_month(datetime.now(PEKING))
    clock = FakeClock()
    year = Year(first, [])
    for number, (begin, end, anchored) in enumerate(_BOOTS):
        clock.reboot(str(uuid.UUID(int=chance.getrandbits(128))))
        clock.wall_ms = _STARTED_MS
        box = start_box(folder, clock)
        if number == 0:
            enrol_box(box, key_id)
        began_utc_ms = _utc_ms(first, *begin) - _STARTED_MS
        length_ms = _utc_ms(first, *end) - _utc_ms(first, *begin)
        year.sessions.extend(_live_a_boot(box, began_utc_ms, length_ms, a_day, chance, anchored=anchored))
        box.database.close()
    return year


def _live_a_boot(
    box: TorturedBox, began_utc_ms: int, length_ms: int, a_day: int, chance: random.Random, *, anchored: bool
) -> list[TrueSession]:
    boot, slot_ms = box.clock.boot, DAY_MS // a_day
    count = length_ms // slot_ms
    told_at = chance.randrange(count) if anchored else -1
    found = []
    for number in range(count):
        opened_ms = _STARTED_MS + number * slot_ms + chance.randrange(1_000)
        played_ms = chance.randrange(60_000, min(LENGTH_MS, slot_ms - 10_000))
        box.clock.pass_ms(opened_ms + played_ms - box.clock.mono_ms())
        box.take(_session(boot, opened_ms, played_ms, COURSES[number % len(COURSES)]))
        if number == told_at:
            now_ms = box.clock.mono_ms()
            box.hear_time(
                Anchor(boot, now_ms, began_utc_ms + now_ms, Milliseconds(1_000), AnchorSource.PHONE)
            )
        found.append(TrueSession(boot, opened_ms, began_utc_ms + opened_ms, played_ms, anchored))
    return found


def _session(boot: BootId, opened_ms: int, played_ms: int, course: str) -> dict[str, object]:
    """Courses in turn: coming back to one within ten minutes would go on with its session."""
    play = Play(f"{boot}-{opened_ms}", f"{course}.1", opened_ms)
    play.watch(played_ms)
    play.leave()
    return report(1, play, run_id=play.play_id, boot=boot)


def _month(utc_ms: int) -> str:
    return f"{datetime.fromtimestamp(utc_ms / 1000, PEKING):%Y-%m}"


def _first_month(now: datetime) -> datetime:
    """The month so long ago that month 12 is over its eighth day now."""
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    if now.day <= 9:
        first = (first - timedelta(days=1)).replace(day=1)
    return first.replace(year=first.year - 1)


def _utc_ms(first: datetime, month: int, day: int) -> int:
    years, months = divmod(first.month - 1 + month, 12)
    at = datetime(first.year + years, months + 1, 1, tzinfo=PEKING) + timedelta(days=day)
    return int(at.astimezone(UTC).timestamp() * 1000)
