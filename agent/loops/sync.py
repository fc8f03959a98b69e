"""Sync: brings the outbox to the platform, one run a turn."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.clients.municipal import MunicipalClient
from agent.clock import Clock
from agent.errors import CityError
from agent.records.anchoring import TimeTold
from agent.records.backoff import delay_s
from agent.records.outcome import Delivered, Outcome, Refused, TryLater, outcome_of
from agent.settings import Settings
from agent.stores.anchors import add_anchor, anchors_of, utc_ms_of
from agent.stores.box import Box, read_box
from agent.stores.database import Database
from agent.stores.outbox import (
    Outgoing,
    follow_mark,
    note_delivery,
    note_failure,
    read_delivery,
    settle,
    split_run,
    take_run,
    waiting,
)
from study.anchor import from_utc_ms
from study.record import Refusal

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
        key: Ed25519PrivateKey,
        settings: Settings,
        draw: Callable[[float, float], float],
        when_delivered: Callable[[], None],
    ) -> None:
        self._database = database
        self._client = client
        self._clock = clock
        self._key = key
        self._settings = settings
        self._draw = draw
        self._when_delivered = when_delivered
        self._not_before_ms = 0
        self._asked_to_wait = False
        self._call_again_s = settings.catalogue_every_s
        self.sending: Sending | None = None

    def call_again_s(self) -> float:
        """When the platform wants to hear from this box again, as it last said."""
        return self._call_again_s

    def network_changed(self) -> None:
        """Try at once, unless the platform itself asked to wait."""
        if not self._asked_to_wait:
            self._not_before_ms = 0

    def handle_one_run(self) -> float:
        """Deliver one run. Returns the seconds until the next turn is worth while."""
        rest_s = (self._not_before_ms - self._clock.mono_ms()) / 1000
        if rest_s > 0:
            return rest_s
        with self._database.reading() as tables:
            box, backlog = read_box(tables), waiting(tables)
            anchored = bool(anchors_of(tables, self._clock.boot))
        if box.station is None or backlog == 0:
            self.sending = None
            return IDLE_S
        if not anchored and (wait_s := self._ask_time()) is not None:
            return wait_s
        with self._database.writing() as tables:
            taken = take_run(tables, box)
        if taken is None:
            return IDLE_S
        return self._deliver(box, taken)

    def _ask_time(self) -> float | None:
        """Know the time before the first run of a boot, so that its anchor travels with it."""
        try:
            told = self._client.health()
        except CityError as error:
            return self._failed(outcome_of(error), None)
        self._note_time(told)
        return None

    def _deliver(self, box: Box, outgoing: Outgoing) -> float:
        run, body = outgoing.run, outgoing.body
        with self._database.reading() as tables:
            backlog = waiting(tables) - len(run.records)
        done = self.sending.done if self.sending is not None else 0
        self.sending = Sending(done, done + backlog + len(run.records))
        outcome = self._client.send_run(body, self._key, box.key_id or "", backlog, self._now())
        match outcome:
            case Delivered():
                return self._settled(outgoing, outcome)
            case Refused(code, words) if len(run.records) == 1:
                log.warning("record %s refused: %s %s", run.records[0].seq, code, words)
                with self._database.writing() as tables:
                    refusal = Refusal(outgoing.first, code, words)
                    settle(tables, outgoing.epoch_no, outgoing.first, outgoing.last, [refusal], None)
                return 0.0
            case Refused(code, words):
                log.warning("a run of %s was refused (%s): half of it next", len(run.records), code)
                with self._database.writing() as tables:
                    split_run(tables, outgoing)
                return 0.0
            case TryLater():
                return self._failed(outcome, outgoing)

    def _settled(self, outgoing: Outgoing, outcome: Delivered) -> float:
        reply = outcome.reply
        refused = () if reply is None else tuple(Refusal(**entry) for entry in reply["refusals"])  # type: ignore[arg-type]
        with self._database.writing() as tables:
            utc_ms = None if outcome.time is None else outcome.time.utc_ms
            settle(tables, outgoing.epoch_no, outgoing.first, outgoing.last, refused, utc_ms)
            note_delivery(tables)
            lost = 0 if reply is None else follow_mark(tables, outgoing.epoch_no, reply["high_water"])
            left = waiting(tables)
        log.info("delivered records %s–%s in %s bytes", outgoing.first, outgoing.last, len(outgoing.body))
        if lost:
            log.warning("the platform has lost what it held: %s records wait again", lost)
        for refusal in refused:
            log.warning("record %s refused: %s %s", refusal.seq, refusal.code, refusal.words)
        self._note_time(outcome.time)
        self._asked_to_wait = False
        if reply is not None:
            least, most = self._settings.retry_min_s, self._settings.catalogue_every_s
            self._call_again_s = max(least, min(most, float(reply["call_again_s"])))
        if self.sending is not None and left:
            self.sending = Sending(self.sending.done + len(outgoing.run.records), self.sending.total)
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
        wait_s = delay_s(
            failures,
            min_s=self._settings.retry_min_s,
            max_s=self._settings.retry_max_s,
            retry_after_s=later.retry_after_s,
            draw=self._draw,
        )
        self._asked_to_wait = later.retry_after_s is not None
        self._not_before_ms = self._clock.mono_ms() + int(wait_s * 1000)
        log.info("not delivered (%s), again in %.1f s", later.words, wait_s)
        return wait_s

    def _note_time(self, told: TimeTold | None) -> None:
        if told is not None:
            with self._database.writing() as tables:
                add_anchor(tables, told.as_anchor(self._clock.boot))

    def _now(self) -> datetime:
        with self._database.reading() as tables:
            utc_ms = utc_ms_of(tables, self._clock.boot, self._clock.mono_ms())
        return from_utc_ms(self._clock.wall_utc_ms() if utc_ms is None else utc_ms)
