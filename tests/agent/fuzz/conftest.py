"""One box for all fuzzing: whatever was done to it before, it must go on."""

from collections.abc import Iterator

import pytest

from tests.agent.fuzz.box import Box, box_in_use


@pytest.fixture(scope="package")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    with box_in_use(tmp_path_factory.mktemp("fuzz")) as held:
        yield held
        held.is_well()
