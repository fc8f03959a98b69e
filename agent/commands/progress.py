"""The progress of long work: a bar on a terminal, a line now and then in a log."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import TextIO

from tqdm import tqdm

Progress = Callable[[int, int], None]
"""Called with what is done and the whole, in any unit."""

_LINE_EVERY_S = 10.0


@contextlib.contextmanager
def progress(
    words: str, out: TextIO | None = None, now_s: Callable[[], float] = time.monotonic
) -> Iterator[Progress]:
    """Shown on stderr, so that what a command prints can still go into a pipe."""
    out = sys.stderr if out is None else out
    if out.isatty():
        with _bar(words, out) as told:
            yield told
    else:
        yield _lines(words, out, now_s)


@contextlib.contextmanager
def _bar(words: str, out: TextIO) -> Iterator[Progress]:
    tqdm.monitor_interval = 0  # its thread would outlive the bar
    bar = tqdm(desc=words, file=out, leave=False, bar_format="{desc} {percentage:3.0f}%|{bar}| {elapsed}")

    def told(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    try:
        yield told
    finally:
        bar.close()


def _lines(words: str, out: TextIO, now_s: Callable[[], float]) -> Progress:
    said_s = now_s()

    def told(done: int, total: int) -> None:
        nonlocal said_s
        if total > 0 and now_s() - said_s >= _LINE_EVERY_S:
            said_s = now_s()
            print(f"{words} {done * 100 // total}%", file=out, flush=True)

    return told
