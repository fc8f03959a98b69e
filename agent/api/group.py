"""The group study in front of one television: what it is now, and what is done in it."""

from collections.abc import Callable, Sequence
from typing import Any

from agent.api.group_entries import agenda_entries, attendee_entries, check_known, member_entry
from agent.api.parts import Parts
from agent.errors import GroupError
from agent.stores.dates.moments import utc_ms_of
from agent.stores.delivery.outbox import waiting
from agent.stores.disk.database import Tables
from agent.stores.groups.group_log import (
    Now,
    Plan,
    begin_discussion,
    begin_group,
    check_out,
    end_discussion,
    end_group,
    hear,
    open_group,
    set_agenda,
    set_plan,
    undo_check,
)
from agent.stores.groups.silence import is_discussion_due
from agent.stores.groups.standing import Standing, standing_of
from agent.stores.roster.members import Members
from study.group.attendance import Via
from study.group.kind import kind_words
from study.group_api import GroupEntry, GroupReply
from study.units import ItemId


class Room:
    """Every call is one transaction; it raises GroupError, DiskFullError or StoreError, and then nothing
    was changed."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.roster = parts.roster
        self.database = parts.database

    @property
    def people(self) -> Members:
        """Not for within a transaction."""
        return self.roster.members_if_open()

    @property
    def now(self) -> Now:
        return Now(self._parts.clock.boot, self._parts.clock.mono_ms())

    def going_on(self, terminal: str) -> GroupReply:
        people = self.people
        with self.database.reading() as tables:
            group = open_group(tables, terminal)
            group_id = None if group is None else int(group["group_id"])
            is_due = group_id is not None and is_discussion_due(tables, group_id, self.now)
            reply = self._reply(tables, people, group_id)
        return self._do(terminal, hear) if is_due else reply

    def begin(self, terminal: str, plan: Plan) -> GroupReply:
        """Raises ApiError 422 for a facilitator whom nobody knows, too."""
        people = self.people
        with self.database.writing() as tables:
            group_id = begin_group(tables, terminal, plan, self.now)
            check_known(tables, people, group_id, plan.facilitator)
            return self._reply(tables, people, group_id)

    def plan(self, terminal: str, plan: Plan) -> GroupReply:
        """Kind, theme and facilitator, not the agenda. Raises ApiError 422 as `begin`."""
        people = self.people

        def change(tables: Tables, group_id: int, _now: Now) -> None:
            check_known(tables, people, group_id, plan.facilitator)
            set_plan(tables, group_id, plan)

        return self._do(terminal, change)

    def set_agenda(self, terminal: str, agenda: Sequence[ItemId]) -> GroupReply:
        return self._do(terminal, lambda tables, group_id, _now: set_agenda(tables, group_id, agenda))

    def check_out(self, terminal: str, member_id: int) -> GroupReply:
        """Whoever is not in is so still."""

        def leave(tables: Tables, group_id: int, now: Now) -> None:
            check_out(tables, group_id, member_id, Via.OPERATOR, now)

        return self._do(terminal, leave)

    def undo(self, terminal: str) -> GroupReply:
        return self._do(terminal, undo_check)

    def discuss(self, terminal: str, *, on: bool) -> GroupReply:
        return self._do(terminal, begin_discussion if on else end_discussion)

    def resume(self, terminal: str) -> GroupReply:
        """It goes on from earlier: whoever was in is so still."""
        return self._do(terminal, hear)

    def allow_phones(self, terminal: str, *, on: bool) -> GroupReply:
        """Phones of whoever is in may be the remote control of its television, or no longer."""

        def allow(_: Tables, group_id: int, _now: Now) -> None:
            self._parts.remote.allow(terminal, group_id, on=on)

        return self._do(terminal, allow)

    def end(self, terminal: str) -> GroupReply:
        reply = self._do(terminal, end_group)
        self._parts.kick_groups()
        return reply

    def _do(self, terminal: str, act: Callable[[Tables, int, Now], object]) -> GroupReply:
        people = self.people
        with self.database.writing() as tables:
            group_id = number_of(tables, terminal)
            act(tables, group_id, self.now)
            return self._reply(tables, people, group_id)

    def entry(self, tables: Tables, people: Members, group_id: int) -> GroupEntry:
        """One group study, going on or ended."""
        [group] = tables.query("SELECT * FROM groups WHERE group_id = ?", [group_id])
        return self._entry(tables, people, group, standing_of(tables, group, self.now))

    def reply(self, group_id: int) -> GroupReply:
        """Of one group study, going on or ended."""
        people = self.people
        with self.database.reading() as tables:
            return self._reply(tables, people, group_id)

    def _reply(self, tables: Tables, people: Members, group_id: int | None) -> GroupReply:
        group = None if group_id is None else self.entry(tables, people, group_id)
        return GroupReply(group=group, waiting=waiting(tables))

    def _entry(
        self, tables: Tables, people: Members, group: dict[str, Any], standing: Standing
    ) -> GroupEntry:
        return GroupEntry(
            group_id=group["group_id"],
            kind=group["kind"],
            kind_words=kind_words(group["kind"]),
            theme=group["theme"],
            facilitator=None if group["facilitator"] is None else member_entry(people, group["facilitator"]),
            opened_ms=group["opened_ms"],
            goes_on_from_earlier=group["heard_boot_id"] != self._parts.clock.boot,
            heard_utc_ms=utc_ms_of(tables, group["heard_boot_id"], group["heard_ms"]),
            agenda=agenda_entries(tables, standing),
            attendees=attendee_entries(people, standing),
            present=len(standing.present),
            studied_ms=standing.studied_ms,
            effective_ms=standing.effective_ms,
            discussion_ms=standing.discussion_ms,
            discussing=standing.is_discussing,
            page=self._parts.page_of(group["group_id"]) if group["ended_ms"] is None else None,
            network=self._parts.settings.network_name,
            remote=group["ended_ms"] is None
            and self._parts.remote.is_allowed(group["screen"], group["group_id"]),
            ended=group["ended_ms"] is not None,
        )


def number_of(tables: Tables, terminal: str) -> int:
    """Of the group study going on in front of a television. Raises GroupError."""
    group = open_group(tables, terminal)
    if group is None:
        raise GroupError("not_open", "这台电视上没有正在进行的集体学习，请先开始一场")
    return int(group["group_id"])
