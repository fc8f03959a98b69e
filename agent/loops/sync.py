"""Sync: brings the outbox to the platform, one run a turn."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from agent.clients.box_keys import BoxKeys
from agent.clients.municipal import MunicipalClient
from agent.clients.signing import Signer
from agent.clock import Clock
from agent.errors import CityError, DeclinedError
from agent.loops.retrying import retry_s
from agent.loops.rotation import finish
from agent.loops.signer import signer_of
from agent.records.anchoring import TimeTold
from agent.records.outcome import Delivered, Outcome, Refused, TryLater, outcome_of
from agent.records.slot import offset_s
from agent.records.telling import Telling
from agent.records.void import refusal_in, void
from agent.settings import Settings
from agent.stores.box import Box, read_box
from agent.stores.dates.anchors import add_anchor
from agent.stores.dates.moments import utc_ms_of
from agent.stores.delivery.outbox import (
    Outgoing,
    follow_mark,
    note_delivery,
    note_failure,
    put_in_place,
    read_delivery,
    record_as_made,
    settle,
    split_run,
    take_run,
    waiting,
)
from agent.stores.delivery.reissue import is_older, reissue
from agent.stores.disk.database import Database, Tables
from agent.stores.sessions.rejoining import is_joined
from study.health import Health
from study.record import Refusal
from study.station import Station

log = logging.getLogger(__name__)

IDLE_S = 3_600.0
"""With nothing to send the loop sleeps until it is kicked."""


@dataclass(frozen=True, slots=True)
class Sending:
    """How far an upload has come."""

    done: int
    total: int


class Sync:
    """One box delivering its records; `handle_one_run` is one turn."""

    def __init__(
        self,
        database: Database,
        client: MunicipalClient,
        clock: Clock,
        keys: BoxKeys,
        settings: Settings,
        draw: Callable[[float, float], float],
        when_delivered: Callable[[], None],
        health: Callable[[], Health | None] = lambda: None,
    ) -> None:
        self._database = database
        self._client = client
        self._clock = clock
        self._keys = keys
        self._settings = settings
        self._draw = draw
        self._when_delivered = when_delivered
        self._health = health
        self._not_before_ms = 0
        self._slot_ms: int | None = None
        self._asked_to_wait = False
        self._call_again_s = settings.catalogue_every_s
        self.sending: Sending | None = None

    def call_again_s(self) -> float:
        """When the platform wants to hear from this box again, as it last said."""
        return self._call_again_s

    @property
    def next_try_s(self) -> float:
        """In how many seconds a delivery may be tried again; 0 for at once."""
        return max(0.0, (self._not_before_ms - self._clock.mono_ms()) / 1000)

    def network_changed(self) -> None:
        """Try in the station's next slot, unless the platform itself asked to wait."""
        if not self._asked_to_wait:
            self._not_before_ms = 0
            self._slot_ms = None

    def handle_one_run(self) -> float:
        """Deliver one run. Returns the seconds until the next turn is worth while."""
        rest_s = (self._not_before_ms - self._clock.mono_ms()) / 1000
        if rest_s > 0:
            return rest_s
        with self._database.reading() as tables:
            box, backlog = read_box(tables), waiting(tables)
            is_dated = utc_ms_of(tables, self._clock.boot, self._clock.mono_ms()) is not None
        if (wait_s := self._finish_rotation()) is not None:
            return wait_s
        if box.station is None or backlog == 0:
            self.sending = self._slot_ms = None
            return IDLE_S
        if (rest_s := self._until_slot_s(box.station)) > 0:
            return rest_s
        if not is_dated and (wait_s := self._ask_time()) is not None:
            return wait_s
        return self._deliver_next(box)

    def _until_slot_s(self, station: Station) -> float:
        """The first delivery after a rest waits for the station's slot; those behind it follow on."""
        now_ms = self._clock.mono_ms()
        if self._slot_ms is None:
            self._slot_ms = now_ms + int(offset_s(station.number, self._settings.spread_s) * 1000)
        return (self._slot_ms - now_ms) / 1000

    def _finish_rotation(self) -> float | None:
        try:
            finish(self._database, self._client, self._clock, self._keys)
        except DeclinedError as error:
            log.warning("the change of keys does not go on: %s", error.words)
        except CityError as error:
            return self._failed(outcome_of(error), None)
        except OSError as error:
            log.warning("the new key cannot be kept: %s", error)
        return None

    def _ask_time(self) -> float | None:
        """Know the time before the first run of a boot, so that its anchor travels with it."""
        try:
            told = self._client.health()
        except CityError as error:
            return self._failed(outcome_of(error), None)
        self._note_time(told)
        return None

    def _deliver_next(self, box: Box) -> float:
        with self._database.writing() as tables:
            outgoing = take_run(tables, box)
            backlog = waiting(tables)
        signer = signer_of(self._database, self._clock, self._keys)
        if outgoing is None or signer is None:
            return IDLE_S
        done = self.sending.done if self.sending is not None else 0
        self.sending = Sending(done, done + backlog)
        telling = Telling(backlog - len(outgoing.run.records), self._health())
        return self._handle(outgoing, signer, self._client.send_run(outgoing.body, signer, telling))

    def _handle(self, outgoing: Outgoing, signer: Signer, outcome: Outcome) -> float:
        match outcome:
            case Delivered():
                return self._settled(outgoing, outcome)
            case Refused(code, words):
                log.warning("records %s–%s refused: %s %s", outgoing.first, outgoing.last, code, words)
                with self._database.writing() as tables:
                    is_apart = _take_apart(tables, outgoing, Refusal(outgoing.first, code, words))
                return 0.0 if is_apart else self._failed(outcome, outgoing)
            case TryLater() if signer.key is not self._keys.key:
                # The key was changed while the run was under way: no failure, the next try is signed anew.
                return 0.0
            case TryLater():
                return self._failed(outcome, outgoing)

    def _settled(self, outgoing: Outgoing, outcome: Delivered) -> float:
        reply, run = outcome.reply, outgoing.run
        named = [] if reply is None else [Refusal(**entry) for entry in reply["refusals"]]  # type: ignore[arg-type]
        with self._database.writing() as tables:
            utc_ms = None if outcome.time is None else outcome.time.utc_ms
            settle(tables, outgoing.epoch_no, outgoing.first, outgoing.last, named, utc_ms)
            note_delivery(tables)
            if reply is not None:
                _compare(tables, outgoing, reply["high_water"], named)
            left = waiting(tables)
        log.info("delivered records %s–%s in %s bytes", outgoing.first, outgoing.last, len(outgoing.body))
        for refusal in named:
            log.warning("record %s refused: %s %s", refusal.seq, refusal.code, refusal.words)
        self._note_time(outcome.time)
        self._asked_to_wait = False
        if reply is not None:
            least, most = self._settings.retry_min_s, self._settings.catalogue_every_s
            self._call_again_s = max(least, min(most, float(reply["call_again_s"])))
        if self.sending is not None and left:
            self.sending = Sending(self.sending.done + len(run.records), self.sending.total)
            return 0.0
        self.sending = None
        self._when_delivered()
        return 0.0

    def _failed(self, outcome: Outcome, outgoing: Outgoing | None) -> float:
        self.sending = None
        words = outcome.words if isinstance(outcome, TryLater | Refused) else ""
        later = outcome if isinstance(outcome, TryLater) else TryLater(words)
        with self._database.writing() as tables:
            note_failure(tables, later.words, heard=later.heard)
            failures = read_delivery(tables).failures
            if later.timed_out and outgoing is not None:
                split_run(tables, outgoing)
        wait_s = retry_s(failures, self._settings, self._draw, later.retry_after_s)
        self._asked_to_wait = later.retry_after_s is not None
        self._not_before_ms = self._clock.mono_ms() + int(wait_s * 1000)
        log.info("not delivered (%s), again in %.1f s", later.words, wait_s)
        return wait_s

    def _note_time(self, told: TimeTold | None) -> None:
        if told is not None:
            with self._database.writing() as tables:
                add_anchor(tables, told.as_anchor(self._clock.boot))


def _take_apart(tables: Tables, outgoing: Outgoing, refusal: Refusal) -> bool:
    """A run was refused as a whole: half of it next, until the record at fault stands alone.

    A void record then takes its number; where the platform refuses even that, the number stays a gap.
    False where it must not: what was joined to another session would count in both.
    """
    record = outgoing.run.records[0]
    if len(outgoing.run.records) > 1:
        split_run(tables, outgoing)
    elif refusal_in(record) is None:
        put_in_place(tables, outgoing.epoch_no, void(refusal, record))
    elif is_joined(record_as_made(tables, outgoing.epoch_no, outgoing.first)):
        return False
    else:
        settle(tables, outgoing.epoch_no, outgoing.first, outgoing.last, (), None)
    return True


def _compare(tables: Tables, outgoing: Outgoing, high_water: int, named: list[Refusal]) -> None:
    """What the platform holds beside what this database knows: either may be an older copy of itself."""
    if is_older(tables, outgoing.epoch_no, high_water, named):
        again = reissue(tables, outgoing.epoch_no)
        log.error(
            "this database is older than what the platform holds: a new epoch begins, %s records go again",
            again,
        )
    elif lost := follow_mark(tables, outgoing.epoch_no, high_water):
        log.warning("the platform has lost what it held: %s records wait again", lost)
