"""The torture in its short form, and that it notices a box that does not keep its promises."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.torture import real_television
from tests.torture.__main__ import PARTS
from tests.torture.disk_record import recorded
from tests.torture.power_cut import Most, stretches_of, try_cuts
from tests.torture.result import PartResult

# The real television is killed by a journey of its own in every run.
SHORT = [part.torture for part in PARTS.values() if part is not real_television]


@pytest.mark.parametrize("torture", SHORT, ids=lambda torture: torture.__module__.rpartition(".")[2])
def test_nothing_is_lost_doubled_or_misdated_beyond_the_bounds(torture: Callable[..., PartResult]) -> None:
    result = torture(short=True, tell=print)
    assert result.faults == []
    assert any(result.tried.values()) or "跳过" in result.figures


def test_a_box_that_does_not_sync_is_caught(tmp_path: Path) -> None:
    careless = (
        "import agent.stores.disk.connection as c; from tests.torture.life import main; import sys;"
        "c._PRAGMAS = tuple(p.replace('FULL', 'OFF') for p in c._PRAGMAS); main(*sys.argv[1:])"
    )
    box, marks = tmp_path / "box", tmp_path / "marks"
    box.mkdir()
    words = [sys.executable, "-c", careless, str(box), str(marks), "1", "8"]
    effects = recorded(words, box, marks, tmp_path / "trace")
    [stretch] = stretches_of(effects, box, 1, Most(step=25, pieces=1))
    assert any("acknowledged" in fault for fault in try_cuts(stretch).faults)
