"""The dark screen that comes when nobody does anything: a dim clock that wanders, so nothing burns in."""

from collections.abc import Callable
from itertools import cycle

from kivy.clock import Clock

from tvclient import theme
from tvclient.remote.key import Key
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.rect import Rect
from tvclient.state.idleness import Idleness
from tvclient.widgets.panel import Panel
from tvclient.widgets.part import Part
from tvclient.widgets.text import Text
from tvclient.words import _

WHOLE = Rect(0, 0, theme.DESIGN_W, theme.DESIGN_H)
LOOK_S = 5.0
WANDERS_S = 20.0
PLACES = ((160, 140), (1040, 620), (620, 300), (220, 760), (1120, 180), (700, 820), (300, 460), (1000, 440))
"""Of the clock's top left corner, one after the other; no two that follow overlap."""
CLOCK_SIZE, WORDS_DOWN = (720, 168), 156


class SaverLayer(Part):
    """Lies over everything. `moves` says whether a film does, `words` the time and the line below it;
    `cover` is told to let this be seen over a film, and again when it is gone."""

    def __init__(
        self,
        idleness: Idleness,
        clock_ms: Callable[[], int],
        moves: Callable[[], bool],
        words: Callable[[], tuple[str, str]],
        cover: Callable[[Rect | None], None],
    ) -> None:
        super().__init__(shown=False)
        self._idleness = idleness
        self._clock_ms = clock_ms
        self._moves = moves
        self._words = words
        self._cover = cover
        self._places = cycle(PLACES)
        self._woken_by: Key | None = None
        self._ground = Panel(rect=[*WHOLE], fill=theme.INK0)
        self._time = Text(rect=[0, 0, *CLOCK_SIZE], role=theme.HERO, colour=theme.INK3)
        self._line = Text(rect=[0, 0, CLOCK_SIZE[0], 44], role=theme.BODY, colour=theme.INK3)
        for part in (self._ground, self._time, self._line):
            self.add_widget(part)
        self._look = Clock.schedule_interval(lambda _dt: self._handle_one_look(), LOOK_S)
        self._wander = Clock.create_trigger(lambda _dt: self._go_on(), WANDERS_S, interval=True)

    def takes(self, event: KeyEvent) -> bool:
        """A key is a sign that somebody is there. One that only wakes, and its repeats, do nothing else."""
        self._idleness.sign(self._clock_ms())
        if self.shown:
            self._woken_by = event.key
            self.wake()
            return True
        if event.repeat and event.key is self._woken_by:
            return True
        self._woken_by = None
        return False

    def wake(self) -> None:
        """Show what lies below."""
        self._idleness.sign(self._clock_ms())
        if self.shown:
            self._wander.cancel()
            self.shown = False
            self._cover(None)

    def _handle_one_look(self) -> None:
        if not self.shown and self._idleness.is_due(self._clock_ms(), self._moves()):
            self.shown = True
            self._go_on()
            self._cover(WHOLE)
            self._wander()

    def _go_on(self) -> None:
        x, y = next(self._places)
        self._time.text, line = self._words()
        self._line.text = "·".join((line, _("按任意键继续")))
        self._time.rect = [x, y, *CLOCK_SIZE]
        self._line.rect = [x, y + WORDS_DOWN, CLOCK_SIZE[0], 44]
