"""Programs in another boot see its clock and id, end as asked, and die with what put them there."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from demo.other_boot import OtherBoot, why_no_other_boot
from demo.programs import Program
from tests.journeys.village import wait_until

pytestmark = pytest.mark.skipif(bool(why_no_other_boot()), reason="no namespaces here")
SAYS = """
import os, signal, sys, time
def end(*_): print("ended", flush=True); sys.exit(7)
signal.signal(signal.SIGTERM, end)
boot = open("/proc/sys/kernel/random/boot_id").read().strip()
print(os.getpid(), boot, time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 10**9, os.environ.get("X"), flush=True)
time.sleep(60)
"""


@pytest.fixture
def boot(tmp_path: Path) -> OtherBoot:
    return OtherBoot(tmp_path, 100)


def told(boot: OtherBoot, folder: Path) -> tuple[Program, list[str]]:
    program = Program("it", [*boot.words(["X=1"]), sys.executable, "-c", SAYS], folder / "log")
    program.start()
    wait_until(lambda: b"\n" in program.log.read_bytes())
    return program, program.log.read_text().split()


def test_it_has_a_clock_and_an_id_of_its_own(boot: OtherBoot, tmp_path: Path) -> None:
    program, (_pid, name, up_s, env) = told(boot, tmp_path)
    assert (name, env) == (boot.boot_id, "1")
    assert abs(int(up_s) - boot.mono_ms() / 1000) < 2
    assert program.stop() == 7
    assert program.last_words().endswith("ended")
    boot.sleep_through(1_000)
    program.log.unlink()
    again, (_pid, same, later_s, _env) = told(boot, tmp_path)
    again.stop()
    assert same == boot.boot_id
    assert 1_000 <= int(later_s) - int(up_s) < 1_010


def test_killed_it_is_gone(boot: OtherBoot, tmp_path: Path) -> None:
    program, (pid, *_rest) = told(boot, tmp_path)
    program.kill()
    end = time.monotonic() + 5
    while time.monotonic() < end:
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    os.kill(int(pid), signal.SIGKILL)
    raise AssertionError("it lives on")
