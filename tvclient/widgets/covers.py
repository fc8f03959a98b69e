"""Course covers: fetched and cut in the background, kept as textures in a bounded cache."""

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import Protocol

from kivy.clock import Clock
from kivy.graphics.texture import Texture

from tvclient.background import Background
from tvclient.errors import TvError
from tvclient.widgets.cover_pixels import CoverCut, cut_cover
from tvclient.widgets.pixels import Pixels

LIMIT = 40  # textures of 0.2 to 0.9 MB, none above 2.1; a page of home shows 21
GIVEN_UP = 200  # paths that failed and are not asked for again until `ask_again`
SHOWN_WITHIN_S = 0.1  # those that come together are drawn together: each drawing is one of the whole screen
AT_ONCE = 2  # fetched at a time: pages and the box's state need a thread too, however slow the agent is


class CoverSource(Protocol):
    """Where pictures come from; waits, so only for the background."""

    def cover(self, path: str) -> bytes:
        """The bytes of a PNG or JPEG file; raises TvError."""


class Covers:
    """Drawing thread only; the work itself is done in the background."""

    def __init__(
        self, source: CoverSource, background: Background, density: int = 1, limit: int = LIMIT
    ) -> None:
        """`density`: px of the screen for one of the design's."""
        self._source = source
        self._density = density
        self._background = background
        self._limit = limit
        self._textures: OrderedDict[tuple[str, CoverCut], Texture] = OrderedDict()
        self._waiting: dict[tuple[str, CoverCut], list[Callable[[], None]]] = {}
        self._failed: OrderedDict[tuple[str, CoverCut], None] = OrderedDict()
        self._queue: list[tuple[str, CoverCut]] = []
        self._running = 0
        self._arrived: list[Callable[[], None]] = []
        self._show = Clock.create_trigger(self._show_arrived, SHOWN_WITHIN_S)

    def held(self, path: str | None, cut: CoverCut) -> Texture | None:
        """The texture if it is here; nothing is fetched for it."""
        return None if path is None else self._textures.get((path, cut))

    def get(self, path: str | None, cut: CoverCut, then: Callable[[], None]) -> Texture | None:
        """The texture if it is here; otherwise None, and `then()` once it has come.

        A picture that can't be read or fetched stays None; the stand-in is drawn for it.
        """
        if path is None:
            return None
        key = (path, cut)
        if key in self._textures:
            self._textures.move_to_end(key)
            return self._textures[key]
        if key in self._failed:
            return None
        if key in self._waiting:
            if key in self._queue:
                self._queue.remove(key)
                self._queue.append(key)
            self._waiting[key].append(then)
            return None
        self._waiting[key] = [then]
        self._queue.append(key)
        self._fetch()
        return None

    def prepare(self, path: str | None, cut: CoverCut) -> None:
        """Fetch it after all that are in sight, so that it is here when it comes into sight."""
        if path is None:
            return
        key = (path, cut)
        if key in self._textures or key in self._failed or key in self._waiting:
            return
        self._waiting[key] = []
        self._queue.insert(0, key)
        self._fetch()

    def ask_again(self) -> bool:
        """Pictures that could not be had may be asked for again; False if there are none."""
        failed = bool(self._failed)
        self._failed.clear()
        return failed

    def _fetch(self) -> None:
        if len(self._queue) > self._limit:
            # Wanted so long ago that it would be let go again as soon as it came.
            del self._waiting[self._queue.pop(0)]
        self._fetch_next()

    def _fetch_next(self) -> None:
        """The one wanted last comes first: it is in sight."""
        while self._queue and self._running < AT_ONCE:
            key = self._queue.pop()
            self._running += 1
            self._background.run(
                partial(self._cut, key), partial(self._keep, key), partial(self._give_up, key)
            )

    def _cut(self, key: tuple[str, CoverCut]) -> Pixels:
        path, cut = key
        return cut_cover(self._source.cover(path), cut, self._density)

    def _keep(self, key: tuple[str, CoverCut], pixels: Pixels) -> None:
        texture = Texture.create(size=(pixels.w, pixels.h), colorfmt="rgba")
        texture.blit_buffer(pixels.data, colorfmt="rgba", bufferfmt="ubyte")
        self._textures[key] = texture
        while len(self._textures) > self._limit:
            self._textures.popitem(last=False)
        self._arrived += self._waiting.pop(key, [])
        self._fetched()

    def _give_up(self, key: tuple[str, CoverCut], error: TvError) -> None:
        self._waiting.pop(key, None)
        self._fetched()
        if not error.again:
            self._failed[key] = None
        while len(self._failed) > GIVEN_UP:
            self._failed.popitem(last=False)

    def _fetched(self) -> None:
        self._running -= 1
        self._fetch_next()
        if self._running:
            self._show()
        else:
            self._show.cancel()
            self._show_arrived()

    def _show_arrived(self, *_: object) -> None:
        arrived, self._arrived = self._arrived, []
        for then in arrived:
            then()
