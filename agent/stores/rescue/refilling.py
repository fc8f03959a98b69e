"""Refilling: what the second log tells goes into a database that is being rebuilt."""

import json
from collections.abc import Iterable

from sqlite_utils import Database as Tables

from agent.records.stored import record_of
from agent.stores.delivery.epochs import add_epoch
from agent.stores.disk.record_log import Frame
from agent.stores.groups.numbers import note_record
from agent.stores.offline.numbers import note_offline
from agent.stores.rescue.mending import mend_record
from agent.stores.sessions.closing import close_as_told
from study.group.record import GroupRecord
from study.offline.record import OfflineRecord
from study.record import AnchorRecord, StudyRecord, correction_in
from study.units import BootId, Epoch


class Refilling:
    """One rebuilding; in the caller's one transaction."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        rows = tables.execute("SELECT epoch, number, settled, pruned FROM epochs").fetchall()
        self._numbers: dict[Epoch, int] = {row[0]: row[1] for row in rows}
        self._settled: dict[int, tuple[int, int]] = {row[1]: (row[2], row[3]) for row in rows}
        self.refilled = 0
        """Records that only the log still had."""

    def take_all(self, frames: Iterable[Frame]) -> None:
        """Every record in its place, with its session and its anchor; who the box is; where chains begin."""
        # The natural key of a session: its number may have gone to another one since.
        self._tables.execute("CREATE INDEX refilling ON sessions (boot_id, opened_ms, screen, item_id)")
        for frame in frames:
            if frame.seq:
                self._take_record(frame)
            else:
                self._take_about(frame)
        self._drop_doubles()
        self._take_lost_sessions()
        self._tables.execute("DROP INDEX refilling")
        self._tables.execute(
            "UPDATE epochs SET next_seq = max(next_seq, 1 + coalesce("
            "(SELECT max(seq) FROM records r WHERE r.epoch_no = epochs.number), 0))"
        )

    def _take_about(self, frame: Frame) -> None:
        name, *told = json.loads(frame.content)
        if name == "station":
            self._tables.execute(
                "UPDATE box SET number = ?, name = ?, district = ?, type = ?, key_id = ?", told
            )
        elif name == "start" and frame.epoch not in self._numbers:
            number, chain = self._number(frame.epoch), bytes.fromhex(told[1])
            self._tables.execute(
                "UPDATE epochs SET settled = ?, chain = ?, pruned = ?, pruned_chain = ? WHERE number = ?",
                [told[0], chain, told[0], chain, number],
            )

    def _take_record(self, frame: Frame) -> None:
        number = self._number(frame.epoch)
        settled, pruned = self._settled.get(number, (0, 0))
        if frame.seq <= pruned:
            return
        place = [number, frame.seq]
        row = self._tables.execute(
            "SELECT content FROM records WHERE epoch_no = ? AND seq = ?", place
        ).fetchone()
        if row is not None:
            mend_record(self._tables, number, row[0], frame)
        record = record_of(frame.content)
        session_id = None
        if isinstance(record, AnchorRecord):
            self._take_anchor(record)
        elif isinstance(record, GroupRecord):
            note_record(self._tables, number, record)
        elif isinstance(record, OfflineRecord):
            note_offline(self._tables, number, record)
        elif frame.session_id is not None:
            session_id = self._take_session(record, number, frame.session_id)
        if row is None:
            state = "delivered" if frame.seq <= settled else "waiting"
            self._tables.execute(
                "INSERT INTO records (epoch_no, seq, session_id, content, state) VALUES (?, ?, ?, ?, ?)",
                [*place, session_id, frame.content, state],
            )
            self.refilled += 1
        elif session_id is not None:
            self._name_session(number, frame.seq, session_id)

    def _take_session(self, record: StudyRecord, number: int, session_id: int) -> int:
        """The session of a record: closed, with at least what the record says."""
        known = [record.boot, record.opened_ms, record.screen, record.item_id]
        row = self._tables.execute(
            "SELECT session_id, epoch_no, seq FROM sessions"
            " WHERE boot_id = ? AND opened_ms = ? AND screen = ? AND item_id = ?",
            known,
        ).fetchone()
        if row is None:
            taken = self._tables.execute("SELECT 1 FROM sessions WHERE session_id = ?", [session_id])
            cursor = self._tables.execute(
                "INSERT INTO sessions (session_id, boot_id, opened_ms, screen, item_id, kind, last_boot_id,"
                " last_ms, length_ms, played_ms, covered_ms, effective_ms, why, open)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, '', 0)",
                [
                    session_id if taken.fetchone() is None else None,
                    *known,
                    record.kind,
                    record.boot,
                    record.opened_ms + record.played_ms,
                ],
            )
            row = (cursor.lastrowid, 0, 0)
        if None in row[1:] or (row[1], row[2]) < (number, record.seq):
            self._close_as_told(int(row[0]), number, record)
        self._take_boot(record.boot_ordinal, record.boot)
        return int(row[0])

    def _close_as_told(self, session_id: int, number: int, record: StudyRecord) -> None:
        close_as_told(self._tables, session_id, number, record)
        if correction := correction_in(record.reason):
            # Without it a session that was struck off would be in no list any more.
            self._tables.execute(
                "UPDATE sessions SET correction = ? WHERE session_id = ?",
                [correction.replace(": ", "：", 1), session_id],
            )
        self._tables.execute("UPDATE plays SET open = 0 WHERE session_id = ?", [session_id])

    def _drop_doubles(self) -> None:
        """Sessions that a fallen bit made another one of: their record has brought the right one."""
        rows = self._tables.execute(
            "SELECT s.session_id, r.session_id FROM sessions s JOIN records r USING (epoch_no, seq)"
            " WHERE r.session_id <> s.session_id"
        ).fetchall()
        for wrong, right in rows:
            self._tables.execute("UPDATE plays SET session_id = ? WHERE session_id = ?", [right, wrong])
            self._tables.execute("DELETE FROM sessions WHERE session_id = ?", [wrong])

    def _take_lost_sessions(self) -> None:
        """Records that are here while the page with their session was not."""
        rows = self._tables.execute(
            "SELECT epoch_no, seq, session_id, content FROM records WHERE session_id IS NOT NULL"
            " AND session_id NOT IN (SELECT session_id FROM sessions) ORDER BY epoch_no, seq"
        ).fetchall()
        for number, seq, session_id, data in rows:
            record = record_of(data)
            if isinstance(record, StudyRecord):
                self._name_session(number, seq, self._take_session(record, number, session_id))

    def _take_anchor(self, record: AnchorRecord) -> None:
        a = record.anchor
        held = [a.boot, a.mono_ms, a.utc_ms, a.error_ms, a.source]
        self._tables.execute(
            "INSERT INTO anchors (boot_id, mono_ms, utc_ms, error_ms, source) SELECT ?, ?, ?, ?, ?"
            " WHERE NOT EXISTS (SELECT 1 FROM anchors WHERE boot_id = ? AND mono_ms = ? AND utc_ms = ?"
            " AND error_ms = ? AND source = ?)",
            held + held,
        )
        self._take_boot(record.boot_ordinal, a.boot)

    def _take_boot(self, ordinal: int, boot: BootId) -> None:
        if ordinal:
            self._tables.execute(
                "INSERT OR IGNORE INTO boots (ordinal, boot_id) VALUES (?, ?)", [ordinal, boot]
            )

    def _name_session(self, number: int, seq: int, session_id: int) -> None:
        self._tables.execute(
            "UPDATE records SET session_id = ? WHERE epoch_no = ? AND seq = ?", [session_id, number, seq]
        )

    def _number(self, epoch: Epoch) -> int:
        if epoch not in self._numbers:
            self._numbers[epoch] = add_epoch(self._tables, epoch)
        return self._numbers[epoch]
