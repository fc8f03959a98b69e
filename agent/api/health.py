"""The box's health, as the platform is told it beside each signed call."""

from agent.api.status import status_of
from agent.clock import Clock
from agent.data_folder import DiskSize
from agent.stores.disk.database import Database
from study.health import Health

_MEGABYTE = 1_000_000


def health_of(database: Database, clock: Clock, disk: DiskSize) -> Health:
    """What an operator in front of the box would see, in numbers."""
    with database.reading() as tables:
        status = status_of(tables, clock, None, disk)
    return Health(
        version=status["version"],
        free_mb=disk.free_bytes // _MEGABYTE,
        refused=status["refused"],
        clock=status["clock"]["source"],
        warnings=len(status["warnings"]),
    )
