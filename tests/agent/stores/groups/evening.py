"""An evening in front of one television: boots, plays, and people who come and go."""

from agent.records.report import Report
from agent.stores.delivery.outbox import record_at
from agent.stores.disk.database import Database
from agent.stores.groups.group_log import Now, Plan, begin_group, check_in, check_out, end_group
from agent.stores.groups.naming import name_attendee, unnamed
from agent.stores.groups.recording import groups_to_record, note_late, record_group
from agent.stores.groups.silence import hear_report
from agent.stores.sessions.closing import begin_boot
from agent.stores.sessions.session_log import add_report
from study.group.attendance import Via
from study.group.pseudonym import pseudonym
from study.group.record import GroupRecord
from study.units import BootId, ItemId, MonotonicMs
from tests.agent.television import Play, report

SCREEN, KEY = "tv-1", b"k" * 32
SECOND = 1_000
PLAN = Plan("evening_school", agenda=(ItemId("5.1"),))


def name_of(member_id: int) -> str:
    return pseudonym(KEY, f"card {member_id}")


class Evening:
    """Moments are seconds of the running boot."""

    def __init__(self, database: Database, boot: str = "boot-1") -> None:
        self.database = database
        self.told = 0
        self.group_id = 0
        self.name_of = name_of
        self.erased: set[int] = set()
        self.boots(boot)

    def boots(self, name: str) -> None:
        self.boot = BootId(name)
        with self.database.writing() as tables:
            begin_boot(tables, self.boot)

    def at(self, second: int) -> Now:
        return Now(self.boot, MonotonicMs(second * SECOND))

    def begins(self, second: int, plan: Plan = PLAN) -> None:
        with self.database.writing() as tables:
            self.group_id = begin_group(tables, SCREEN, plan, self.at(second))

    def comes(self, second: int, *members: int, via: Via = Via.PHONE) -> list[bool]:
        with self.database.writing() as tables:
            return [check_in(tables, self.group_id, m, via, self.at(second)) for m in members]

    def leaves(self, second: int, *members: int) -> list[bool]:
        with self.database.writing() as tables:
            return [check_out(tables, self.group_id, m, Via.PHONE, self.at(second)) for m in members]

    def ends(self, second: int) -> None:
        with self.database.writing() as tables:
            end_group(tables, self.group_id, self.at(second))

    def plays(
        self, begin: int, end: int, item: str = "5.1", kind: str = "vod", *, leaves: bool = True
    ) -> Play:
        self.told += 1
        play = Play(f"{self.boot}-{self.told}", item, begin * SECOND, kind)
        play.watch((end - begin) * SECOND)
        if leaves:
            play.leave()
        self.tells(play)
        return play

    def tells(self, play: Play) -> None:
        self.told += 1
        told = Report.model_validate(report(self.told, play, run_id=f"run-{self.boot}", boot=self.boot))
        with self.database.writing() as tables:
            add_report(tables, told)
            hear_report(tables, told)
            note_late(tables, told)

    def records(self) -> list[GroupRecord]:
        """Whatever is due is recorded; all of them."""
        with self.database.writing() as tables:
            for group_id, member_id in unnamed(tables):
                if member_id not in self.erased:
                    name_attendee(tables, group_id, member_id, self.name_of(member_id))
            for group_id in groups_to_record(tables):
                record_group(tables, group_id)
            rows = tables.execute("SELECT epoch_no, seq FROM records ORDER BY 1, 2").fetchall()
            held = [record_at(tables, *row) for row in rows]
        return [record for record in held if isinstance(record, GroupRecord)]

    def people(self) -> dict[int, int]:
        """Seconds by member, of the last record."""
        told = {one.pseudonym: one.person_ms for one in self.records()[-1].attendees}
        return {m: told[name_of(m)] // SECOND for m in range(100) if name_of(m) in told}
