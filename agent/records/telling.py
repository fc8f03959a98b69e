"""Telling: what travels beside a call to the platform."""

from dataclasses import dataclass

from study.health import Health


@dataclass(frozen=True, slots=True)
class Telling:
    """How many records wait after the call, and how the box is."""

    backlog: int
    health: Health | None = None
