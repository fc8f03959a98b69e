"""Work that a program can do without until its first picture is seen."""

import logging
from collections import deque
from collections.abc import Callable, Iterable

log = logging.getLogger(__name__)

Piece = Callable[[], object]


class Afterwards:
    """Pieces in their order: one at a time while nobody waits, all that are left as soon as they are needed.

    A piece that raises is told in the log and not done again; the ones after it are done.
    """

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._pieces = deque(pieces)

    def handle_one(self) -> bool:
        """Do the next piece; whether there was one."""
        if not self._pieces:
            return False
        piece = self._pieces.popleft()
        try:
            piece()
        except Exception:  # what one of them lacks, the others do not
            log.exception("程序内部出错，电视有一部分没有准备好，其余照常运行。")
        return True

    def finish(self) -> None:
        """Do all that are left."""
        while self.handle_one():
            pass
