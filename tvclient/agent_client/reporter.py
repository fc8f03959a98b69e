"""Tells the agent what is being watched, every five seconds and at every change, from its own thread."""

import logging
import threading
from collections.abc import Callable

from study.local_api import REPORT_EVERY_MS, ReportReply, ReportRequest
from study.units import MonotonicMs
from tvclient.agent_client.kept_report import KeptReports
from tvclient.agent_client.play_state import PlayState, Standing
from tvclient.agent_client.report_book import ReportBook
from tvclient.errors import AgentAway, AgentRefused, TvError

log = logging.getLogger(__name__)

LEAVE_WITHIN_S = 4.0
TOLD_WITHIN_S = 1.0

Send = Callable[[ReportRequest], ReportReply]
OnReport = Callable[[tuple[Standing, ...], TvError | None], None]
"""What a report led to: the sessions' standing, or why it did not arrive. Called on the reporter's thread."""


class Reporter:
    """The thread round a ReportBook; `note` never waits for the agent.

    `send` waits for the agent's reply at most for its own time-outs and raises TvError. What it does not
    take is `kept` for a later run.
    """

    def __init__(
        self, book: ReportBook, kept: KeptReports, send: Send, clock: Callable[[], MonotonicMs]
    ) -> None:
        self._book = book
        self._kept = kept
        self._send = send
        self._clock = clock
        self._listener: OnReport | None = None
        self._changed = False
        self._under_way = False
        self._leaving = False
        self._away = False
        self._turn = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="reporter", daemon=True)

    def start(self) -> None:
        """Begin to report."""
        self._thread.start()

    def listen(self, listener: OnReport | None) -> None:
        """Who is told what came of each report; one at a time, None for nobody."""
        with self._turn:
            self._listener = listener

    def note(self, play: PlayState, changed: bool) -> None:
        """The latest state of a play; `changed` sends it now, otherwise it goes with the next report."""
        with self._turn:
            self._book.put(play)
            if changed:
                self._changed = True
                self._turn.notify_all()

    def wait_until_told(self) -> None:
        """Wait, a second at most, until the changes noted so far were sent; for other threads only.

        Whoever asks the agent right after the player was left would else read what was before.
        """
        with self._turn:
            self._turn.wait_for(lambda: not (self._changed or self._under_way), TOLD_WITHIN_S)

    def stop(self) -> None:
        """Send what is left and end; waits four seconds at most. What is not sent by then is kept."""
        with self._turn:
            self._leaving = True
            self._turn.notify_all()
        self._thread.join(LEAVE_WITHIN_S)
        with self._turn:
            body = self._book.next_report(self._clock())
        if body is not None:
            self._kept.keep(body)
            log.warning("最后一段学习没有来得及告诉学习服务，已存在电视上，下次启动时自动补传。")

    def handle_one_report(self) -> bool:
        """Send one report if there is anything to tell; whether the agent has taken it."""
        self._send_one_kept()
        with self._turn:
            body = self._book.next_report(self._clock())
            self._changed = False
            self._under_way = body is not None
            self._turn.notify_all()
        if body is None:
            return True
        try:
            return self._take_one_reply(body)
        finally:
            with self._turn:
                self._under_way = False
                self._turn.notify_all()

    def _send_one_kept(self) -> None:
        """Before anything newer, because sessions are joined in the order in which they are told."""
        body = self._kept.earlier()
        if body is None:
            return
        try:
            self._send(body)
        except AgentAway:
            return
        except AgentRefused as error:
            log.warning("以前留下的学习记录没有被收下：%s", error.words)
            self._kept.set_earlier_aside()
        else:
            log.info("以前留下的学习记录已补传。")
            self._kept.drop_earlier()

    def _take_one_reply(self, body: ReportRequest) -> bool:
        try:
            reply = self._send(body)
        except AgentAway as error:
            self._kept.keep(body)
            return self._not_taken(error)
        except AgentRefused as error:
            with self._turn:
                self._book.refused(self._clock())
            return self._not_taken(error)
        with self._turn:
            standings, listener = self._book.settle(reply), self._listener
        self._kept.drop()
        if self._away:
            log.info("学习服务恢复，学习记录继续上传。")
        self._away = False
        if listener is not None:
            listener(standings, None)
        return True

    def _not_taken(self, error: TvError) -> bool:
        if not self._away:
            log.warning("学习记录暂时报不上去，留在内存里稍后再报：%s", error.words)
        self._away = True
        with self._turn:
            listener = self._listener
        if listener is not None:
            listener((), error)
        return False

    def _run(self) -> None:
        self._send_one_kept()
        leaving = False
        while not leaving:
            with self._turn:
                self._turn.wait_for(self._is_due, REPORT_EVERY_MS / 1000)
                leaving = self._leaving
            try:
                self.handle_one_report()
            except Exception:  # a defect in one report must not end reporting
                log.exception("学习记录上传出错，稍后再报。")

    def _is_due(self) -> bool:
        return self._changed or self._leaving
