"""Work that may wait for disk, network or agent, away from the thread that draws."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from tvclient.errors import TvError

log = logging.getLogger(__name__)

Result = TypeVar("Result")
Deliver = Callable[[Callable[[], None]], None]


class Background:
    """A small pool of threads whose results come back to the drawing thread.

    `deliver` puts a call onto the drawing thread's next turn; it must be safe to call from any thread.
    Nothing runs before `begin`, so that it takes no time from the first picture.
    """

    def __init__(self, deliver: Deliver, threads: int = 3) -> None:
        self._deliver = deliver
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="background")
        self._stopped = False
        self._held: list[Callable[[], None]] | None = []

    def begin(self) -> None:
        """Once, on the drawing thread: do what was asked for so far, and from now on everything at once."""
        held, self._held = self._held, None
        for work in held or ():
            self._pool.submit(work)

    def run(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[TvError], None] | None = None,
    ) -> None:
        """Do `work` in the background, then `then(result)` or `failed(error)` on the drawing thread."""
        call = partial(self._handle_one_work, work, then, failed)
        if self._held is not None:
            self._held.append(call)
        elif not self._stopped:
            self._pool.submit(call)

    def stop(self) -> None:
        """Drop what waits, let what runs end by itself; nothing is delivered any more."""
        self._stopped = True
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _handle_one_work(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[TvError], None] | None,
    ) -> None:
        try:
            result = work()
        except TvError as error:
            log.info("%s", error.words)
            self._answer(failed, error)
        except Exception:  # a defect in one piece of work must not take the pool down
            log.exception("出错了：后台工作没有做完，其余照常运行。")
            self._answer(failed, TvError("程序内部出错，已记入日志。请再试一次。"))
        else:
            self._answer(then, result)

    def _answer(self, call: Callable[[Result], None] | None, value: Result) -> None:
        if call is not None:
            self._deliver(lambda: None if self._stopped else call(value))
