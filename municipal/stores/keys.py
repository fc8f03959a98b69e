"""Public keys of the boxes in the database."""

from dataclasses import dataclass
from enum import StrEnum

from municipal.database import Connection
from municipal.tables import keys
from study.units import StationNumber


class KeyState(StrEnum):
    """Whether a key may still sign."""

    ACTIVE = "active"
    REPLACED = "replaced"
    """Another key followed it; what it signed before is still good."""
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class BoxKey:
    """The public key of one station's box."""

    station: StationNumber
    key_id: str
    public_key: bytes
    """Raw Ed25519, 32 bytes."""
    state: KeyState


def key_of(connection: Connection, key_id: str) -> BoxKey | None:
    """The key with this name, in whatever state."""
    row = connection.execute(keys.select().where(keys.c.key_id == key_id)).first()
    if row is None:
        return None
    return BoxKey(StationNumber(row.station), row.key_id, row.public_key, KeyState(row.state))


def add_key(connection: Connection, key: BoxKey, enrolled_at_ms: int) -> None:
    """Keep a new key."""
    connection.execute(
        keys.insert().values(
            station=key.station,
            key_id=key.key_id,
            public_key=key.public_key,
            state=key.state.value,
            enrolled_at_ms=enrolled_at_ms,
        )
    )


def replace_key(connection: Connection, key_id: str) -> None:
    """Another key has followed this one."""
    still = (keys.c.key_id == key_id) & (keys.c.state == KeyState.ACTIVE)
    connection.execute(keys.update().where(still).values(state=KeyState.REPLACED.value))


def revoke_keys(connection: Connection, station: str) -> int:
    """Strike off every box of a station, with the keys it had before; how many there were."""
    own = keys.c.station == station
    active = connection.execute(keys.select().where(own & (keys.c.state == KeyState.ACTIVE))).all()
    connection.execute(keys.update().where(own).values(state=KeyState.REVOKED.value))
    return len(active)
