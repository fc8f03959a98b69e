"""What a command works with when it does itself what no running agent can do for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from agent.clients.box_keys import BoxKeys
from agent.clients.municipal import MunicipalClient
from agent.clock import Clock
from agent.settings import Settings
from agent.stores.disk.database import Database
from agent.stores.disk.room import Room
from agent.stores.rescue.opening import open_database


@dataclass(frozen=True, slots=True)
class Hands:
    """The box's database and key; only for whoever holds the data folder's lock."""

    settings: Settings
    clock: Clock
    database: Database
    keys: BoxKeys

    def new_client(self) -> MunicipalClient:
        return MunicipalClient(self.settings.municipal_url, self.clock)


@contextmanager
def hands(settings: Settings, clock: Clock) -> Iterator[Hands]:
    """Closed at the end. Raises StartError, StoreError."""
    keys = BoxKeys(settings.key_file)
    database = open_database(settings, clock, Room(settings, clock))
    try:
        yield Hands(settings, clock, database, keys)
    finally:
        database.close()
