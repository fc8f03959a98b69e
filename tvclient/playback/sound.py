"""Which sound output libVLC is told to use."""

import os
from collections.abc import Mapping
from pathlib import Path


def sound_options(
    devices: Path = Path("/dev/snd"), environment: Mapping[str, str] = os.environ
) -> tuple[str, ...]:
    """libVLC's own choice where there is a sound server or a card, silence where there is neither.

    Without this a box without sound tries every output again at each opening.
    """
    server = environment.get("PULSE_SERVER") or _server_socket(environment)
    cards = devices.is_dir() and any(devices.glob("pcm*p"))
    return () if server or cards else ("--aout=dummy",)


def _server_socket(environment: Mapping[str, str]) -> bool:
    folder = environment.get("XDG_RUNTIME_DIR")
    return bool(folder) and Path(folder or "", "pulse", "native").exists()
