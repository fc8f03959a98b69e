"""What happens to a move that finds nothing more inside a container."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stop:
    """The container itself ends here. An outer container that has a place further on takes the move
    (a row inside a column is left downwards in this way); if none has, the focus stays."""


@dataclass(frozen=True, slots=True)
class Wrap:
    """Go on at the other end; only where the container itself moves in that direction."""


@dataclass(frozen=True, slots=True)
class Block:
    """The move ends here: no outer container is asked."""


@dataclass(frozen=True, slots=True)
class LeaveTo:
    """Go to the named leaf or group of the same screen; if it cannot take the focus, as Stop."""

    id: str


Edge = Stop | Wrap | Block | LeaveTo
STOP, WRAP, BLOCK = Stop(), Wrap(), Block()
