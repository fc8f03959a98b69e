"""Kivy's own window, found in a Kivy of its own."""

import os
import subprocess
import sys
from pathlib import Path

from Xlib.display import Display

from tvclient.playback.output import OutputName, choose_output

ASK = """
from tvclient.playback.parent_window import gl_renderer, parent_window_id
print(parent_window_id(), gl_renderer(), flush=True)
input()
"""


def test_the_id_is_that_of_the_window_on_screen(display_name: str, display: Display, tmp_path: Path) -> None:
    quiet = {"KIVY_NO_ARGS": "1", "KIVY_NO_CONSOLELOG": "1", "KIVY_NO_FILELOG": "1"}
    environment = {**os.environ, **quiet, "KIVY_HOME": str(tmp_path), "DISPLAY": display_name}
    with subprocess.Popen(
        [sys.executable, "-c", ASK],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as kivy:
        assert kivy.stdout is not None
        xid, _, renderer = kivy.stdout.readline().strip().partition(" ")
        shown = [int(window.id) for window in display.screen().root.query_tree().children]
        kivy.communicate("\n", timeout=20)
    assert int(xid) in shown
    assert choose_output(renderer, None).name is OutputName.PLAIN_X11
