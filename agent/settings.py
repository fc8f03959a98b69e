"""Settings: where the agent keeps things and whom it talks to."""

from dataclasses import dataclass
from pathlib import Path

from study.local_api import DEFAULT_PORT, SILENT_AFTER_MS

HOST = "127.0.0.1"
"""Loopback only: the local API must never be reachable from the room's network."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator can set; made once in `__main__`."""

    data_folder: Path
    municipal_url: str
    port: int = DEFAULT_PORT
    retry_min_s: float = 30.0
    retry_max_s: float = 6 * 3600.0
    catalogue_every_s: float = 600.0
    shelf_limit_bytes: int = 20_000_000_000
    silent_after_ms: int = SILENT_AFTER_MS

    @property
    def database_file(self) -> Path:
        return self.data_folder / "zhanxue.db"

    @property
    def token_file(self) -> Path:
        return self.data_folder / "token"

    @property
    def key_file(self) -> Path:
        return self.data_folder / "station.key"

    @property
    def lock_file(self) -> Path:
        return self.data_folder / "agent.lock"

    @property
    def shelf_folder(self) -> Path:
        return self.data_folder / "shelf"

    @property
    def covers_folder(self) -> Path:
        return self.data_folder / "covers"
