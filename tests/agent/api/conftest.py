"""What the tests of the local API start from: an agent that knows the city's catalogue."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agent.api.app import make_app
from agent.serving import Serving, bound
from agent.settings import Settings
from agent.stores.disk.database import Database
from tests.agent.api.served import Agent
from tests.agent.ports import free_port
from tests.fakes.fake_city import FakeCity
from tests.fakes.fake_clock import FakeClock


@pytest.fixture
def guide_sources() -> tuple[str, ...]:
    """Where the agent's guides come from."""
    return ()


@pytest.fixture
def agent(
    mirrored: Database, city: FakeCity, tmp_path: Path, clock: FakeClock, guide_sources: tuple[str, ...]
) -> Iterator[Agent]:
    settings = Settings(tmp_path, city.url, port=free_port(), retry_min_s=1.0, spread_s=0.0)
    settings = replace(settings, programme_guides=guide_sources)
    held = Agent(mirrored, settings, clock)
    held.parts.guides.tidy()
    serving = Serving(make_app(held.parts), bound(settings))
    serving.start()
    yield held
    serving.stop()
    held.parts.guides.close()
    for client in held.clients:
        client.close()
