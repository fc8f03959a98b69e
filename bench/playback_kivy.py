"""A peer of bench/playback.py: Kivy's own Video, by ffpyplayer, over a whole window.

Run as `python bench/playback_kivy.py FILM` in an environment that has both; ends at SIGTERM.
"""

import os
import sys

os.environ |= {
    "KIVY_NO_ARGS": "1",
    "KIVY_NO_CONFIG": "1",
    "KIVY_NO_FILELOG": "1",
    "KIVY_WINDOW": "sdl2",
    "KIVY_VIDEO": "ffpyplayer",
    "KIVY_METRICS_DENSITY": "1",
    "KCFG_GRAPHICS_WIDTH": "1920",
    "KCFG_GRAPHICS_HEIGHT": "1080",
    "KCFG_GRAPHICS_BORDERLESS": "1",
    "KCFG_GRAPHICS_MULTISAMPLES": "0",
}

from kivy.base import runTouchApp
from kivy.core.window import Window
from kivy.uix.video import Video

Window.left = Window.top = 0
runTouchApp(Video(source=sys.argv[1], state="play", fit_mode="fill"))
