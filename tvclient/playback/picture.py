"""The contract between the television and the place where its player's picture is seen."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from study.units import MonotonicMs
from tvclient.remote.rect import Rect

Later = Callable[[Callable[[], None]], None]
"""Has something done on the thread that owns libVLC."""


class Puts(Protocol):
    """When one player's pictures were put out, new ones or once more the same.

    For the thread that owns libVLC.
    """

    def take(self, now_ms: MonotonicMs) -> Sequence[MonotonicMs]:
        """The moments since it was last asked, in order; the first time none, but from now on."""

    def rest(self) -> None:
        """Nobody asks for a while; what was not taken is dropped."""


Attach = Callable[[Any, Later], Puts]
"""Has a libVLC media player draw here; called on a new player, before its first media."""


class Picture(Protocol):
    """Made hidden. Everything but `attach` is called by the thread that draws the television."""

    def attach(self, media_player: Any, later: Later) -> Puts:
        """See Attach."""

    def place(self, place: Rect) -> None:
        """Where the picture is seen, in px of the television's window, origin at its top left."""

    def show(self, panels: Sequence[Rect]) -> None:
        """Shows the picture, and over it what the television draws in `panels`, in the same px."""

    def hide(self) -> None:
        """Shows the television alone; the player may go on drawing."""

    @property
    def unseen(self) -> int:
        """How many pictures, of those libVLC believes shown, never came to the screen; since the start."""

    def close(self) -> None:
        """Frees everything; nothing else may be called after it. Close the player first."""
