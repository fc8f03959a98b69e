"""Import of stations with their accounts and activation codes."""

import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from municipal.activation import HashedCode, hashed, matches
from municipal.database import Connection, Database
from municipal.errors import RowError
from municipal.imports.sheet import Row, SetAside, read_sheet
from municipal.imports.summary import Summary
from municipal.stores.codes import codes_of, issue_code
from municipal.stores.stations import StationRow, all_stations, district_names, put_station
from study.anchor import to_utc_ms
from study.station import TYPE_NAMES, Station, StationType
from study.units import StationNumber

COLUMNS = ("number", "name", "district", "street", "type", "due", "account", "activation_code")
_NUMBER = re.compile(r"[0-9A-Za-z_-]{1,32}", re.ASCII)
_YES, _NO = frozenset({"1", "是", "yes", "true", "y"}), frozenset({"0", "否", "no", "false", "n"})
_HASHING_THREADS = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One station of the file with the code it was given; empty for none."""

    row: StationRow
    code: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is there before the import."""

    districts: frozenset[str]
    stations: dict[str, StationRow]
    codes: dict[str, tuple[HashedCode, ...]]


def import_stations(database: Database, path: Path, now: datetime) -> Summary:
    """Add or change the stations of a CSV file. A code that the station was given before changes nothing,
    another one voids those still open. Raises FileError, StorageError.
    """
    sheet = read_sheet(path, COLUMNS)
    with database.reading() as connection:
        known = _known(connection)
    entries, refused = _entries(sheet.rows, known)
    with ThreadPoolExecutor(_HASHING_THREADS) as pool:
        fresh = list(pool.map(lambda entry: _fresh_code(entry, known), entries))
    new = changed = 0
    with database.writing() as connection:
        for entry, code in zip(entries, fresh, strict=True):
            before = known.stations.get(entry.row.station.number)
            if before != entry.row:
                put_station(connection, entry.row)
            if code is not None:
                issue_code(connection, entry.row.station.number, code, to_utc_ms(now))
            new += before is None
            changed += before is not None and (before != entry.row or code is not None)
    return Summary(new, changed, len(entries) - new - changed, 0, (*sheet.set_aside, *refused))


def _known(connection: Connection) -> Known:
    rows: dict[str, StationRow] = {row.station.number: row for row in all_stations(connection)}
    codes = {number: tuple(issued.code for issued in codes_of(connection, number)) for number in rows}
    return Known(frozenset(district_names(connection)), rows, codes)


def _entries(rows: Iterable[Row], known: Known) -> tuple[list[Entry], list[SetAside]]:
    entries: list[Entry] = []
    refused: list[SetAside] = []
    numbers: set[str] = set()
    accounts = {row.account: number for number, row in known.stations.items()}
    for row in rows:
        try:
            entry = _entry(row, known.districts)
            number, account = entry.row.station.number, entry.row.account
            if number in numbers:
                raise RowError(f"站点编号“{number}”在文件中重复")
            if accounts.setdefault(account, number) != number:
                raise RowError(f"账号“{account}”已属于站点“{accounts[account]}”")
        except RowError as error:
            refused.append(SetAside(row.line, error.words))
        else:
            numbers.add(number)
            entries.append(entry)
    return entries, refused


def _entry(row: Row, districts: frozenset[str]) -> Entry:
    number, district = row.text("number"), row.text("district")
    if not _NUMBER.fullmatch(number):
        raise RowError(f"站点编号“{number[:40]}”只能用数字、英文字母、“-”和“_”")
    if district not in districts:
        raise RowError(f"没有“{district}”这个区，请先导入区")
    station = Station(StationNumber(number), row.text("name"), district, _type(row), _yes_or_no(row, "due"))
    return Entry(
        StationRow(station, row.values["street"], row.text("account")), row.values["activation_code"]
    )


def _type(row: Row) -> StationType:
    text = row.text("type")
    for kind, name in TYPE_NAMES.items():
        if text in (kind, name):
            return kind
    raise RowError(f"不认识站点类型“{text[:40]}”，应为{'、'.join(TYPE_NAMES.values())}之一")


def _yes_or_no(row: Row, column: str) -> bool:
    text = row.text(column).lower()
    if text not in _YES | _NO:
        raise RowError(f"“{column}”一列应为 1 或 0，现为“{text[:40]}”")
    return text in _YES


def _fresh_code(entry: Entry, known: Known) -> HashedCode | None:
    if not entry.code:
        return None
    given = known.codes.get(entry.row.station.number, ())
    return None if any(matches(entry.code, code) for code in given) else hashed(entry.code)
