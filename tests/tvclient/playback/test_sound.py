"""Where sound can be played is seen from the box itself."""

import socket
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tvclient.playback.sound import SoundOutput, SoundPlace, vlc_volume


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path, as a socket needs one."""
    with TemporaryDirectory() as name:
        yield Path(name)


@pytest.fixture
def runtime(folder: Path) -> dict[str, str]:
    (folder / "pulse").mkdir()
    return {"XDG_RUNTIME_DIR": str(folder)}


def listen(runtime: dict[str, str]) -> socket.socket:
    """A server at the usual place, which takes nobody in."""
    door = socket.socket(socket.AF_UNIX)
    door.bind(str(Path(runtime["XDG_RUNTIME_DIR"]) / "pulse" / "native"))
    door.listen()
    return door


def card(folder: Path) -> Path:
    devices = folder / "snd"
    devices.mkdir()
    (devices / "pcmC0D0p").touch()
    return devices


def test_without_card_and_server_there_is_silence(folder: Path, runtime: dict[str, str]) -> None:
    assert SoundPlace(folder / "snd", runtime).choose() is SoundOutput.NONE


def test_a_card_without_an_output_is_no_card(folder: Path) -> None:
    (folder / "pcmC0D0c").touch()
    assert SoundPlace(folder, {}).choose() is SoundOutput.NONE


def test_a_card_without_a_server_is_played_through(folder: Path, runtime: dict[str, str]) -> None:
    assert SoundPlace(card(folder), runtime).choose() is SoundOutput.CARD


def test_a_server_comes_before_the_card(folder: Path, runtime: dict[str, str]) -> None:
    with listen(runtime):
        assert SoundPlace(card(folder), runtime).choose() is SoundOutput.SERVER


def test_the_socket_of_a_server_that_died_is_no_server(folder: Path, runtime: dict[str, str]) -> None:
    listen(runtime).close()
    assert SoundPlace(folder / "snd", runtime).choose() is SoundOutput.NONE


def test_a_server_that_was_there_is_waited_for_and_not_robbed_of_its_card(
    folder: Path, runtime: dict[str, str]
) -> None:
    place = SoundPlace(card(folder), runtime)
    with listen(runtime):
        place.choose()
    assert place.choose() is SoundOutput.NONE
    (folder / "pulse" / "native").unlink()
    with listen(runtime):
        assert place.choose() is SoundOutput.SERVER


@pytest.mark.parametrize("form", ["unix:{}", "{}", "{{0123abcd}}unix:{}"])
def test_the_server_is_where_libpulse_is_told_to_look(
    folder: Path, runtime: dict[str, str], form: str
) -> None:
    told = {"PULSE_SERVER": form.format(folder / "pulse" / "native"), "XDG_RUNTIME_DIR": "/nowhere"}
    assert SoundPlace(folder / "snd", told).choose() is SoundOutput.NONE
    with listen(runtime):
        assert SoundPlace(folder / "snd", told).choose() is SoundOutput.SERVER


def test_a_server_elsewhere_is_left_to_libpulse(folder: Path) -> None:
    place = SoundPlace(folder / "snd", {"PULSE_SERVER": "tcp:loudspeaker.local:4713"})
    assert place.choose() is SoundOutput.SERVER
    assert place.is_connected()


def test_a_connection_of_this_process_is_seen_and_so_is_its_end(
    folder: Path, runtime: dict[str, str]
) -> None:
    place = SoundPlace(folder / "snd", runtime)
    with listen(runtime):
        place.choose()
        assert not place.is_connected(), "to look is not to stay"
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(folder / "pulse" / "native"))
            assert place.is_connected()
        assert not place.is_connected()


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_looking_leaves_no_file_open(folder: Path, runtime: dict[str, str]) -> None:
    place = SoundPlace(folder / "snd", runtime)
    with listen(runtime):
        before = open_files()
        place.choose()
        place.is_connected()
        assert open_files() == before


def test_every_step_of_the_volume_is_one_of_libvlcs_own_and_none_jumps() -> None:
    percents = [vlc_volume(loudness) for loudness in range(5, 101, 5)]
    steps = [after - before for before, after in pairwise(percents)]
    assert percents[-1] == 100
    assert percents[0] >= 20, "cubic: a fifth of the way is 42 dB down"
    assert all(1 <= step <= 8 for step in steps)
    assert vlc_volume(0) == 0
