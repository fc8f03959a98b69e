"""The roster: who belongs to the station, encrypted on the box, opened in memory."""

import contextlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.errors import RosterError, RosterKeyError, StoreError
from agent.records.person import Person
from agent.stores.disk.database import Database, Tables
from agent.stores.roster.members import NOBODY, Member, Members, read_members
from agent.stores.roster.sealing import (
    Key,
    earlier_key_file,
    new_key,
    opened,
    read_keys,
    sealed,
    write_keys,
)
from study.group.card import CardNumber

log = logging.getLogger(__name__)

MEMBERS_MAX = 20_000


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the people of a list."""

    new: int
    changed: int
    """The same number, another name."""
    same: int


class Roster:
    """Everybody by number. Every method is a transaction of its own: never call one within another.

    Without a usable key each raises RosterKeyError, but for `take` with `anew`, and `erase`.
    """

    def __init__(self, database: Database, key_file: Path) -> None:
        self._database = database
        self._key_file = key_file
        self._seen = NOBODY

    def members(self) -> Members:
        """Everybody as of now; costs next to nothing while nobody changes. Raises StoreError."""
        try:
            return self._look()
        except RosterKeyError:
            # Somebody may have been erased in between, with the key that this look began with.
            return self._look()

    def members_if_open(self) -> Members:
        """Nobody where the key does not open them: a group study goes on without names. Raises StoreError."""
        try:
            return self.members()
        except RosterKeyError:
            return NOBODY

    def ending(self, digits: str) -> list[Member]:
        """All whose number ends so, of six digits one as a rule. Raises StoreError."""
        return self.members().ending(digits)

    def with_card(self, card: CardNumber) -> Member | None:
        """Whose number it is. Raises StoreError."""
        return self.members().with_card(card)

    def take(self, people: Iterable[Person], *, anew: bool = False) -> Taken:
        """Add those who are new and rename those who are known; nobody is taken out.

        `anew`: whoever cannot be opened any more is given up first. Raises StoreError.
        """
        with self._database.writing() as tables:
            if anew:
                self._give_up_unreadable(tables)
            key = self._key_to_seal(tables)
            # Not kept as seen: this transaction may yet be undone.
            held = read_members(tables, self._key_file, self._seen)
            by_card = {member.card: member for member in held.by_id.values()}
            done = Taken(0, 0, 0)
            for person in people:
                known = by_card.get(person.card)
                if known is not None and known.name == person.name:
                    done = Taken(done.new, done.changed, done.same + 1)
                    continue
                _check_room(len(by_card) + (known is None))
                by_card[person.card] = _put(tables, key, known, person)
                done = Taken(done.new + (known is None), done.changed + (known is not None), done.same)
        log.info("roster: %s new, %s changed, %s the same", done.new, done.changed, done.same)
        return done

    def visitor(self, card: CardNumber) -> Member:
        """Whose number it is; somebody without a name where nobody has it yet. Raises StoreError."""
        if (known := self.with_card(card)) is not None:
            return known
        with self._database.writing() as tables:
            key = self._key_to_seal(tables)
            held = read_members(tables, self._key_file, self._seen)
            if (known := held.with_card(card)) is None:
                _check_room(len(held.by_id) + 1)
                known = _put(tables, key, None, Person("", card))
        return known

    def erase(self, member_id: int) -> None:
        """Name and number are gone for good, also from older copies of the database on this box.

        The id stays and is never given again. All others are sealed with a new key, and the old one goes:
        what the disk still holds of older pages opens no more. Raises RosterError, StoreError.
        """
        with self._database.writing() as tables:
            row = tables.execute("SELECT sealed FROM roster WHERE member_id = ?", [member_id]).fetchone()
            if row is None or row[0] is None:
                raise RosterError(f"花名册里没有编号 {member_id}，没有删除；编号见 zhanxue-agent roster list")
            tables.execute("PRAGMA secure_delete = ON").fetchall()
            _empty(tables, [member_id])
            key = self._seal_all_anew(tables)
            tables.execute("PRAGMA secure_delete = OFF").fetchall()
        self._seen = NOBODY
        if key is not None:
            write_keys(self._key_file, [key])
        with contextlib.suppress(OSError):
            earlier_key_file(self._key_file).unlink()
        self._fold_log()
        log.info("roster: member %s is erased", member_id)

    def export(self, member_id: int) -> dict[str, Any]:
        """All that is held about somebody. Raises RosterError, StoreError."""
        return exported(self.members(), member_id)

    def _look(self) -> Members:
        with self._database.reading() as tables:
            self._seen = seen = read_members(tables, self._key_file, self._seen)
        return seen

    def _key_to_seal(self, tables: Tables) -> Key:
        """Made where nothing is sealed yet. Raises RosterKeyError."""
        rows = _sealed_rows(tables)
        if not rows:
            with contextlib.suppress(RosterKeyError):
                return read_keys(self._key_file)[0]
            key = new_key()
            write_keys(self._key_file, [key])
            return key
        first, *older = read_keys(self._key_file)
        if older and all(opened([first], *row) for row in rows):
            # An erasure was cut off before it could let go of them.
            write_keys(self._key_file, [first])
        return first

    def _seal_all_anew(self, tables: Tables) -> Key | None:
        """The new key, which is kept beside the old ones until this transaction stands.

        None where there is none to open the others with.
        """
        try:
            keys = read_keys(self._key_file)
        except RosterKeyError:
            return None
        key = new_key()
        write_keys(self._key_file, [key, *keys])
        for member_id, data in _sealed_rows(tables):
            if (told := opened(keys, member_id, data)) is not None:
                _write(tables, member_id, sealed(key, member_id, *told))
        return key

    def _give_up_unreadable(self, tables: Tables) -> None:
        try:
            keys: Sequence[Key] = read_keys(self._key_file)
        except RosterKeyError:
            keys = []
        lost = [
            member_id for member_id, data in _sealed_rows(tables) if opened(keys, member_id, data) is None
        ]
        _empty(tables, lost)
        self._seen = NOBODY
        log.warning("roster: %s members who could not be opened are given up", len(lost))

    def _fold_log(self) -> None:
        """The WAL holds older pages until it is folded into the file; a busy reader puts that off."""
        try:
            self._database.fold()
        except StoreError as error:
            log.warning("%s", error.words)


def exported(members: Members, member_id: int) -> dict[str, Any]:
    """All that is held about somebody. Raises RosterError."""
    member = members.by_id.get(member_id)
    if member is None:
        raise RosterError(f"花名册里没有编号 {member_id}；编号见 zhanxue-agent roster list")
    return {
        "member_id": member.member_id,
        "name": member.name,
        "card": member.card,
        "is_visitor": member.is_visitor,
    }


def _put(tables: Tables, key: Key, known: Member | None, person: Person) -> Member:
    member_id = _next_id(tables) if known is None else known.member_id
    _write(tables, member_id, sealed(key, member_id, person.name, person.card))
    return Member(member_id, person.name, person.card)


def _check_room(members: int) -> None:
    if members > MEMBERS_MAX:
        raise RosterError(f"花名册已有 {MEMBERS_MAX} 人，不能再加")


def _next_id(tables: Tables) -> int:
    return int(tables.execute("SELECT coalesce(max(member_id), 0) + 1 FROM roster").fetchone()[0])


def _write(tables: Tables, member_id: int, data: bytes | None) -> None:
    tables.execute(
        "INSERT INTO roster (member_id, sealed, change)"
        " VALUES (?, ?, (SELECT coalesce(max(change), 0) + 1 FROM roster))"
        " ON CONFLICT (member_id) DO UPDATE SET sealed = excluded.sealed, change = excluded.change",
        [member_id, data],
    )


def _empty(tables: Tables, member_ids: Iterable[int]) -> None:
    for member_id in member_ids:
        _write(tables, member_id, None)


def _sealed_rows(tables: Tables) -> list[tuple[int, bytes]]:
    return tables.execute(
        "SELECT member_id, sealed FROM roster WHERE sealed IS NOT NULL ORDER BY member_id"
    ).fetchall()
