"""A station's list of members, as an office keeps it in a table, read row by row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from agent.errors import RosterError
from agent.records.person import Person, read_name
from agent.records.sheet_cells import ROWS_MAX, Cell, Line, tables_in
from study.group.card import CardError, CardNumber, has_right_check_digit, read_card
from study.group.masking import masked

_NAME_WORDS = ("姓名", "学员姓名", "党员姓名", "名字")
_CARD_WORDS = ("学习卡号", "学习卡号码", "学习卡", "卡号", "学习卡编号")
_HEAD_LINES = 20
_REMARK = re.compile(r"[（(].*?[)）]|[\s:：*＊]")


class FaultKind(StrEnum):
    """What can be wrong with a row."""

    UNREADABLE = "unreadable"
    NO_NAME = "no_name"
    BAD_NAME = "bad_name"
    NO_CARD = "no_card"
    BAD_CARD = "bad_card"
    ROUNDED = "rounded"
    """The office program has lost the last digits."""
    DOUBLED = "doubled"
    """The number is another person's already."""
    CHECK_DIGIT = "check_digit"
    """Mistyped, or an old card; taken all the same."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row, in words that show no whole name and no number."""

    line: int
    kind: FaultKind
    words: str

    @property
    def is_taken(self) -> bool:
        """Whether the row was taken in spite of it."""
        return self.kind is FaultKind.CHECK_DIGIT


@dataclass(frozen=True, slots=True)
class RosterSheet:
    """What could be read of a list, and what could not."""

    people: tuple[Person, ...]
    """Every number once."""
    faults: tuple[Fault, ...]


def read_roster_sheet(data: bytes) -> RosterSheet:
    """Read a CSV or XLSX file; a bad row never stops the others.

    The columns are found by their headings, in any order, below whatever title stands above them.
    Raises RosterError where the file is no table or has no such columns.
    """
    for lines in tables_in(data):
        if (head := _head_of(lines)) is not None:
            return _read(lines[head.index + 1 :], head)
    raise RosterError("表格里没有找到“姓名”和“学习卡号”两列，没有导入；请在第一行写上这两个列名")


@dataclass(frozen=True, slots=True)
class _Head:
    index: int
    name: int
    card: int


def _head_of(lines: Sequence[Line]) -> _Head | None:
    for index, line in enumerate(lines[:_HEAD_LINES]):
        words = [_REMARK.sub("", cell.text) for cell in line.cells]
        name, card = _place(words, _NAME_WORDS), _place(words, _CARD_WORDS)
        if name is not None and card is not None:
            return _Head(index, name, card)
    return None


def _place(words: Sequence[str], known: Sequence[str]) -> int | None:
    """Of the heading that is named first among those known."""
    return next((words.index(word) for word in known if word in words), None)


def _read(lines: Sequence[Line], head: _Head) -> RosterSheet:
    if len(lines) > ROWS_MAX:
        raise RosterError(f"花名册超过 {ROWS_MAX} 行，没有导入；请分成几个文件")
    held: dict[CardNumber, tuple[int, Person]] = {}
    faults: list[Fault] = []
    for line in lines:
        taken = _row(line, head)
        if isinstance(taken, Fault):
            faults.append(taken)
        elif taken is not None:
            faults.extend(_put(held, line.number, taken))
    return RosterSheet(tuple(person for _, person in held.values()), tuple(faults))


def _row(line: Line, head: _Head) -> Person | Fault | None:
    """None for a row that has neither, such as a sum at the end."""
    if line.trouble:
        return Fault(line.number, FaultKind.UNREADABLE, line.trouble)
    name, card = (_cell(line, place) for place in (head.name, head.card))
    if not name.text and not card.text:
        return None
    if not card.text:
        return Fault(line.number, FaultKind.NO_CARD, "没有写学习卡号")
    if not name.text:
        return Fault(line.number, FaultKind.NO_NAME, "没有写姓名")
    if card.is_rounded:
        words = "学习卡号被表格软件当成了数字，末几位已丢失；请把这一列设为文本，重新填写"
        return Fault(line.number, FaultKind.ROUNDED, words)
    try:
        number = read_card(card.text)
    except CardError as error:
        return Fault(line.number, FaultKind.BAD_CARD, error.words)
    try:
        return Person(read_name(name.text), number)
    except ValueError as error:
        return Fault(line.number, FaultKind.BAD_NAME, str(error))


def _cell(line: Line, place: int) -> Cell:
    return line.cells[place] if place < len(line.cells) else Cell("")


def _put(held: dict[CardNumber, tuple[int, Person]], line: int, person: Person) -> Iterator[Fault]:
    """The first one with a number has it."""
    first, known = held.setdefault(person.card, (line, person))
    if known.name != person.name:
        words = f"学习卡号与第 {first} 行（{masked(known.name)}）相同"
        yield Fault(line, FaultKind.DOUBLED, words)
    elif first == line and not has_right_check_digit(person.card):
        yield Fault(line, FaultKind.CHECK_DIGIT, "学习卡号的校验位不对，可能抄错，已照样收下；请核对")
