"""What a player took while it played: processor time, memory, and the pictures that were seen."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import sleep

from bench.playback_eyes import pictures_per_s
from bench.processor import Cores, measure, resident_mb
from demo.display import RemoteAndEyes

LOOK_S = 4.0
OFF_THE_BOX = ("zhanxue-municip", "ffmpeg", "setpriv")
"""City and broadcaster of the live stream, as the kernel cuts their names: they cost nobody anything."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Cores in use by program over `seconds`, pictures seen a second just after, memory by program in MB.

    `frames` are those of the whole playback as the player itself counts them, where it does.
    """

    seconds: float
    cores: Cores
    seen_per_s: float
    resident_mb: dict[str, float]
    frames: dict[str, int] | None = None

    @property
    def total(self) -> float:
        """The X server's work, and the agent's, is part of what a player costs."""
        return sum(self.cores.values())

    @property
    def per_picture(self) -> float:
        """Processor seconds for each picture that was seen; infinite when there was none."""
        return self.total / self.seen_per_s if self.seen_per_s else float("inf")

    def counted(self, frames: dict[str, int]) -> "Sample":
        """The same with what the player said at its end."""
        return replace(self, frames=frames)

    def as_json(self) -> dict[str, object]:
        return {
            "total": round(self.total, 4),
            "seconds": self.seconds,
            "seen_per_s": round(self.seen_per_s, 2),
            "ms_per_picture": round(self.per_picture * 1000, 2) if self.seen_per_s else None,
            "frames": self.frames,
            "cores": {name: round(value, 4) for name, value in self.cores.items() if round(value, 4)},
            "resident_mb": {name: round(value, 1) for name, value in self.resident_mb.items()},
        }


def take_sample(
    eyes: RemoteAndEyes, seconds: float, meanwhile: Callable[[float], None] = sleep, look: bool = True
) -> Sample:
    """The screen is looked at afterwards, for looking costs the X server time; not for a page at rest."""
    cores = measure(seconds, meanwhile)
    seen = pictures_per_s(eyes, LOOK_S) if look else 0.0
    return Sample(seconds, _on_the_box(cores), seen, _on_the_box(resident_mb()))


def _on_the_box(by_name: dict[str, float]) -> dict[str, float]:
    return {name: value for name, value in by_name.items() if name not in OFF_THE_BOX}
