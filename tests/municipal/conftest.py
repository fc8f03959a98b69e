"""Fixtures of the municipal platform's tests."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from municipal.database import Database
from tests.municipal.city import Backend, City, chosen, city_database, running_city


@pytest.fixture(params=list(Backend))
def backend(request: pytest.FixtureRequest) -> Iterator[Backend]:
    """The test is done on each."""
    chosen[0] = request.param
    yield request.param
    chosen[0] = Backend.SQLITE


@pytest.fixture
def database(backend: Backend, tmp_path: Path) -> Iterator[Database]:
    """The city's database, without a server."""
    opened = city_database(tmp_path / "municipal.db")
    yield opened
    opened.close()


@pytest.fixture
def city(backend: Backend, tmp_path: Path) -> Iterator[City]:
    """The city with its server."""
    with running_city(tmp_path) as running:
        yield running


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds of H.264 and AAC with a key frame every second, its index in front."""
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    picture = ["-f", "lavfi", "-i", "testsrc=size=160x90:rate=10:duration=4"]
    sound = ["-f", "lavfi", "-i", "sine=duration=4"]
    form = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-c:a", "aac", "-movflags", "+faststart"]
    subprocess.run(["ffmpeg", "-v", "error", *picture, *sound, *form, str(path)], check=True)
    return path
