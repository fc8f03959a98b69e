"""Kodi as bench/keys.py measures it: its start, its main menu, one of its lists of settings."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

from bench.keys_start import FIRST_TRIES_MS, answers_after_ms
from bench.keys_walked import Walked, walk
from bench.keys_walks import MENU, SETTINGS
from bench.keys_watch import Watch, now_ms
from bench.playback_peers import WARM_S, Peer, kodi, running
from bench.playback_sample import Sample, take_sample
from demo.display import RemoteAndEyes

REST_S = 15.0
KEYMAP = "<keymap><global><keyboard><f9>ActivateWindow(PlayerSettings)</f9></keyboard></global></keymap>\n"
TO_SETTINGS = "F9"
INTO_LIST = "Right"
KEYS = {MENU: ("Down",) * 7 + ("Up",) * 7, SETTINGS: ("Down",) * 5 + ("Up",) * 5}
COMES_UP_MS = 3_000.0
PROGRAM = "kodi.bin"


def kodi_with_keys(folder: Path) -> Peer:
    """With one key more, which leads to the settings. Raises OSError."""
    peer = kodi(folder)
    keymaps = Path(peer.environment["HOME"], ".kodi", "userdata", "keymaps")
    keymaps.mkdir(parents=True)
    (keymaps / "bench.xml").write_text(KEYMAP, encoding="ascii")
    return peer


def measure_kodi(
    peer: Peer, display: str, watch: Watch, keys: int
) -> tuple[float, dict[str, Walked], Sample]:
    """The least of several starts in milliseconds, what came of its walks, and its main menu at rest."""
    with RemoteAndEyes(display) as remote:
        *before, last = FIRST_TRIES_MS
        starts_ms = []
        for first_try_ms in before:
            with _started(peer, display, watch, remote, first_try_ms) as start_ms:
                starts_ms.append(start_ms)
                watch.settle(COMES_UP_MS)
        with _started(peer, display, watch, remote, last) as start_ms:
            watch.settle(COMES_UP_MS)
            menu = walk(watch, remote, islice(cycle(KEYS[MENU]), keys), "Down")
            watch.press(remote, TO_SETTINGS)
            watch.settle(COMES_UP_MS)
            watch.press(remote, INTO_LIST)
            settings = walk(watch, remote, islice(cycle(KEYS[SETTINGS]), keys), "Down")
            watch.press(remote, "Escape")
            time.sleep(WARM_S)
            sample = take_sample(remote, REST_S, look=False)
            return min(*starts_ms, start_ms), {MENU: menu, SETTINGS: settings}, sample


@contextmanager
def _started(
    peer: Peer, display: str, watch: Watch, remote: RemoteAndEyes, first_try_ms: float
) -> Iterator[float]:
    """Runs meanwhile; gives the milliseconds of its start."""
    watch.free_the_keys()
    began_ms = now_ms()
    with running(peer, display):
        yield answers_after_ms(watch, remote, "Down", "Up", began_ms, first_try_ms)
