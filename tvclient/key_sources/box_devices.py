"""The devices of a box that keys come from: the kernel's input devices, the adapters for HDMI-CEC."""

import logging
from collections.abc import Collection
from functools import partial
from pathlib import Path

from tvclient.key_sources.cec_device import CecDevice
from tvclient.key_sources.cec_port import CecPort
from tvclient.key_sources.device import Device
from tvclient.key_sources.device_search import DeviceKind
from tvclient.key_sources.evdev_device import EvdevDevice, InputNode, has_keys

log = logging.getLogger(__name__)

DEV = Path("/dev")


def input_devices(grab: Collection[str] = ()) -> DeviceKind:
    """/dev/input/event*; those whose name contains one of `grab` are taken away from all other programs."""
    words = "红外、蓝牙遥控器和键盘的按键收不到"
    return DeviceKind(DEV / "input", "event*", partial(_open_input, grab=grab), words, "input")


def cec_adapters() -> DeviceKind:
    """/dev/cec*, as the kernel has them; without any nothing happens."""
    return DeviceKind(DEV, "cec*", _open_cec, "电视机自己的遥控器（HDMI-CEC）不起作用", "video")


def _open_input(path: Path, grab: Collection[str]) -> Device | None:
    node = InputNode(path)
    device = EvdevDevice(path, node)
    try:
        if not has_keys(node):
            device.close()
            return None
        if any(name in node.name for name in grab):
            node.grab()
            log.info("遥控来源 %s（%s）由电视独占。", path, node.name)
    except OSError:
        device.close()
        raise
    return device


def _open_cec(path: Path) -> Device:
    port = CecPort(path)
    try:
        return CecDevice(path, port)
    except OSError:
        port.close()
        raise
