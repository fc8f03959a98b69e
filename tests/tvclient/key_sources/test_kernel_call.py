"""The numbers of our calls against those that a compiler makes of the kernel's headers."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tvclient.key_sources import cec_message, cec_port, evdev_device, input_event

SOURCE = """
#include <linux/cec.h>
#include <linux/input.h>
#include <stdio.h>
int main(void) {
    printf("%zu %zu %zu %zu %zu\\n", sizeof(struct input_event), sizeof(struct cec_msg),
           sizeof(struct cec_log_addrs), sizeof(struct cec_caps), sizeof(struct cec_event));
    printf("%lu %lu %lu %lu\\n", (unsigned long)EVIOCGNAME(256), (unsigned long)EVIOCGKEY(96),
           (unsigned long)EVIOCGBIT(EV_KEY, 96), (unsigned long)EVIOCGRAB);
    printf("%lu %lu %lu %lu %lu %lu %lu %lu %lu\\n", (unsigned long)CEC_ADAP_G_CAPS,
           (unsigned long)CEC_ADAP_G_PHYS_ADDR, (unsigned long)CEC_ADAP_G_LOG_ADDRS,
           (unsigned long)CEC_ADAP_S_LOG_ADDRS, (unsigned long)CEC_TRANSMIT, (unsigned long)CEC_RECEIVE,
           (unsigned long)CEC_DQEVENT, (unsigned long)CEC_S_MODE, (unsigned long)CEC_ADAP_S_PHYS_ADDR);
    return 0;
}
"""


def test_sizes_and_numbers_are_the_kernels(tmp_path: Path) -> None:
    compiler = shutil.which("cc")
    if compiler is None or not Path("/usr/include/linux/cec.h").exists():
        pytest.skip("no C compiler, or no kernel headers (linux-libc-dev)")
    (tmp_path / "calls.c").write_text(SOURCE)
    subprocess.run([compiler, "-o", tmp_path / "calls", tmp_path / "calls.c"], check=True)
    told = subprocess.run([tmp_path / "calls"], check=True, capture_output=True, text=True).stdout
    sizes, evdev, cec = ([int(word) for word in line.split()] for line in told.splitlines())
    layouts = (input_event.LAYOUT, cec_message.LAYOUT, cec_port.LOG_ADDRS, cec_port.CAPS, cec_port.EVENT)
    assert sizes == [layout.size for layout in layouts]
    device, port = evdev_device, cec_port
    assert evdev == [device.EVIOCGNAME, device.EVIOCGKEY, device.EVIOCGBIT_KEY, device.EVIOCGRAB]
    assert cec[:4] == [port.G_CAPS, port.G_PHYS_ADDR, port.G_LOG_ADDRS, port.S_LOG_ADDRS]
    assert cec[4:] == [port.TRANSMIT, port.RECEIVE, port.DQEVENT, port.S_MODE, port.S_PHYS_ADDR]
