"""The television with one screen opened over home, as a program of its own that a test presses keys on.

usage: python -m tests.tvclient.screens.player_television SCREEN ITEM_ID ASK_AFTER_MS [zhanxue-tv's options]
"""

import importlib
import logging
import sys
from dataclasses import replace

from tvclient.__main__ import prepare_kivy, read_options


def main() -> None:
    screen, item_id, ask_after_ms, *options = sys.argv[1:]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings = read_options(options)
    prepare_kivy(settings)
    # Kivy reads its settings from the environment when it is imported.
    app = importlib.import_module("tvclient.app")
    player = importlib.import_module("tvclient.screens.player")
    params = {"item_id": item_id} if screen == "player" else {}

    class OpenedTelevision(app.Television):
        def _make_player(self, services, item_id, from_start=False):
            studio = replace(self._studio, ask_after_ms=int(ask_after_ms))
            return player.Player(services, studio, item_id, from_start)

        def _watch_state(self):
            super()._watch_state()
            self._navigator.show(screen, **params)

    OpenedTelevision(settings).run()


if __name__ == "__main__":
    main()
