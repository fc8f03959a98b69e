"""Group studies that nobody ended are ended; those that have ended, and offline studies, become records."""

import logging
from collections.abc import Callable

from agent.clients.box_keys import BoxKeys
from agent.clients.municipal import MunicipalClient
from agent.clients.pseudonym_key import PseudonymKey
from agent.clock import Clock
from agent.errors import CityError, RosterKeyError
from agent.loops.retrying import retry_s
from agent.loops.signer import signer_of
from agent.settings import Settings
from agent.stores.disk.database import Database, Tables
from agent.stores.disk.notices import put_notice
from agent.stores.groups.naming import name_attendee, unnamed, unnamed_in_records
from agent.stores.groups.recording import (
    forget_correction,
    groups_to_record,
    lapsed_corrections,
    make_again,
    record_group,
)
from agent.stores.groups.silence import end_silent, silent_groups
from agent.stores.offline.recording import (
    name_offline,
    offline_to_record,
    record_offline,
    unnamed_offline,
)
from agent.stores.roster.members import NOBODY
from agent.stores.roster.roster import Roster
from study.group.pseudonym import pseudonym

log = logging.getLogger(__name__)

LOOK_EVERY_S, WAIT_S = 2.0, 600.0

_Due = tuple[Callable[[Tables, int], bool], int, str]


class GroupKeeping:
    """One box's; `handle_one_look` is one turn."""

    def __init__(
        self,
        database: Database,
        client: MunicipalClient,
        clock: Clock,
        keys: BoxKeys,
        key: PseudonymKey,
        roster: Roster,
        settings: Settings,
        draw: Callable[[float, float], float],
        when_recorded: Callable[[], None],
    ) -> None:
        self._database = database
        self._client = client
        self._clock = clock
        self._keys = keys
        self._key = key
        self._roster = roster
        self._settings = settings
        self._draw = draw
        self._when_recorded = when_recorded
        self._started_ms = clock.mono_ms()
        self._failures = 0
        self._not_before_ms = 0
        self._unreadable: frozenset[int] | None = None
        """Members whose rows did not open at the last look; None until the roster has opened."""

    def handle_one_look(self) -> float:
        """Returns the seconds until the next look."""
        self._end_silent()
        now_ms = self._clock.mono_ms()
        if now_ms < self._not_before_ms:
            return LOOK_EVERY_S
        wait_s = self._record_all()
        self._not_before_ms = now_ms + int(wait_s * 1000)
        return LOOK_EVERY_S

    def _record_all(self) -> float:
        """How long to wait, in s, before it makes sense to try again."""
        try:
            # Not only once it is needed: the box may have no network again for months.
            key = self._key.read() or self._asked_for()
        except CityError as error:
            self._failures += 1
            if self._failures == 1:
                log.info("group studies wait for the key of their pseudonyms: %s", error.words)
            return retry_s(self._failures, self._settings, self._draw, error.retry_after_s)
        self._failures = 0
        if key is None:
            return 0
        try:
            self._name_late(key)
            self._name(key)
            self._record()
        except RosterKeyError as error:
            log.warning("group studies wait for the roster: %s", error.words)
            return WAIT_S
        return 0

    def _end_silent(self) -> None:
        boot, now_ms = self._clock.boot, self._clock.mono_ms()
        with self._database.reading() as tables:
            is_quiet = not silent_groups(tables, boot, now_ms, self._started_ms)
        if is_quiet:
            return
        with self._database.writing() as tables:
            # Asked again: somebody may have gone on in between.
            gone = end_silent(tables, boot, now_ms, self._started_ms)
        log.info("ended %s group studies that nobody went on with", len(gone))

    def _asked_for(self) -> bytes | None:
        """The key that the city tells to a box enrolled before there was one; None before enrolment.

        Raises CityError.
        """
        signer = signer_of(self._database, self._clock, self._keys)
        if signer is None:
            return None
        key = self._client.pseudonym_key(signer)
        self._key.keep(key)
        return key

    def _name_late(self, key: bytes) -> None:
        """Whoever's row opens again, perhaps since an earlier run, enters the records already made."""
        members = self._roster.members_if_open()
        if members is NOBODY:
            return
        opens_again = self._unreadable is None or self._unreadable - members.unreadable
        self._unreadable = members.unreadable
        if not opens_again:
            return
        with self._database.reading() as tables:
            late = [found for found in unnamed_in_records(tables) if found[1] in members.by_id]
        if late:
            with self._database.writing() as tables:
                for number, one in late:
                    name_attendee(tables, number, one, pseudonym(key, members.by_id[one].card))
                    make_again(tables, number)

    def _name(self, key: bytes) -> None:
        """Raises RosterKeyError: with nobody to name, a record would say that nobody was there."""
        with self._database.reading() as tables:
            groups, offline = unnamed(tables), unnamed_offline(tables)
        if not (groups or offline):
            return
        # Who was erased since has no name, and is in no record.
        members = self._roster.members()
        people = members.by_id
        if lost := sum(one in members.unreadable for _, one in groups):
            log.warning("%s attendees are left out until their rows in the roster open again", lost)
        if any(one in people for _, one in (*groups, *offline)):
            with self._database.writing() as tables:
                for name, found in ((name_attendee, groups), (name_offline, offline)):
                    for number, one in found:
                        if one in people:
                            name(tables, number, one, pseudonym(key, people[one].card))

    def _record(self) -> None:
        with self._database.reading() as tables:
            lapsed = lapsed_corrections(tables)
            due: list[_Due] = [(record_group, number, "group") for number in groups_to_record(tables)]
            due += [(record_offline, number, "offline") for number in offline_to_record(tables)]
        if lapsed:
            with self._database.writing() as tables:
                for number in lapsed:
                    forget_correction(tables, number)
                put_notice(tables, "有集体学习的更正没有来得及上报，数据库就重建了，更正没有生效；请联系上级")
        for record, number, what in due:
            with self._database.writing() as tables:
                is_recorded = record(tables, number)
            if is_recorded:
                log.info("%s study %s is recorded", what, number)
                self._when_recorded()
