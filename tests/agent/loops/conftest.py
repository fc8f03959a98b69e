"""What the loops of the stick start from: an office, and a box with something to carry to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.loops.exporting import Carrier
from tests.agent.stick import Office, make_carrier
from tests.fakes.fake_clock import FakeClock


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def carrier(tmp_path: Path, office: Office, clock: FakeClock) -> Iterator[Carrier]:
    held = make_carrier(tmp_path / "box", office, clock)
    yield held
    held.database.close()
