"""What `zhanxue-tv --show-keys` prints: as what each key of the box's devices arrives."""

import sys
from collections.abc import Callable, Sequence
from typing import TextIO

from tvclient.box_keys import device_kinds
from tvclient.key_sources.device import Heard
from tvclient.key_sources.device_search import DeviceKind
from tvclient.key_sources.key_sources import KeySources
from tvclient.keymaps import read_keymap
from tvclient.remote.key_signal import Phase, Standby
from tvclient.remote.keymap import Keymap
from tvclient.settings import Settings
from tvclient.state.key_words import key_words

BEGINNING = "请按遥控器上的键，每按一下显示一行；按 Ctrl-C 结束。"
PHASES = {Phase.DOWN: "按下", Phase.REPEAT: "按住", Phase.UP: "松开"}


def key_line(heard: Heard, keymap: Keymap) -> str:
    """One thing that a device told, in the words of a keymap's line."""
    if isinstance(heard, Standby):
        return f"{heard.source}  电视机待机"
    key = keymap.lookup(heard.code)
    meaning = f'"{key}"（{key_words(key)}）' if key is not None else '""（没有对应的键）'
    return f'{heard.source}  {PHASES[heard.phase]}  "{heard.code}" = {meaning}'


def show_keys_of(settings: Settings, clock_ms: Callable[[], int]) -> int:
    """As `show_keys`, of all devices and with all keymaps of these settings."""
    return show_keys(device_kinds(settings), read_keymap(settings), clock_ms)


def show_keys(
    kinds: Sequence[DeviceKind], keymap: Keymap, clock_ms: Callable[[], int], out: TextIO = sys.stdout
) -> int:
    """Until Ctrl-C. The television may run meanwhile, unless it has a device for itself."""

    def hear(heard: Heard) -> None:
        print(key_line(heard, keymap), file=out, flush=True)

    sources = KeySources(kinds, hear, clock_ms)
    try:
        print(BEGINNING, file=out, flush=True)
        sources.begin()
        while True:
            sources.handle_one_wait()
    except OSError as error:
        print(f"不能监视遥控设备（{error.strerror}）。请重新启动这台一体机，再试一次。", file=out)
        return 1
    except KeyboardInterrupt:
        # The devices are let go of with the program, however often it is told to end.
        return 0
