"""The command zhanxue-tv: reads its options, looks whether it can start, and runs the television."""

import argparse
import importlib
import logging
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from study.local_api import DEFAULT_PORT, DEFAULT_TERMINAL
from tvclient.errors import CannotStart
from tvclient.heap import keep_heap_small, put_off_collection
from tvclient.settings import Settings
from tvclient.widgets.fonts import find_fonts
from tvclient.words import speak

log = logging.getLogger("tvclient")

FULL_SCREEN = "fullscreen"
EXIT_CANNOT_START = 2
STATE_FOLDER = Path.home() / ".local" / "share" / "zhanxue"


def read_options(arguments: Sequence[str] | None) -> Settings:
    """Settings from the command line; argparse ends the program with 2 at a bad option."""
    parser = argparse.ArgumentParser("zhanxue-tv", description="站学的电视端：放课程，只用遥控器。")
    parser.add_argument("--agent-url", default=f"http://127.0.0.1:{DEFAULT_PORT}", help="本机学习服务的地址")
    parser.add_argument("--token-file", type=Path, default=STATE_FOLDER / "agent" / "token", help="口令文件")
    parser.add_argument("--terminal", default=DEFAULT_TERMINAL, help="本站第几台电视，例如 tv-1")
    parser.add_argument("--size", type=_size, default=None, help="1920x1080 这样的窗口大小，或 fullscreen")
    parser.add_argument("--data-folder", type=Path, default=STATE_FOLDER / "tv", help="电视自己的文件夹")
    parser.add_argument("--keymaps", type=Path, default=None, help="运维人员自己的按键表文件夹")
    parser.add_argument("--events-file", type=Path, default=None, help="逐行记下每个按键做了什么")
    parser.add_argument("--video-output", default=None, help="强制画面输出方式：plain_x11、gpu 或 texture")
    parser.add_argument("--grab", action="append", default=[], metavar="设备名", help="由电视独占的输入设备")
    parser.add_argument("--no-cec", action="store_true", help="不用 HDMI-CEC")
    parser.add_argument("--show-keys", action="store_true", help="不开电视，只显示遥控器的每个键是什么")
    parser.add_argument("--saver", type=_minutes, default=5.0, metavar="分钟", help="多久没人按键后屏幕变暗")
    parser.add_argument("--language", default="zh_CN", help="屏幕文字的语言，例如 zh_CN")
    options = parser.parse_args(arguments)
    return Settings(
        agent_url=options.agent_url,
        token_file=options.token_file,
        terminal=options.terminal,
        size_px=options.size,
        data_folder=options.data_folder,
        events_file=options.events_file,
        keymap_folder=options.keymaps,
        video_output=options.video_output,
        language=options.language,
        grab=tuple(options.grab),
        cec=not options.no_cec,
        show_keys=options.show_keys,
        saver_min=options.saver,
    )


def prepare_kivy(settings: Settings) -> None:
    """Kivy takes all of its configuration from the environment, at import; its own files stay unused."""
    home = settings.data_folder / "kivy"
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart(
            f"电视的文件夹 {home} 建不了（{error.strerror}）。请用 --data-folder 换一个能写的文件夹。"
        ) from error
    width, height = settings.size_px or (1920, 1080)
    os.environ |= {
        "KIVY_HOME": str(home),
        "KIVY_NO_ARGS": "1",
        "KIVY_NO_CONFIG": "1",
        "KIVY_NO_FILELOG": "1",
        "KIVY_LOG_MODE": "PYTHON",
        "KIVY_WINDOW": "sdl2",
        "KIVY_TEXT": "sdl2",
        "KIVY_IMAGE": "sdl2",
        "KIVY_GL_BACKEND": "sdl2",
        "KIVY_METRICS_DENSITY": "1",
        "KIVY_METRICS_FONTSCALE": "1",
        # Kivy's own Wayland or KMS is for the operator to choose: only X11 gives the cheap window way.
        "SDL_VIDEODRIVER": os.environ.get("SDL_VIDEODRIVER", "x11"),
        # Keys must arrive as keys, whatever input method the desktop runs.
        "SDL_IM_MODULE": "none",
        "KCFG_GRAPHICS_WIDTH": str(width),
        "KCFG_GRAPHICS_HEIGHT": str(height),
        "KCFG_GRAPHICS_FULLSCREEN": "0",
        "KCFG_GRAPHICS_BORDERLESS": "1",
        "KCFG_GRAPHICS_MULTISAMPLES": "0",
        # The application's own loop keeps the pace; Kivy's would make every key wait for it.
        "KCFG_GRAPHICS_MAXFPS": "0",
        "KCFG_GRAPHICS_SHOW_CURSOR": "0",
        "KCFG_KIVY_EXIT_ON_ESCAPE": "0",
        "KCFG_KIVY_PAUSE_ON_MINIMIZE": "0",
        "KCFG_KIVY_LOG_LEVEL": "warning",
    }


def skip_style_sheet(own_data: Path) -> None:
    """Kivy reads the rules of its own widgets at every start, a tenth of the time until home is seen. None of
    those widgets is used here: an empty sheet is read in their place.
    """
    kivy: Any = importlib.import_module("kivy")
    importlib.import_module("kivy.resources")  # looks into the real folder
    real_data, kivy.kivy_data_dir = kivy.kivy_data_dir, str(own_data)
    importlib.import_module("kivy.lang.builder")
    kivy.kivy_data_dir = real_data


def open_window(settings: Settings) -> ModuleType:
    """The application; importing it opens the window, so it has to wait until all is prepared."""
    kivy_log = logging.getLogger("kivy")
    # A window that can't be opened is told by the application, in one sentence.
    kivy_log.disabled = True
    skip_style_sheet(settings.assets_folder / "kivy")
    application = importlib.import_module("tvclient.app")
    kivy_log.disabled = False
    kivy_log.setLevel(logging.WARNING)
    return application


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code: 0 when left in order, 2 when the television can't start."""
    settings = read_options(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    speak(settings.language)
    if settings.show_keys:
        return int(importlib.import_module("tvclient.key_display").show_keys_of(settings, _boottime_ms))
    keep_heap_small()
    put_off_collection()
    try:
        find_fonts()
        prepare_kivy(settings)
        television = open_window(settings).Television(settings)
    except CannotStart as error:
        log.error("%s", error.words)
        return EXIT_CANNOT_START
    television.run()
    return 0


def _boottime_ms() -> int:
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0.0
    if not 0.01 <= minutes <= 24 * 60:
        raise argparse.ArgumentTypeError(f"{text} 不是分钟数，应写成 5 这样的数")
    return minutes


def _size(text: str) -> tuple[int, int] | None:
    if text == FULL_SCREEN:
        return None
    width, _x, height = text.partition("x")
    if not (width.isdigit() and height.isdigit() and int(width) >= 320 and int(height) >= 180):
        raise argparse.ArgumentTypeError(f"{text} 不是窗口大小，应写成 1920x1080 或 fullscreen")
    return int(width), int(height)


if __name__ == "__main__":
    sys.exit(main())
