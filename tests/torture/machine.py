"""A hypothesis state machine of box and platform: any order of watching, faults, cuts and reboots."""

import logging
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from agent.api.enrolment import enrol_box
from agent.clients.box_keys import BoxKeys
from agent.clients.municipal import MunicipalClient
from agent.loops.sync import Sync
from agent.settings import Settings
from agent.stores.delivery.outbox import waiting
from municipal.database import select
from municipal.tables import records
from tests.agent.television import Play, report
from tests.fakes.fake_clock import FakeClock
from tests.municipal.city import CODE, running_city
from tests.torture.box import TorturedBox, start_box
from tests.torture.power_cut import fast_folder
from tests.torture.proxy import FAULTS, Fate, Plan, Proxy
from tests.torture.result import PartResult

Tell = Callable[[str], None]
TURNS_MAX = 200
_ITEMS = st.sampled_from(("5.1", "6.1", "L1"))
_SOME_MS = st.integers(1, 4 * 3_600_000)
# The platform lives in this process: what a kill of it does to an exchange is done by losing one side of it.
_FATES = st.sampled_from([fate for fate in FAULTS if fate not in (Fate.DIED_BEFORE, Fate.DIED_AFTER)])


class Conservation(RuleBasedStateMachine):
    """At the end what was watched is what the platform holds, to the millisecond, and at no time more."""

    tried: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        self._folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(dir=fast_folder())))
        (self._folder / "city").mkdir()
        self._city = self._stack.enter_context(running_city(self._folder / "city"))
        self._plan = Plan(1, share=0.0, tried=self.tried)
        self._proxy = self._stack.enter_context(Proxy(int(self._city.url.rpartition(":")[2]), self._plan))
        self._clock = FakeClock()
        self._starts = self._boots = self._plays = 0
        self._box = self._started(self._folder / "box-0")
        enrol_box(self._box.database, self._client, self._clock, self._keys, "v1", CODE)
        self._open: Play | None = None
        self._told: list[dict[str, object]] = []
        self._watched: dict[str, int] = {}

    @precondition(lambda self: self._open is None)
    @rule(item=_ITEMS)
    def open(self, item: str) -> None:
        self._plays += 1
        kind = "live" if item == "L1" else "vod"
        self._open = Play(f"p{self._plays}", item, self._clock.mono_ms(), kind)

    @precondition(lambda self: self._open is None)
    @rule(item=_ITEMS, ms=_SOME_MS, fate=_FATES)
    def study(self, item: str, ms: int, fate: Fate) -> None:
        """A whole session, and a delivery of it that goes wrong."""
        self.open(item)
        self.watch(ms, new=True)
        self.leave()
        self.deliver_badly(fate)

    @precondition(lambda self: self._open is not None)
    @rule(ms=_SOME_MS, new=st.booleans())
    def watch(self, ms: int, new: bool) -> None:
        assert self._open is not None
        self._clock.pass_ms(ms)
        if new or not self._open.intervals:
            self._open.watch(ms)
        else:
            self._open.go_on(ms)
        self._tell()

    @precondition(lambda self: self._open is not None)
    @rule()
    def leave(self) -> None:
        assert self._open is not None
        self._open.leave()
        self._tell()
        self._open = None

    @precondition(lambda self: self._told)
    @rule(data=st.data())
    def tell_again(self, data: st.DataObject) -> None:
        """An earlier report comes once more, however late."""
        self._box.take(data.draw(st.sampled_from(self._told)))

    @rule(ms=st.integers(1, 20 * 60_000))
    def wait(self, ms: int) -> None:
        self._clock.pass_ms(ms)
        if self._open is not None:
            self._open.pause(ms)

    @rule(fate=_FATES)
    def deliver_badly(self, fate: Fate) -> None:
        self._plan.fates, self._plan.share = (fate,), 1.0
        self._turn()
        self._plan.heal()

    @rule()
    def deliver(self) -> None:
        self._turn()

    @rule(reboot=st.booleans())
    def lose_power(self, reboot: bool) -> None:
        """The folder as it is now, without any goodbye, is what the next start finds."""
        self.tried["断电重启"] += 1
        self._starts += 1
        to = self._folder / f"box-{self._starts}"
        shutil.copytree(self._box.folder, to)
        self._stop()
        if reboot:
            self._boots += 1
            self._clock.reboot(f"boot-{self._boots}-later")
            self._open = None
            self._told = []
        self._box = self._started(to)

    @invariant()
    def nothing_is_doubled(self) -> None:
        assert self._held_ms() <= sum(self._watched.values())

    def teardown(self) -> None:
        try:
            if self._open is not None:
                self.leave()
            self._proxy.wait_for_late()
            self._silence()
            for _ in range(TURNS_MAX):
                self._turn()
                if not self._waiting():
                    break
            assert self._waiting() == 0
            assert self._held_ms() == sum(self._watched.values())
        finally:
            self._stop()
            self._stack.close()

    def _tell(self) -> None:
        assert self._open is not None
        told = report(len(self._told) + 1, self._open, run_id=f"run-{self._boots}", boot=self._clock.boot)
        self._box.take(told)
        self._told.append(told)
        self._watched[self._open.play_id] = sum(i["end_ms"] - i["start_ms"] for i in self._open.intervals)

    def _silence(self) -> None:
        """Plays that nobody goes on with are closed."""
        self._clock.pass_ms(10 * 60_000)
        self._box.closing.handle_one_look()

    def _turn(self) -> None:
        wait_s = self._sync.handle_one_run()
        # As long as a full wait would take, so that the next turn tries again.
        if wait_s < 3_600:
            self._clock.pass_ms(int(wait_s * 1000) + 1)
            if self._open is not None:
                self._open.pause(int(wait_s * 1000) + 1)

    def _started(self, folder: Path) -> TorturedBox:
        folder.mkdir(exist_ok=True)
        held = Settings(folder, self._proxy.url, spread_s=0.0, retry_min_s=1.0, retry_max_s=4.0)
        self._client = MunicipalClient(self._proxy.url, self._clock, connect_s=2.0, read_s=2.0)
        self._keys = BoxKeys(held.key_file)
        box = start_box(folder, self._clock)
        self._sync = Sync(
            box.database, self._client, self._clock, self._keys, held, lambda _, most: most, lambda: None
        )
        return box

    def _stop(self) -> None:
        self._box.database.close()
        self._client.close()

    def _waiting(self) -> int:
        with self._box.database.reading() as tables:
            return waiting(tables)

    def _held_ms(self) -> int:
        with self._city.database.reading() as connection:
            return sum(row.played_ms for row in connection.execute(select(records).where(records.c.stands)))


def torture(*, short: bool, tell: Tell, seed: int = 1) -> PartResult:
    """So many lives of some fifty steps; a failure is shrunk to its shortest form."""
    result = PartResult("machine", "守恒状态机")
    lives = 6 if short else 60
    how = settings(
        max_examples=lives,
        stateful_step_count=20 if short else 50,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    Conservation.tried.clear()
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        run_state_machine_as_test(_seeded(seed), settings=how)
    except Exception as error:  # noqa: BLE001  whatever breaks out of the box's code is a find
        result.faults.append("\n".join([repr(error), *getattr(error, "__notes__", ())]))
    finally:
        logging.disable(level)
    result.tried = {"状态机轮次": lives, **Conservation.tried}
    tell(f"守恒状态机：{lives} 轮，{sum(Conservation.tried.values())} 次往来和断电")
    return result


def _seeded(number: int) -> type[Conservation]:
    return seeded(number)(Conservation)
