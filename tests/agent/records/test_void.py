"""A void record takes a number and counts nothing, whatever else becomes of its session."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database as Tables

from agent.records.report import Report
from agent.records.stored import record_of
from agent.records.void import refusal_in, void
from agent.stores.box import enrol
from agent.stores.dates.anchors import add_anchor
from agent.stores.delivery.epochs import begin
from agent.stores.delivery.outbox import put_in_place, record_as_made, record_at, settle
from agent.stores.delivery.reissue import OTHER_CONTENT, is_older, reissue
from agent.stores.disk.database import Database
from agent.stores.sessions.closing import begin_boot
from agent.stores.sessions.rejoining import is_joined
from agent.stores.sessions.sequel import part_sealed
from agent.stores.sessions.session_log import add_report
from study.anchor import Anchor, AnchorSource
from study.record import Refusal, StudyRecord
from study.units import BootId, Milliseconds, MonotonicMs, Seq
from tests.agent.stores.lived import STATION
from tests.agent.television import Play, report
from tests.fakes.fake_clock import NOVEMBER_UTC_MS

MINUTE = 60_000
STEPS = [
    "watch",
    "watch",
    "leave",
    "boot",
    "time",
    "poison",
    "one",
    "send",
    "stick",
    "office",
    "receipt",
    "epoch",
]

Key = tuple[int, int]


@dataclass
class City:
    """What the platform holds: the first content of each number, as `municipal.stores.records` judges it."""

    held: dict[Key, bytes] = field(default_factory=dict)

    def takes(self, key: Key, content: bytes) -> list[Refusal]:
        same = self.held.setdefault(key, content) == content
        return [] if same else [Refusal(Seq(key[1]), OTHER_CONTENT, "")]

    def counted_ms(self) -> int:
        studied = {key: r for key, data in self.held.items() if isinstance(r := record_of(data), StudyRecord)}
        last = {(key[0], r.replaces or r.seq): r for key, r in sorted(studied.items())}
        return sum(r.played_ms for r in last.values())


class Box:
    """One box, one course: watched, left, restarted, delivered by line or stick, salvaged."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.city = City()
        self.stick: dict[Key, bytes] = {}
        self.boots = self.told = self.plays = self.watched_ms = 0
        self.play: Play | None = None
        enrol(tables, STATION, "key-1")
        self.boot()

    def boot(self) -> None:
        """Two minutes after what was watched last: short enough to go on."""
        self.boots += 1
        self.began_utc_ms = NOVEMBER_UTC_MS + self.boots * 5 * MINUTE
        self.now_ms, self.play = MINUTE, None
        self.name = BootId(f"boot-{self.boots}")
        begin_boot(self.tables, self.name)

    def watch(self) -> None:
        if self.play is None:
            self.plays += 1
            self.play = Play(f"{self.plays:016x}", "5.1", self.now_ms)
            self.play.watch(0)
        self.play.go_on(10_000)
        self.watched_ms += 10_000
        self._tell(self.play)

    def leave(self) -> None:
        if self.play is not None:
            self.play.leave()
            self._tell(self.play)
            self.play = None

    def _tell(self, play: Play) -> None:
        self.told, self.now_ms = self.told + 1, play.now_ms + 1_000
        form = report(self.told, play, run_id=f"run-{self.name}", boot=self.name)
        add_report(self.tables, Report.model_validate(form))

    def time(self) -> None:
        mono_ms = MonotonicMs(self.now_ms)
        utc_ms, source = self.began_utc_ms + mono_ms, AnchorSource.PLATFORM
        add_anchor(self.tables, Anchor(self.name, mono_ms, utc_ms, Milliseconds(20), source))

    def _waiting(self) -> dict[Key, bytes]:
        sql = "SELECT epoch_no, seq, content FROM records WHERE state = 'waiting' ORDER BY epoch_no, seq"
        return {(row[0], row[1]): row[2] for row in self.tables.execute(sql).fetchall()}

    def poison(self) -> None:
        """The oldest record that waits stands alone in a request, and that is refused."""
        for epoch_no, seq in list(self._waiting())[:1]:
            record, refusal = record_at(self.tables, epoch_no, Seq(seq)), Refusal(Seq(seq), "poison", "毒")
            if refusal_in(record) is None:
                put_in_place(self.tables, epoch_no, void(refusal, record))
            elif not is_joined(record_as_made(self.tables, epoch_no, Seq(seq))):
                settle(self.tables, epoch_no, seq, seq, (), None)

    def one(self) -> None:
        """The oldest record that waits is delivered."""
        for key, content in list(self._waiting().items())[:1]:
            self._answer(key, self.city.takes(key, content))

    def send(self) -> None:
        while self._waiting():
            self.one()

    def _answer(self, key: Key, named: list[Refusal]) -> None:
        settle(self.tables, key[0], key[1], key[1], named, None)
        if is_older(self.tables, key[0], 0, named):
            reissue(self.tables, key[0])

    def export(self) -> None:
        self.stick = self._waiting()

    def office(self) -> list[tuple[Key, list[Refusal]]]:
        return [(key, self.city.takes(key, content)) for key, content in self.stick.items()]

    def receipt(self) -> None:
        for key, named in self.office():
            self._answer(key, named)

    def epoch(self) -> None:
        """As when a damaged database was salvaged while the television played on."""
        begin(self.tables)
        part_sealed(self.tables)

    def do(self, *steps: str) -> None:
        for step in steps:
            (self.export if step == "stick" else getattr(self, step))()


def done(database: Database, *steps: str) -> Box:
    """A box that has been through these, and has delivered in the end all that it has."""
    with database.writing() as tables:
        box = Box(tables)
        box.do(*steps, "leave", "boot", "send")
    return box


AT_HAND = "time send watch leave send "
"""A box that knows the time and has one delivered record of ten seconds."""


@pytest.mark.parametrize(
    ("steps", "counted_ms"),
    [
        # Void and rejoining: whichever of the two halves was refused, the one session counts once.
        ("time send watch boot poison send watch leave time", 20_000),
        ("time send watch boot watch leave poison send poison time", 20_000),
        ("time send watch boot watch leave send watch leave poison time", 30_000),
        ("time send watch boot watch leave stick poison office time", 20_000),
        ("time send watch boot watch leave send time one poison poison", 20_000),
        # The first went by stick before the line refused it: the platform holds it, not the void one.
        ("time send watch leave stick poison office send watch leave", 20_000),
        ("time send watch leave stick poison receipt watch epoch watch", 30_000),
        # Refused was the longer record of a session that goes on in a new epoch; what it said stays refused.
        (AT_HAND + "watch leave poison send watch epoch watch", 20_000),
        (AT_HAND + "watch leave poison poison watch epoch watch", 30_000),
    ],
)
def test_a_session_with_a_void_record_counts_once(database: Database, steps: str, counted_ms: int) -> None:
    box = done(database, *steps.split())
    assert box.city.counted_ms() == counted_ms <= box.watched_ms


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(st.sampled_from(STEPS), min_size=4, max_size=22))
def test_whatever_comes_together_nothing_counts_twice(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    database = Database(tmp_path_factory.mktemp("box") / "zhanxue.db")
    box = done(database, "time", "send", *steps)
    database.close()
    assert box.city.counted_ms() <= box.watched_ms
