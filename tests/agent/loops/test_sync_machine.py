"""Whatever happens on the way, what was recorded is what the platform holds, each once."""

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from agent.api.enrolment import enrol_box
from agent.clients.box_keys import BoxKeys
from agent.clients.municipal import MunicipalClient
from agent.clients.signing import Signer
from agent.loops.rotation import rotate
from agent.loops.sync import IDLE_S, Sync
from agent.records.outcome import Delivered
from agent.records.report import Report
from agent.records.stored import record_of
from agent.records.telling import Telling
from agent.settings import Settings
from agent.stores.box import read_box
from agent.stores.delivery.epochs import current
from agent.stores.delivery.outbox import refusals, run_from, waiting
from agent.stores.disk.database import Database
from agent.stores.sessions.session_log import add_report
from agent.stores.stick.receipts import compare_mark, settle_slice
from study.receipt import Taken
from study.record import Record, Refusal, chain_start, chained, content
from study.units import Seq
from study.wire import decode
from tests.agent.television import Play, report
from tests.fakes.fake_city import ACCOUNT, CODE, HANG_UP, Answer, FakeCity, running_city, said
from tests.fakes.fake_clock import FakeClock

EXAMPLES = int(os.environ.get("ZHANXUE_EXAMPLES", "12"))
"""A longer search is asked for by the environment."""
STEPS = 25
_HOUR_MS, _MINUTE_MS = 3_600_000, 60_000
_FAULTS: dict[str, Answer | None] = {
    "dropped before intake": HANG_UP,
    "dropped after intake": None,
    "500": said(500, "internal"),
    "503": said(503, "busy", Retry_After="30"),
    "429": said(429, "slow_down"),
    "401": said(401, "bad_signature"),
    "portal": (200, {}, b"<html>please log in</html>"),
    "bad gateway": (502, {}, b"<html>nginx</html>"),
}


class SyncMachine(RuleBasedStateMachine):
    """A box, a platform, and a line on which anything can go wrong."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        self._folder = Path(tempfile.mkdtemp(prefix="sync-machine-"))
        self._stack.callback(shutil.rmtree, self._folder)
        self._city = self._stack.enter_context(running_city())
        self._clock = FakeClock()
        self._settings = Settings(
            self._folder, self._city.url, retry_min_s=1.0, retry_max_s=60.0, spread_s=5.0
        )
        self._plays = 0
        self._now_ms = 0
        self._receipts: list[Taken] = []

    @initialize(remainder=st.integers(0, 6))
    def begin(self, remainder: int) -> None:
        """The platform refuses every seventh record, or none; it never changes its mind."""

        def refused(record: Record) -> Refusal | None:
            wrong = record.seq % 7 == remainder and remainder > 0
            return Refusal(record.seq, "bad_facts", "不对") if wrong else None

        self._city.refuse = refused
        self._start()
        enrol_box(self._database, self._client, self._clock, self._keys, ACCOUNT, CODE)

    def teardown(self) -> None:
        with self._stack:
            self._stack.callback(self._stop)
            self._all_arrives()

    def _start(self) -> None:
        self._database = Database(self._settings.database_file)
        self._client = MunicipalClient(self._city.url, self._clock, connect_s=20.0, read_s=20.0)
        self._keys = BoxKeys(self._settings.key_file)
        self._sync = Sync(
            self._database,
            self._client,
            self._clock,
            self._keys,
            self._settings,
            lambda _, ceiling: ceiling / 2,
            lambda: None,
        )

    def _stop(self) -> None:
        self._client.close()
        self._database.close()

    # ---- what happens in the room --------------------------------------------------------------------------

    @rule(count=st.integers(1, 8))
    def study(self, count: int) -> None:
        for _ in range(count):
            self._now_ms += _HOUR_MS
            self._watch("5.1", 10_000 + self._plays)

    @rule()
    def go_on(self) -> None:
        """The last session goes on: its record is replaced by another."""
        self._now_ms += _MINUTE_MS
        self._watch("5.1", 20_000 + self._plays)

    def _watch(self, item: str, ms: int) -> None:
        self._plays += 1
        play = Play(f"p{self._plays}", item, self._now_ms)
        play.watch(ms)
        play.leave()
        self._now_ms = play.now_ms
        told = report(1, play, run_id=f"run-{self._plays}")
        with self._database.writing() as tables:
            add_report(tables, Report.model_validate(told))

    # ---- what happens on the line --------------------------------------------------------------------------

    @rule()
    def turn(self) -> None:
        # On a line that the platform hangs up just now it is chance whether the box still tries it.
        self._client.close()
        self._clock.pass_ms(int(self._sync.handle_one_run() * 1000) % (100 * 1000))

    @rule(fault=st.sampled_from(sorted(_FAULTS)))
    def turn_with(self, fault: str) -> None:
        self._city.faults = [lambda: _FAULTS[fault]]
        self.turn()
        self._city.faults = []

    @rule(kept=st.floats(0, 1))
    def turn_with_a_reply_cut_short(self, kept: float) -> None:
        def cut(right: Answer) -> Answer:
            status, _, body = right
            return status, {"Content-Length": str(len(body))}, body[: int(len(body) * kept)]

        self._spoiled_turn(cut)

    @rule()
    def turn_with_a_reply_too_late(self) -> None:
        def late(right: Answer) -> Answer:
            self._clock.pass_ms(600_000)
            # Without its end, so that the box has to wait for more and sees that its time is over.
            return right[0], {"Content-Length": str(len(right[2]))}, right[2][:-1]

        self._spoiled_turn(late)

    def _spoiled_turn(self, spoil: Callable[[Answer], Answer | None]) -> None:
        self._city.spoil = spoil
        self.turn()
        self._city.spoil = None

    @precondition(lambda self: self._city.bodies)
    @rule(data=st.data())
    def an_old_request_comes_once_more(self, data: st.DataObject) -> None:
        body = data.draw(st.sampled_from(self._city.bodies))
        with self._database.reading() as tables:
            key_id = read_box(tables).key_id
        signer = Signer(self._keys.key, key_id or "", datetime.now(UTC))
        self._client.close()
        assert isinstance(self._client.send_run(body, signer, Telling(0)), Delivered)

    @rule()
    def network_changes(self) -> None:
        self._sync.network_changed()

    # ---- what happens to the machines ----------------------------------------------------------------------

    @rule()
    def agent_starts_anew(self) -> None:
        self._stop()
        self._start()

    @rule()
    def key_changes(self) -> None:
        rotate(self._database, self._client, self._clock, self._keys)

    @precondition(lambda self: self._city.held)
    @rule(data=st.data())
    def platform_is_restored_from_an_older_copy(self, data: st.DataObject) -> None:
        kept = data.draw(st.integers(0, max(self._city.held)))
        self._city.held = {seq: record for seq, record in self._city.held.items() if seq <= kept}
        self._city.refused = {seq: told for seq, told in self._city.refused.items() if seq <= kept}

    # ---- what goes by USB ----------------------------------------------------------------------------------

    @precondition(lambda self: self._waiting_seqs())
    @rule(data=st.data())
    def office_takes_a_stick(self, data: st.DataObject) -> None:
        """Some of what waits is carried there; the receipt is on its way back."""
        seqs = self._waiting_seqs()
        first = data.draw(st.sampled_from(seqs))
        last = data.draw(st.integers(first, first + 5))
        with self._database.reading() as tables:
            outgoing = run_from(tables, read_box(tables), current(tables).number, first, last)
        assert outgoing is not None
        refused = take_in(self._city, outgoing.run.records)
        mark = high_water(self._city)
        self._receipts.append(Taken(outgoing.run.epoch, outgoing.first, outgoing.last, mark, refused))

    @precondition(lambda self: self._receipts)
    @rule(data=st.data())
    def a_receipt_comes_back(self, data: st.DataObject) -> None:
        """However old it is, and whatever has become of the platform since."""
        taken = data.draw(st.sampled_from(self._receipts))
        self._receipts.remove(taken)
        with self._database.writing() as tables:
            number = current(tables).number
            settle_slice(tables, number, taken, taken.first, 0)
            compare_mark(tables, number, taken)

    # ---- what must be so -----------------------------------------------------------------------------------

    def _all_arrives(self) -> None:
        self._city.faults = []
        # One more delivery, by which the box sees how far the platform has come.
        self.study(1)
        for _ in range(2):
            self._deliver_all()
        with self._database.reading() as tables:
            rows = tables.execute("SELECT seq, content, state FROM records ORDER BY seq").fetchall()
            refused = {refusal.seq for refusal in refusals(tables)}
        assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
        recorded = {row[0]: bytes(row[1]) for row in rows if row[2] == "delivered"}
        assert {seq: content(record) for seq, record in self._city.held.items()} == recorded
        assert refused == {row[0] for row in rows if row[2] == "refused"}
        assert refused.isdisjoint(self._city.held)
        assert refused <= self._city.refused.keys()
        self._chain_holds({row[0]: bytes(row[1]) for row in rows})

    def _deliver_all(self) -> None:
        for _ in range(200):
            wait_s = self._sync.handle_one_run()
            with self._database.reading() as tables:
                if wait_s == IDLE_S and waiting(tables) == 0:
                    return
            self._clock.pass_ms(int(wait_s * 1000) + 1)
        raise AssertionError("never idle")

    def _chain_holds(self, contents: dict[int, bytes]) -> None:
        for body in self._city.bodies:
            run = decode(body)
            before = chain_start(run.station, run.epoch)
            before = chained(before, [record_of(contents[seq]) for seq in range(1, run.records[0].seq)])
            assert run.before == before

    def _waiting_seqs(self) -> list[Seq]:
        with self._database.reading() as tables:
            rows = tables.execute("SELECT seq FROM records WHERE state = 'waiting' ORDER BY seq").fetchall()
        return [Seq(row[0]) for row in rows]


def take_in(city: FakeCity, records: tuple[Record, ...]) -> tuple[Refusal, ...]:
    """What the platform does with records by whatever road they come."""
    refused = []
    for record in records:
        if record.seq in city.held:
            continue
        if (refusal := city.refuse(record)) is not None:
            city.refused[record.seq] = refusal
            refused.append(refusal)
        else:
            city.held[record.seq] = record
    return tuple(refused)


def high_water(city: FakeCity) -> int:
    known = city.held.keys() | city.refused.keys()
    return next(seq for seq in range(1, len(known) + 2) if seq not in known) - 1


def test_what_was_recorded_is_what_the_platform_holds_each_once() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        SyncMachine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            suppress_health_check=list(HealthCheck),
        ),
    )
