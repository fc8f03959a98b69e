"""Which sound output is asked for."""

from pathlib import Path

from tvclient.playback.sound import sound_options


def test_without_card_and_server_there_is_silence(tmp_path: Path) -> None:
    assert sound_options(tmp_path / "snd", {}) == ("--aout=dummy",)


def test_a_card_without_an_output_is_no_card(tmp_path: Path) -> None:
    (tmp_path / "pcmC0D0c").touch()
    assert sound_options(tmp_path, {}) == ("--aout=dummy",)


def test_a_card_leaves_the_choice_to_vlc(tmp_path: Path) -> None:
    (tmp_path / "pcmC0D0p").touch()
    assert sound_options(tmp_path, {}) == ()


def test_a_sound_server_leaves_the_choice_to_vlc(tmp_path: Path) -> None:
    (tmp_path / "pulse").mkdir()
    (tmp_path / "pulse" / "native").touch()
    assert sound_options(tmp_path / "snd", {"XDG_RUNTIME_DIR": str(tmp_path)}) == ()
    assert sound_options(tmp_path / "snd", {"PULSE_SERVER": "unix:/somewhere"}) == ()
