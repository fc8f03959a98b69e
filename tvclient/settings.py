"""What the operator chose for this television at its start."""

from dataclasses import dataclass
from pathlib import Path

ASSETS = Path(__file__).resolve().parent.parent / "assets"


@dataclass(frozen=True, slots=True)
class Settings:
    """`size_px` is None for the full screen; `terminal` tells the televisions of one station apart."""

    agent_url: str
    token_file: Path
    terminal: str
    size_px: tuple[int, int] | None
    data_folder: Path
    events_file: Path | None = None
    keymap_folder: Path | None = None
    assets_folder: Path = ASSETS
