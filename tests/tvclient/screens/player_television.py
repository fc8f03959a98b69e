"""The television with one screen opened over home, as a program of its own that a test presses keys on.

usage: python -m tests.tvclient.screens.player_television SCREEN ITEM_ID [the options of zhanxue-tv]
"""

import importlib
import logging
import sys

from tvclient.__main__ import prepare_kivy, read_options


def main() -> None:
    screen, item_id, *options = sys.argv[1:]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings = read_options(options)
    prepare_kivy(settings)
    # Kivy reads its settings from the environment when it is imported.
    importlib.import_module("tests.tvclient.screens.player_wiring").run(settings, screen, item_id)


if __name__ == "__main__":
    main()
