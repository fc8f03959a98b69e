"""One call of a command: what was asked, of which box, on what kind of screen."""

from argparse import Namespace
from dataclasses import dataclass

from agent.clock import Clock
from agent.data_folder import locked
from agent.settings import Settings


@dataclass(frozen=True, slots=True)
class Call:
    """Everything a command is told."""

    args: Namespace
    settings: Settings
    told: tuple[str, ...]
    """Faults of the settings file."""
    clock: Clock
    width: int | None = None
    """Columns of the terminal; None where the output is no terminal."""

    def is_running(self) -> bool:
        """Whether an agent holds the data folder."""
        if not self.settings.lock_file.exists():
            return False
        with locked(self.settings) as is_free:
            return not is_free
