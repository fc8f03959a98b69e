"""The parts that the doors of the HTTP interface work with."""

from dataclasses import dataclass
from pathlib import Path

from fastapi import Request

from municipal.clock import Clock
from municipal.database import Database


@dataclass(frozen=True, slots=True)
class Parts:
    """Built by __main__, or by a test."""

    database: Database
    clock: Clock
    media: Path | None
    covers: Path | None
    playlists: Path
    call_again_s: int
    """Told to each box after a run."""


def parts_of(request: Request) -> Parts:
    """The parts of the application that a request came to."""
    parts: Parts = request.app.state.parts
    return parts
