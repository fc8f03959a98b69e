"""The contract between the television and the place where its player's picture is seen."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from tvclient.remote.rect import Rect

Later = Callable[[Callable[[], None]], None]
"""Has something done on the thread that owns libVLC."""

OnPut = Callable[[], bool]
"""Called on any thread when a picture has been put out, a new one or once more the same. Says whether the
next one matters; if not, some may go by untold."""

Attach = Callable[[Any, Later, OnPut], None]
"""Has a libVLC media player draw here; called on a new player, before its first media."""


class Picture(Protocol):
    """Made hidden. Everything but `attach` is called by the thread that draws the television."""

    def attach(self, media_player: Any, later: Later, on_put: OnPut) -> None:
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
