"""A screen, an nginx and viewers for the tests of real streams."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from demo.display import virtual_display
from tests.tvclient.streams.nginx import Nginx, running_nginx
from tests.tvclient.streams.viewer import Viewer, viewers


@pytest.fixture(scope="package")
def streams_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("streams")


@pytest.fixture(scope="package")
def nginx(streams_folder: Path) -> Iterator[Nginx]:
    root = streams_folder / "root"
    root.mkdir()
    with running_nginx(streams_folder, root) as server:
        yield server


@pytest.fixture(scope="module")
def make_viewer() -> Iterator[Callable[[], Viewer]]:
    """libVLC embeds itself only on the display of the environment."""
    with ExitStack() as stack:
        name = stack.enter_context(virtual_display())
        stack.enter_context(pytest.MonkeyPatch.context()).setenv("DISPLAY", name)
        yield stack.enter_context(viewers(name))
