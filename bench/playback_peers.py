"""The players that run beside ours in bench/playback.py, each as its own users start it."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.playback_eyes import wait_until_moving
from bench.playback_sample import Sample, take_sample
from bench.result import FOLDER, ROOT
from demo.display import RemoteAndEyes

KODI = Path("/usr/lib/x86_64-linux-gnu/kodi/kodi.bin")
KODI_SETTINGS = '<settings version="2"><setting id="general.addonupdates">2</setting></settings>'
# Without any device Kodi's picture stands still after a while.
KODI_SOUND = "pcm.!default { type null }\nctl.!default { type null }\n"
KIVY_PARTS = ("kivy==2.3.1", "ffpyplayer==4.5.4")
# Sound is decoded and thrown away by all of them: a bench machine has no sound card.
MPV = ("mpv", "--no-config", "--vo=x11", "--ao=null", "--fs", "--msg-level=all=no,statusline=status")
MPV_FRAMES = "--term-status-msg=frames ${estimated-frame-number} ${frame-drop-count} "
STARTS_WITHIN_S, ENDS_WITHIN_S = 60.0, 60.0
WARM_S = 3.0


@dataclass(frozen=True, slots=True)
class Peer:
    """`command` and what comes last, file or URL, plays it; with `counts` it ends by saying two numbers.

    These are the frames that it has shown and lost.
    """

    name: str
    command: tuple[str, ...]
    counts: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)


def libvlc(_folder: Path) -> Peer:
    return Peer("libvlc", (sys.executable, "-m", "bench.playback_libvlc"), counts=True)


def mpv(_folder: Path) -> Peer:
    """Raises OSError where it is not installed."""
    if shutil.which("mpv") is None:
        raise FileNotFoundError("mpv")
    return Peer("mpv", (*MPV, MPV_FRAMES), counts=True)


def kodi(folder: Path) -> Peer:
    """With settings of its own in `folder`, new but that it looks for no updates. Raises OSError."""
    if not KODI.exists():
        raise FileNotFoundError(KODI)
    home = folder / "kodi"
    settings = home / ".kodi" / "userdata" / "guisettings.xml"
    settings.parent.mkdir(parents=True)
    settings.write_text(KODI_SETTINGS, encoding="ascii")
    (home / ".asoundrc").write_text(KODI_SOUND, encoding="ascii")
    return Peer("kodi", (str(KODI), "--standalone", "--windowing=x11"), environment={"HOME": str(home)})


def kivy(folder: Path) -> Peer:
    """Kivy's own Video by ffpyplayer, from PyPI in an environment of its own. Raises CalledProcessError."""
    environment = FOLDER / "kivy-env"
    if not (environment / "installed").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(environment)], check=True)
        subprocess.run([environment / "bin" / "pip", "install", "-q", *KIVY_PARTS], check=True)
        (environment / "installed").touch()
    script = ROOT / "bench" / "playback_kivy.py"
    own = {"KIVY_HOME": str(folder / "kivy"), "SDL_AUDIODRIVER": "dummy", "SDL_VIDEODRIVER": "x11"}
    return Peer("kivy", (str(environment / "bin" / "python"), str(script)), environment=own)


def there(makers: Iterable[Callable[[Path], Peer]], folder: Path) -> dict[str, Peer]:
    """Those that can be run here, by name; of every other it is said why not."""
    found = {}
    for make in makers:
        try:
            peer = make(folder)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{make.__name__} cannot be run here, so nothing is said about it: {error}", flush=True)
        else:
            found[peer.name] = peer
    return found


@contextmanager
def running(peer: Peer, display: str, *what: str) -> Iterator[list[str]]:
    """A peer that plays `what`; gives the list that holds what it said once it has ended."""
    said: list[str] = []
    with tempfile.TemporaryFile("w+") as out:
        player = subprocess.Popen(
            [*peer.command, *what],
            env={**os.environ, **peer.environment, "DISPLAY": display},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
        try:
            yield said
            if player.poll() is not None:
                raise RuntimeError(f"{peer.name} ended too early, with {player.returncode}")
        finally:
            player.terminate()
            player.wait(ENDS_WITHIN_S)
            out.seek(0)
            said += out.read().split()


def measure_peer(peer: Peer, url: str, display: str, seconds: float) -> Sample:
    """Once its picture moves and it has settled. Raises RuntimeError when it stands still later."""
    with RemoteAndEyes(display) as eyes:
        with running(peer, display, url) as said:
            wait_until_moving(eyes, STARTS_WITHIN_S)
            time.sleep(WARM_S)
            sample = take_sample(eyes, seconds)
        if sample.seen_per_s < 1:
            raise RuntimeError(f"{peer.name} shows no moving picture")
        if not peer.counts:
            return sample
        shown, lost = map(int, said[-2:])
        return sample.counted({"shown": shown, "lost": lost})
