"""From a device through the thread of the sources to the turn of the thread that draws."""

import os
import queue
from collections.abc import Callable
from pathlib import Path

from tests.tvclient.key_sources.piped_box import PipedBox
from tests.tvclient.key_sources.recorded import INFRARED_TAP, stream
from tvclient.__main__ import read_options
from tvclient.box_keys import BoxKeys, device_kinds
from tvclient.key_sources.device import Heard

PATIENCE_S = 15.0


def test_what_a_device_says_comes_out_on_the_drawing_threads_turn(tmp_path: Path) -> None:
    turns: queue.Queue[Callable[[], None]] = queue.Queue()
    heard: list[Heard] = []
    box = PipedBox(tmp_path)
    keys = BoxKeys((box.kind,), heard.append, lambda: None, turns.put, lambda: 0)
    box.plug_in("event3")
    keys.start()
    # Opening for writing waits for the thread to have opened it for reading.
    writer = os.open(box.folder / "event3", os.O_WRONLY)
    os.write(writer, stream(INFRARED_TAP))
    while len(heard) < 2:
        turns.get(timeout=PATIENCE_S)()
    assert [str(one.phase) for one in heard] == ["down", "up"]
    keys.stop()
    os.close(writer)
    while not turns.empty():
        turns.get()()
    assert len(heard) == 2
    box.close()


def test_the_operator_chooses_what_is_listened_to() -> None:
    patterns = [str(kind.folder / kind.pattern) for kind in device_kinds(read_options([]))]
    assert patterns == ["/dev/input/event*", "/dev/cec*"]
    assert len(device_kinds(read_options(["--no-cec"]))) == 1
    assert read_options(["--grab", "gpio_ir", "--grab", "MX3"]).grab == ("gpio_ir", "MX3")
