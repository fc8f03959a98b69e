"""The television with one screen opened over home, as a program of its own that a test presses keys on.

usage: python -m tests.tvclient.screens.player_television SCREEN ITEM_ID ASK_AFTER_MS ANSWER_WITHIN_MS
[zhanxue-tv's options]

SIGUSR1 opens the screen once more; SIGUSR2 blocks the main thread for BLOCKED_S.
"""

import importlib
import logging
import signal
import sys
import time
from dataclasses import replace

from study import presence
from tvclient.__main__ import prepare_kivy, read_options
from tvclient.heap import keep_heap_small

BLOCKED_S = 3.0
NAMES = {"player": "item_id", "course": "course_id"}
"""What the screens that are about something call it."""


def main() -> None:
    screen, item_id, ask_after_ms, answer_within_ms, *options = sys.argv[1:]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings = read_options(options)
    keep_heap_small()
    prepare_kivy(settings)
    # Before the screens are imported, which take it from there.
    presence.ANSWER_WITHIN_MS = int(answer_within_ms)
    # Kivy reads its settings from the environment when it is imported.
    app = importlib.import_module("tvclient.app")
    parts = importlib.import_module("tvclient.later_parts").LaterParts
    clock = importlib.import_module("kivy.clock").Clock
    params = {NAMES[screen]: item_id} if screen in NAMES else {}

    make_player = parts.make_player

    def make_patient_player(self, services, item_id, from_start=False):
        asked = int(ask_after_ms)
        self._studio = replace(self._studio, ask_after_ms=asked, ask_after_group_ms=2 * asked)
        return make_player(self, services, item_id, from_start)

    parts.make_player = make_patient_player

    class OpenedTelevision(app.Television):
        def _watch_state(self):
            super()._watch_state()
            self._navigator.show(screen, **params)
            again = clock.create_trigger(lambda _dt: self._navigator.show(screen, **params))
            signal.signal(signal.SIGUSR1, lambda *_: again())
            signal.signal(signal.SIGUSR2, lambda *_: time.sleep(BLOCKED_S))

    OpenedTelevision(settings).run()


if __name__ == "__main__":
    main()
