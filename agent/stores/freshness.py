"""Freshness: when the platform last said what the catalogue is, by the clock that never jumps."""

from sqlite_utils import Database as Tables

from agent.stores.dates.moments import utc_ms_of
from study.units import BootId, MonotonicMs


def note_fresh(tables: Tables, boot: BootId, mono_ms: MonotonicMs) -> None:
    """The mirror is as the platform has it now, changed or not."""
    tables.execute("INSERT OR REPLACE INTO freshness VALUES (1, ?, ?)", [boot, mono_ms])


def catalogue_age_ms(tables: Tables, boot: BootId, mono_ms: MonotonicMs) -> int | None:
    """Since the platform was last heard of the catalogue; None where it never was, or no clock can say."""
    row = tables.execute("SELECT boot_id, mono_ms FROM freshness").fetchone()
    if row is None:
        return None
    if row[0] == boot:
        return int(mono_ms - row[1])
    then, now = utc_ms_of(tables, *row), utc_ms_of(tables, boot, mono_ms)
    return None if then is None or now is None or now < then else now - then
