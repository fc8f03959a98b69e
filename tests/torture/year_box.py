"""The year box: everything of a year offline arrives in the right month, by network, by stick, by both."""

import logging
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from municipal.database import open_database, sqlite_url
from municipal.report import draw_report
from tests.torture.power_cut import fast_folder
from tests.torture.result import PartResult
from tests.torture.small_disk import can_mount, small_disk
from tests.torture.town import Box, City, TownError, town
from tests.torture.year import DAY_MS, Year, live_a_year

Tell = Callable[[str], None]
DELIVERED_WITHIN_S = 600.0
LEFT_BYTES = 5_000_000
"""Less than the agent likes to have, and nothing on the disk that could be given up."""
_DISK_BYTES = 200_000_000
_SLACK_DAYS = 5
"""How long the boots beside an undated one leave its hours in doubt, at most."""


def torture(*, short: bool, tell: Tell, seed: int = 1) -> PartResult:
    """Short: seven sessions a day. Whole: a hundred."""
    result = PartResult("year_box", "离线一年")
    if not can_mount():
        result.figures["跳过"] = "不能挂载小文件系统"
        return result
    a_day = 4 if short else 105
    with tempfile.TemporaryDirectory(dir=fast_folder()) as scratch:
        folder = Path(scratch)
        with town(_made(folder / "net")) as city, small_disk(folder / "disk", _DISK_BYTES) as disk:
            key_id = _enrolled(folder, city)
            shutil.copytree(city.folder, folder / "city-before")
            year = _prepared(disk.folder / "box", folder / "enrolled", key_id, a_day, seed)
            used = shutil.disk_usage(disk.folder).used
            shutil.copytree(disk.folder / "box", folder / "stick-box")
            tell(f"一年：{len(year.sessions)} 次学习，{used / 1e6:.0f} MB，网络恢复")
            disk.resize(used + LEFT_BYTES)
            _deliver(Box(disk.folder / "box", city.url, log=folder / "box.log"))
            result.faults += _compared("network", city, year)
            tell("一年：网络送达，再收U盘包")
            other = City(folder / "stick-city")
            shutil.copytree(folder / "city-before", other.folder)
            parcels = _exported(folder / "stick-box", folder / "stick", other)
            _taken(other, parcels)
            result.faults += _compared("stick", other, year)
            _taken(city, shutil.copytree(parcels, folder / "stick-again"))
            result.faults += _compared("network, then stick", city, year)
            tell("一年：U盘送达，再走网络")
            other.start()
            try:
                _deliver(Box(folder / "stick-box", other.url))
            finally:
                other.program.stop()
            result.faults += _compared("stick, then network", other, year)
            result.figures = {"占用字节": used, **_placed(city)}
    result.tried = {"学习次数": len(year.sessions), "开机次数": len({s.boot for s in year.sessions})}
    result.misdated = sum("month" in fault for fault in result.faults)
    result.doubled = sum("more than once" in fault for fault in result.faults)
    return result


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _enrolled(folder: Path, city: City) -> str:
    """Enrol a box whose key the year's box then has; its key's name."""
    box = Box(folder / "enrolled", city.url)
    box.enrol()
    [[key_id]] = box.query("SELECT key_id FROM box")
    return str(key_id)


def _prepared(folder: Path, enrolled: Path, key_id: str, a_day: int, seed: int) -> Year:
    folder.mkdir()
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        year = live_a_year(folder, key_id, a_day, seed)
    finally:
        logging.disable(level)
    for file in enrolled.glob("*.key*"):
        shutil.copy(file, folder)
    return year


def _deliver(box: Box) -> None:
    try:
        box.start()
        box.wait_until_delivered(DELIVERED_WITHIN_S)
    finally:
        box.program.stop()


def _exported(box: Path, stick: Path, city: City) -> Path:
    stick.mkdir()
    words = [sys.executable, "-m", "agent", "export", "--data-dir", str(box), str(stick)]
    _said_by(words)
    return stick


def _taken(city: City, parcels: Path) -> None:
    words = [sys.executable, "-m", "municipal", "--data", str(city.folder / "data"), "parcel", str(parcels)]
    _said_by(words)


def _said_by(words: list[str]) -> str:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise TownError(f"{words[2:]}: {done.stdout} {done.stderr}")
    return done.stdout


@dataclass(frozen=True, slots=True)
class _Held:
    """One study record that stands at the platform."""

    boot: str
    opened_ms: int
    month: str | None
    played_ms: int
    effective_ms: int


def _standing(city: City) -> list[_Held]:
    columns = "boot, opened_ms, month, played_ms, effective_ms"
    return [_Held(*row) for row in city.query(f"SELECT {columns} FROM records WHERE stands")]  # noqa: S608


def _compared(way: str, city: City, year: Year) -> list[str]:
    """The platform's records and monthly hours beside the truth."""
    held = _standing(city)
    places = Counter((record.boot, record.opened_ms) for record in held)
    by_place = {(record.boot, record.opened_ms): record for record in held}
    faults = [f"{place} stands more than once" for place, count in places.items() if count > 1]
    unplaced: Counter[str] = Counter()
    for session in year.sessions:
        record = by_place.pop((session.boot, session.opened_ms), None)
        if record is None:
            faults.append(f"the session at {session.boot} {session.opened_ms} is lost")
            continue
        if (record.played_ms, record.effective_ms) != (session.played_ms, session.effective_ms):
            faults.append(f"{session} is {record}")
        if record.month is None and not session.anchored and session.near_month_end(_SLACK_DAYS * DAY_MS):
            unplaced[session.month] += record.effective_ms
        elif record.month != session.month:
            faults.append(f"{session} of month {session.month} stands in month {record.month}")
    faults += [f"{place}, which nobody watched" for place in by_place]
    if not unplaced:
        faults.append("no hours are unplaced: the straddling boot was guessed")
    faults += _compared_months(city, year, unplaced)
    return [f"{way}: {fault}" for fault in faults]


def _compared_months(city: City, year: Year, unplaced: Counter[str]) -> list[str]:
    """The monthly report, to the millisecond; what is unplaced is told apart from it."""
    faults = []
    database = open_database(sqlite_url(city.folder / "data" / "municipal.db"))
    try:
        with database.reading() as connection:
            for month, true_ms in year.hours.items():
                report = draw_report(connection, month)
                if report.city.total_ms != true_ms - unplaced[month]:
                    faults.append(
                        f"month {month}: {report.city.total_ms}, not {true_ms - unplaced[month]} ms"
                    )
                if report.unplaced_ms != unplaced.total():
                    faults.append(f"{report.unplaced_ms} ms are unplaced, not {unplaced.total()}")
    finally:
        database.close()
    return faults


def _placed(city: City) -> dict[str, int | float | str]:
    held = _standing(city)
    return {
        "按锚定日期归月的毫秒": sum(record.effective_ms for record in held if record.month),
        "未归月的毫秒": sum(record.effective_ms for record in held if not record.month),
    }
