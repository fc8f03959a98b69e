"""A box's life under traffic, as one program of its own that is recorded while it lives.

Two televisions open, watch, pause, leave and come back to courses, the platform takes runs, the time is
told, the box restarts, all drawn from a seed. What was told to anybody outside is marked.
"""

import hashlib
import json
import os
import random
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agent.stores.box import read_box
from agent.stores.delivery.outbox import settle, take_run
from study.anchor import Anchor, AnchorSource
from study.record import content
from study.units import Milliseconds
from tests.agent.television import Play, report
from tests.fakes.fake_clock import NOVEMBER_UTC_MS, FakeClock
from tests.torture.box import COURSES, TorturedBox, enrol_box, start_box

REPORT_EVERY_MS = 5_000


@dataclass
class Marks:
    """The file outside the box's folder in which the recording finds what was told to whom, and when."""

    file: int

    def mark(self, **said: Any) -> None:
        os.write(self.file, json.dumps(said).encode() + b"\n")


@dataclass
class Screen:
    """One television with the play that is on it."""

    name: str
    run_id: str
    seq: int = 0
    play: Play | None = None
    ended: list[Play] = field(default_factory=list)
    """Those whose end no report has told yet."""


class Life:
    """`live_one_step` is five seconds of it."""

    def __init__(self, folder: Path, marks: Marks, seed: int) -> None:
        self._folder = folder
        self._marks = marks
        self._chance = random.Random(seed)
        self._clock = FakeClock()
        self._plays = 0
        self._boots = 1
        self._screens = [Screen("tv-1", "run-1"), Screen("tv-2", "run-2")]
        self._box = self._started()
        enrol_box(self._box)
        self._mark_epoch()

    def live_one_step(self) -> None:
        self._clock.pass_ms(REPORT_EVERY_MS)
        for screen in self._screens:
            self._act(screen)
        self._tell()
        draw = self._chance.random()
        if draw < 0.08:
            self._deliver()
        elif draw < 0.11:
            self._hear_time()
        elif draw < 0.13:
            self._restart(reboot=self._chance.random() < 0.5)

    def end(self) -> None:
        self._box.database.close()

    def _act(self, screen: Screen) -> None:
        if screen.play is None:
            if self._chance.random() < 0.5:
                self._plays += 1
                item = f"{self._chance.choice(COURSES)}.1"
                screen.play = Play(f"{screen.run_id}-p{self._plays}", item, self._clock.mono_ms())
            return
        play, draw = screen.play, self._chance.random()
        if draw < 0.1:
            play.pause(REPORT_EVERY_MS)
        elif draw < 0.3 or not play.intervals or play.intervals[-1]["end_ms"] < play.now_ms:
            play.watch(REPORT_EVERY_MS)
        else:
            play.go_on(REPORT_EVERY_MS)
        if self._chance.random() < 0.15:
            play.leave()
            screen.ended.append(play)
            screen.play = None

    def _tell(self) -> None:
        for screen in self._screens:
            plays = [*screen.ended, *([screen.play] if screen.play else [])]
            if not plays:
                continue
            screen.seq += 1
            told_now = {play.play_id: play.media_ms for play in plays}
            self._marks.mark(begun=told_now)
            told = report(
                screen.seq, *plays, run_id=screen.run_id, terminal=screen.name, boot=self._clock.boot
            )
            self._box.take(told)
            self._marks.mark(acknowledged=told_now)
            screen.ended = []

    def _deliver(self) -> None:
        with self._box.database.writing() as tables:
            outgoing = take_run(tables, read_box(tables))
        if outgoing is None:
            return
        run = outgoing.run
        digests = {f"{run.epoch} {r.seq}": hashlib.sha256(content(r)).hexdigest() for r in run.records}
        self._marks.mark(sent=digests)
        if self._chance.random() < 0.8:
            with self._box.database.writing() as tables:
                settle(tables, outgoing.epoch_no, outgoing.first, outgoing.last, [], None)
            self._marks.mark(settled=list(digests))

    def _hear_time(self) -> None:
        now_ms = self._clock.mono_ms()
        utc_ms = NOVEMBER_UTC_MS + now_ms + self._chance.randint(-30_000, 30_000)
        self._box.hear_time(Anchor(self._clock.boot, now_ms, utc_ms, Milliseconds(50), AnchorSource.PLATFORM))

    def _restart(self, *, reboot: bool) -> None:
        """Ended in good order; the televisions' plays end with the boot."""
        self._box.database.close()
        if reboot:
            self._boots += 1
            self._clock.reboot(f"boot-{self._boots}")
            self._clock.pass_ms(1_000_000)
            self._screens = [Screen(s.name, f"{s.name}-run-{self._boots}") for s in self._screens]
        self._box = self._started()

    def _started(self) -> TorturedBox:
        return start_box(self._folder, self._clock)

    def _mark_epoch(self) -> None:
        with self._box.database.reading() as tables:
            [[epoch]] = tables.execute("SELECT epoch FROM epochs ORDER BY number DESC LIMIT 1").fetchall()
        self._marks.mark(epoch=epoch)


def main(folder: str, marks: str, seed: str, steps: str) -> None:
    file = os.open(marks, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    life = Life(Path(folder), Marks(file), int(seed))
    for _ in range(int(steps)):
        life.live_one_step()
    life.end()


if __name__ == "__main__":
    main(*sys.argv[1:])
