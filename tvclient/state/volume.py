"""How loud the television plays."""

from dataclasses import dataclass, replace

STEP, LOUDEST = 5, 100
FIRST_LEVEL = 80
"""Before anybody chose. The box feeds a television that has a volume of its own, so nearly full like every
player's, lest that one be turned up until the next box on it roars; four steps remain for a quiet course."""


@dataclass(frozen=True, slots=True)
class Volume:
    """`level` is 0 to 100 in steps of 5; to mute leaves it as it is."""

    level: int = FIRST_LEVEL
    muted: bool = False

    @property
    def loudness(self) -> int:
        """What is heard, 0 to 100."""
        return 0 if self.muted else self.level

    def up(self) -> "Volume":
        """A step louder, heard again if it was muted."""
        return Volume(min(self.level + STEP, LOUDEST))

    def down(self) -> "Volume":
        """A step quieter; what is muted stays muted."""
        return replace(self, level=max(self.level - STEP, 0))

    def toggle_mute(self) -> "Volume":
        return replace(self, muted=not self.muted)

    def as_kept(self) -> dict[str, object]:
        """What `kept_volume` reads."""
        return {"level": self.level, "muted": self.muted}


def kept_volume(value: object) -> Volume:
    """The volume of an earlier run, as `as_kept` gave it; the first one for anything else."""
    if not isinstance(value, dict):
        return Volume()
    level, muted = value.get("level"), value.get("muted")
    if type(level) is not int or type(muted) is not bool or not 0 <= level <= LOUDEST:
        return Volume()
    return Volume(level - level % STEP, muted)
