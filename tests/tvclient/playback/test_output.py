"""How the way to the screen is chosen."""

import logging

import pytest

from tvclient.playback.output import OutputName, choose_output


@pytest.mark.parametrize(
    "renderer",
    ["llvmpipe (LLVM 15.0.6, 256 bits)", "softpipe", "Software Rasterizer", "SWR (LLVM)", "", " "],
)
def test_a_software_renderer_gets_plain_x11_without_glx(renderer: str) -> None:
    output = choose_output(renderer, None)
    assert output.name is OutputName.PLAIN_X11
    assert "--no-xlib" in output.vlc_options
    assert output.media_options == (":avcodec-hw=none",)


@pytest.mark.parametrize("renderer", ["Mesa Intel(R) HD Graphics 500 (APL 2)", "Mali-G31", "AMD Radeon"])
def test_a_gpu_gets_vlcs_own_choice_and_hardware_decoding(renderer: str) -> None:
    output = choose_output(renderer, None)
    assert output.name is OutputName.GPU
    assert (output.vlc_options, output.media_options) == ((), ())


def test_the_setting_beats_the_renderer() -> None:
    assert choose_output("llvmpipe", "gpu").name is OutputName.GPU
    assert choose_output("Mali-G31", "plain_x11").name is OutputName.PLAIN_X11


def test_without_x11_it_is_the_texture_whatever_the_setting(caplog: pytest.LogCaptureFixture) -> None:
    assert choose_output("Mali-G31", None, on_x11=False).name is OutputName.TEXTURE
    assert choose_output("llvmpipe", "plain_x11", on_x11=False).name is OutputName.TEXTURE
    assert "needs X11" in caplog.text


def test_the_texture_is_taken_where_it_is_asked_for() -> None:
    assert choose_output("llvmpipe", "texture").name is OutputName.TEXTURE


def test_an_unknown_setting_is_told_and_ignored(caplog: pytest.LogCaptureFixture) -> None:
    assert choose_output("llvmpipe", "hologram").name is OutputName.PLAIN_X11
    assert "hologram" in caplog.text


def test_the_choice_is_told_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    choose_output("llvmpipe (LLVM 15.0.6, 256 bits)", None)
    assert "plain_x11" in caplog.text
    assert "llvmpipe" in caplog.text
