"""The signer of this box's calls: its key, by the name that the platform gave it."""

from agent.clients.box_keys import BoxKeys
from agent.clients.signing import Signer
from agent.clock import Clock
from agent.stores.box import read_box
from agent.stores.dates.moments import utc_ms_of
from agent.stores.disk.database import Database
from study.anchor import from_utc_ms


def signer_of(database: Database, clock: Clock, keys: BoxKeys) -> Signer | None:
    """Who signs now; None while the box is not enrolled."""
    with database.reading() as tables:
        key_id = read_box(tables).key_id
        utc_ms = utc_ms_of(tables, clock.boot, clock.mono_ms())
    if key_id is None:
        return None
    return Signer(keys.key, key_id, from_utc_ms(clock.wall_utc_ms() if utc_ms is None else utc_ms))
