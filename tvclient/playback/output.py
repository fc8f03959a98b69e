"""How the picture gets from libVLC to the screen, chosen once at start-up."""

import logging
from dataclasses import dataclass
from enum import StrEnum

log = logging.getLogger(__name__)

SOFTWARE_RENDERERS = ("llvmpipe", "softpipe", "swrast", "swr", "software", "lavapipe", "gdi generic")


class OutputName(StrEnum):
    PLAIN_X11 = "plain_x11"
    """Pictures put into the window by the processor: the cheapest way where GL is done in software."""
    GPU = "gpu"
    """VLC's own choice of output, with decoding in hardware where there is any."""
    TEXTURE = "texture"
    """Pictures drawn by Kivy among its own: for screens without X11."""


OPTIONS: dict[OutputName, tuple[str, ...]] = {
    # With an embedded window VLC ignores --vout; only this keeps its GLX output out.
    OutputName.PLAIN_X11: ("--no-xlib",),
    OutputName.GPU: (),
    # Whatever decodes, the pictures come into memory.
    OutputName.TEXTURE: (),
}
MEDIA_OPTIONS: dict[OutputName, tuple[str, ...]] = {
    # Any hardware unless told otherwise, and libVLC takes that from the media only.
    OutputName.PLAIN_X11: (":avcodec-hw=none",),
    OutputName.GPU: (),
    OutputName.TEXTURE: (),
}


@dataclass(frozen=True, slots=True)
class Output:
    """The chosen way, libVLC's options that make it so, for the instance and for each media, and why."""

    name: OutputName
    vlc_options: tuple[str, ...]
    media_options: tuple[str, ...]
    why: str


def choose_output(gl_renderer: str, forced: str | None, on_x11: bool = True) -> Output:
    """Chooses by the GL_RENDERER string of the television's own GL context.

    `forced` is the operator's setting, a value of OutputName; one that does not exist is told in the log
    and ignored, and so is a window where there is no X11. An empty renderer means that GL told nothing,
    which is taken for software: plain X11 works everywhere, GL on a weak processor does not.
    """
    if not on_x11:
        if forced not in (None, OutputName.TEXTURE):
            log.warning("video output %r needs X11, which there is not", forced)
        return _told(OutputName.TEXTURE, "there is no X11")
    if forced is not None:
        if forced in tuple(OutputName):
            return _told(OutputName(forced), "forced by setting")
        log.warning("video output %r is unknown; known are %s", forced, ", ".join(OutputName))
    renderer = gl_renderer.strip()
    if not renderer:
        return _told(OutputName.PLAIN_X11, "GL names no renderer")
    if renders_in_software(renderer):
        return _told(OutputName.PLAIN_X11, f"{renderer} renders in software")
    return _told(OutputName.GPU, f"{renderer} renders in hardware")


def renders_in_software(gl_renderer: str) -> bool:
    return not gl_renderer.strip() or any(name in gl_renderer.lower() for name in SOFTWARE_RENDERERS)


def _told(name: OutputName, why: str) -> Output:
    log.info("video output: %s (%s)", name, why)
    return Output(name, OPTIONS[name], MEDIA_OPTIONS[name], why)
