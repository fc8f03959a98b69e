"""The data folder is one agent's."""

from pathlib import Path

import pytest

from agent.data_folder import locked, media_pass, prepare, token
from agent.errors import StartError
from agent.settings import Settings


def test_the_token_is_made_once(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "new", "http://x")
    prepare(settings)
    assert token(settings) == token(settings)
    assert len(token(settings)) > 40


@pytest.mark.parametrize("damage", [b"", b"\n", b"short", b"\xff" * 43, b"\0" * 43, b"a b" * 20, b"x" * 4096])
def test_a_damaged_token_is_made_anew_and_its_owners_only(tmp_path: Path, damage: bytes) -> None:
    settings = Settings(tmp_path, "http://x")
    settings.token_file.write_bytes(damage)
    settings.token_file.chmod(0o644)
    assert len(token(settings)) > 40
    assert token(settings).encode() != damage
    assert settings.token_file.stat().st_mode & 0o777 == 0o600


def test_a_token_that_others_could_read_is_its_owners_only_again(tmp_path: Path) -> None:
    settings = Settings(tmp_path, "http://x")
    held = token(settings)
    settings.token_file.chmod(0o644)
    assert token(settings) == held
    assert settings.token_file.stat().st_mode & 0o777 == 0o600


def test_media_addresses_stay_good_when_the_agent_is_started_again_and_tell_nothing_of_the_token(
    tmp_path: Path,
) -> None:
    settings = Settings(tmp_path, "http://x")
    prepare(settings)
    first = media_pass(token(settings))
    assert media_pass(token(settings)) == first
    assert first not in token(settings)
    assert media_pass("another token") != first


def test_a_second_holder_is_turned_away_until_the_first_is_gone(tmp_path: Path) -> None:
    settings = Settings(tmp_path, "http://x")
    with locked(settings) as first, locked(settings) as second:
        assert (first, second) == (True, False)
    with locked(settings) as third:
        assert third


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StartError, match="不能写入"):
        prepare(Settings(tmp_path / "file" / "below", "http://x"))
