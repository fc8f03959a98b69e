"""The command line."""

from pathlib import Path

import pytest

from agent.commands.arguments import arguments, settings_of
from agent.errors import StartError


def test_run_is_the_default_command() -> None:
    for given in ([], ["run"], ["--port", "9000"]):
        assert arguments(given).command == "run"


def test_settings_are_taken_from_it() -> None:
    settings, _ = settings_of(arguments(["--data-dir", "/d", "--retry-min-s", "2", "--shelf-gb", "1.5"]))
    assert (settings.data_folder, settings.retry_min_s) == (Path("/d"), 2.0)
    assert settings.shelf_limit_bytes == 1_500_000_000


@pytest.mark.parametrize(
    "given",
    [
        ["--municipal-url", "nowhere"],
        ["--municipal-url", "ftp://x"],
        ["--port", "0"],
        ["--port", "70000"],
        ["--retry-min-s", "0"],
        ["--retry-min-s", "9", "--retry-max-s", "8"],
        ["--shelf-gb", "-1"],
    ],
)
def test_values_that_cannot_be_used_are_told(given: list[str]) -> None:
    with pytest.raises(StartError):
        settings_of(arguments(given))
