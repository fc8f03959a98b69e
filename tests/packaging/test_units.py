"""The systemd units say what systemd understands, and what the programs need."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from agent.commands.arguments import arguments

UNIT = Path(__file__).resolve().parents[2] / "packaging" / "zhanxue-agent.service"


def value(name: str) -> str:
    [found] = re.findall(rf"^{name}=(.*)$", UNIT.read_text(), re.MULTILINE)
    return str(found)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="this machine has no systemd-analyze")
def test_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    # The program lies elsewhere here; everything else is as it is installed.
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text().replace("/usr/bin/zhanxue-agent", sys.executable))
    said = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (said.returncode, said.stderr) == (0, "")


def test_its_command_is_one_that_the_agent_takes() -> None:
    program, *words = value("ExecStart").split()
    asked = arguments(words)
    assert program.endswith("/zhanxue-agent")
    assert (asked.command, asked.raise_clock, asked.data_dir) == ("run", True, Path("/var/lib/zhanxue"))


def test_it_is_started_anew_whatever_happens_and_watched() -> None:
    assert (value("Type"), value("Restart"), value("StartLimitIntervalSec")) == ("notify", "always", "0")
    assert int(value("WatchdogSec")) >= 60
    assert value("AmbientCapabilities") == value("CapabilityBoundingSet") == "CAP_SYS_TIME"
