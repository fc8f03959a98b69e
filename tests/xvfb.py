"""A virtual X server of its own for a test."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

SCREEN = "1920x1080x24"


@contextmanager
def running_xvfb(screen: str = SCREEN) -> Iterator[str]:
    """Runs Xvfb on a free display and hands out its name, like ":7".

    The server picks the number itself, so that any number of tests can run at once. DISPLAY is left
    alone: whoever needs it sets it (`monkeypatch.setenv` or `env=`).
    """
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", screen, "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(timeout=10)
