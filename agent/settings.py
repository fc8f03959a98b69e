"""Settings: where the agent keeps things, whom it talks to, how much it may take."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from study.address import fault_of
from study.local_api import DEFAULT_PORT, SILENT_AFTER_MS

SETTINGS_NAME = "settings.toml"
"""Of the settings file in the data folder."""

HOST = "127.0.0.1"
"""Loopback only: the local API must never be reachable from the room's network."""


def _web_address(text: str) -> str:
    url = urlsplit(text)
    if url.scheme not in ("http", "https") or not url.hostname:
        raise ValueError("应以 http:// 或 https:// 开头")
    return text


def _source(text: str) -> str:
    if text.startswith("/") and text.isprintable():
        return text
    if not text.lower().startswith(("http://", "https://")) or fault_of(text) is not None:
        raise ValueError("应是 / 开头的文件，或 http://、https:// 开头的网址，不带用户名和密码")
    return text


_Sources = Annotated[tuple[Annotated[str, AfterValidator(_source)], ...], Field(max_length=10)]
_Seconds = Annotated[float, Field(gt=0, le=30 * 86_400, allow_inf_nan=False)]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator can set, by command line or settings file; made once in `__main__`.

    A field's annotation is what agent/settings_file.py checks its value against.
    """

    data_folder: Path
    municipal_url: Annotated[str, AfterValidator(_web_address)] = "http://127.0.0.1:8430"
    port: Annotated[int, Field(ge=1, le=65_535)] = DEFAULT_PORT
    page_port: Annotated[int, Field(ge=0, le=65_535)] = 8460
    """Of the page for phones in the room; 0 switches it off."""
    people_per_phone: Annotated[int, Field(ge=0, le=1_000)] = 2
    """So many may check in with one phone in one group study; 0 is any number."""
    phones_share_address: bool = False
    """Phones come through a router of their own, which gives all of them one address."""
    network_name: Annotated[str, Field(max_length=32)] = ""
    """Of the station's own wireless network, for the check-in screen; empty where there is none."""
    retry_min_s: _Seconds = 30.0
    retry_max_s: _Seconds = 6 * 3600.0
    catalogue_every_s: _Seconds = 600.0
    spread_s: Annotated[float, Field(ge=0, le=86_400, allow_inf_nan=False)] = 60.0
    """Over so long the boxes of a city spread what the same event makes them send; 0 is at once."""
    shelf_limit_bytes: Annotated[int, Field(ge=0)] = 20_000_000_000
    articles_limit_bytes: Annotated[int, Field(ge=0)] = 1_000_000_000
    """For the texts and pictures of articles that were opened; those opened longest ago go first."""
    silent_after_ms: Annotated[int, Field(ge=1_000, le=86_400_000)] = SILENT_AFTER_MS
    ntp: bool = True
    """Believe the system's clock where the kernel says that a daemon keeps it by NTP."""
    raise_clock: bool = False
    """Set a wall clock that stands in the past; needs CAP_SYS_TIME."""
    stick_folders: tuple[Path, ...] = (Path("/media"), Path("/run/media"), Path("/mnt"))
    """Below which USB sticks are mounted."""
    channel_lists: _Sources = ()
    """The station's own channels in M3U: files or web addresses, the more important first."""
    programme_guides: _Sources = ()
    """Guides in XMLTV, plain, .gz or .xz; a channel's programmes are those of the first that knows it."""
    guide_every_s: _Seconds = 4 * 3600.0
    """So often the web addresses of both are asked whether they have changed."""
    log_file_bytes: Annotated[int, Field(ge=10_000)] = 2_000_000
    log_files: Annotated[int, Field(ge=1, le=100)] = 5
    """The log that grows and the older ones beside it."""

    @property
    def database_file(self) -> Path:
        return self.data_folder / "zhanxue.db"

    @property
    def log_folder(self) -> Path:
        return self.data_folder / "log"

    @property
    def token_file(self) -> Path:
        return self.data_folder / "token"

    @property
    def key_file(self) -> Path:
        return self.data_folder / "station.key"

    @property
    def pseudonym_key_file(self) -> Path:
        return self.data_folder / "pseudonym.key"

    @property
    def roster_key_file(self) -> Path:
        return self.data_folder / "roster.key"

    @property
    def operator_pin_file(self) -> Path:
        return self.data_folder / "operator.pin"

    @property
    def lock_file(self) -> Path:
        return self.data_folder / "agent.lock"

    @property
    def shelf_folder(self) -> Path:
        return self.data_folder / "shelf"

    @property
    def guide_folder(self) -> Path:
        return self.data_folder / "guide"

    @property
    def covers_folder(self) -> Path:
        return self.data_folder / "covers"

    @property
    def articles_folder(self) -> Path:
        return self.data_folder / "articles"
