"""The question that comes when a programme somebody wanted to see is about to begin."""

from collections.abc import Callable

from kivy.clock import Clock

from study.guide_api import RemindersReply
from study.units import ItemId
from tvclient.agent_client.client import AgentClient
from tvclient.background import Background
from tvclient.errors import TvError
from tvclient.remote.key import Key
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.rect import Rect
from tvclient.state.reminder_state import DueReminder, due_reminder, is_due
from tvclient.widgets.part import Part
from tvclient.widgets.question import CARD, Question
from tvclient.words import _

LOOK_S = 10.0
SHOWN_S = 60.0
"""Who has not answered by then is not there, or does not mind; the film below wants its middle back."""
UNREAD_MS = 1000
"""So soon nobody has read it: the key was meant for what lies below."""
EDGE = 16
PLACE = Rect(CARD[0] - EDGE, CARD[1] - EDGE, CARD[2] + 2 * EDGE, CARD[3] + 2 * EDGE)
SIDEWAYS = {Key.LEFT: 0, Key.RIGHT: 1}
STAY, GO = 0, 1


class ReminderLayer(Part):
    """Lies over all screens. `go` opens a channel, or the guide for None; `cut_out` is told where the card
    lies, None when it is gone; `wake` ends a dark screen."""

    def __init__(
        self,
        agent: AgentClient,
        background: Background,
        clock_ms: Callable[[], int],
        go: Callable[[ItemId | None], None],
        cut_out: Callable[[Rect | None], None],
        wake: Callable[[], None],
    ) -> None:
        super().__init__()
        self._agent = agent
        self._background = background
        self._clock_ms = clock_ms
        self._go = go
        self._cut_out = cut_out
        self._wake = wake
        self._asked: DueReminder | None = None
        self._question: Question | None = None
        self._answer = STAY
        self._since_ms = 0
        self._put_off: set[str] = set()
        self._look = Clock.schedule_interval(lambda _dt: self.handle_one_look(), LOOK_S)
        self._gone = Clock.create_trigger(lambda _dt: self._close(), SHOWN_S)

    def handle_one_look(self) -> None:
        """Ask the agent what is due."""
        self._background.run(self._agent.reminders, self._take, self._miss)

    def takes(self, event: KeyEvent) -> bool:
        """Arrows, OK and Back, while it asks; every other key goes on to what lies below."""
        if self._asked is None or not (event.key.is_move or event.key in (Key.OK, Key.BACK)):
            return False
        if event.repeat or self._clock_ms() - self._since_ms < UNREAD_MS:
            return True
        if event.key in SIDEWAYS:
            self._choose(SIDEWAYS[event.key])
        elif event.key is Key.OK:
            self._answered(self._asked, self._answer)
        elif event.key is Key.BACK:
            self._answered(self._asked, STAY)
        return True

    def _take(self, reply: RemindersReply) -> None:
        if self._asked is not None:
            if not is_due(reply, self._asked.item_id):
                self._close()  # somebody answered elsewhere, or it is over
        elif (due := due_reminder(reply, self._put_off)) is not None:
            self._ask(due)

    def _miss(self, _error: TvError) -> None:
        # The agent is away: it is asked again, and the screens say so.
        return

    def _ask(self, due: DueReminder) -> None:
        self._asked, self._since_ms = due, self._clock_ms()
        self._put_off.add(due.item_id)
        go = ("live", _("去看")) if due.channel_id is not None else ("list", _("看节目单"))
        self._question = Question(due.title, due.words, (("book", _("留在这里")), go))
        self.add_widget(self._question)
        self._choose(STAY)
        self._wake()
        self._cut_out(PLACE)
        self._gone()

    def _choose(self, answer: int) -> None:
        self._answer = answer
        if self._question is not None:
            self._question.draw_focus(answer)

    def _answered(self, asked: DueReminder, answer: int) -> None:
        self._close()
        self._background.run(
            lambda: self._agent.forget_reminder(asked.item_id), lambda _reply: None, self._miss
        )
        if answer == GO:
            self._go(asked.channel_id)

    def _close(self) -> None:
        self._gone.cancel()
        self.clear_widgets()
        self._asked = self._question = None
        self._cut_out(None)
