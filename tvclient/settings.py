"""What the operator chose for this television at its start."""

from dataclasses import dataclass
from pathlib import Path

ASSETS = Path(__file__).resolve().parent.parent / "assets"


@dataclass(frozen=True, slots=True)
class Settings:
    """`size_px` is None for the full screen; `terminal` tells the televisions of one station apart;
    `video_output` forces one of the names of playback/output.py; `grab` names input devices (or parts of
    their names) that only the television is to hear; with `show_keys` it only
    prints what the keys arrive as."""

    agent_url: str
    token_file: Path
    terminal: str
    size_px: tuple[int, int] | None
    data_folder: Path
    events_file: Path | None = None
    keymap_folder: Path | None = None
    video_output: str | None = None
    language: str = "zh_CN"
    grab: tuple[str, ...] = ()
    cec: bool = True
    show_keys: bool = False
    saver_min: float = 5.0
    """So long without a key or a moving film the screen goes dark."""
    assets_folder: Path = ASSETS
