"""The start of a box after a power cut, as a program of its own that is recorded, to be cut again."""

import os
import sys
from pathlib import Path

from tests.fakes.fake_clock import FakeClock
from tests.torture.box import start_box

FIRST_BOOT = "boot-after-the-first-cut"


def main(folder: str, marks: str) -> None:
    Path(marks).touch()
    box = start_box(Path(folder), FakeClock(FIRST_BOOT))
    box.database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
    os._exit(0)
