"""The films that bench/playback.py plays, made once with ffmpeg."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from bench.result import FOLDER

FILMS = FOLDER / "films"
SCENE_S, SCENES = 30, 8


@dataclass(frozen=True, slots=True)
class Film:
    """H.264 with motion everywhere and a tone, SCENES times the same SCENE_S.

    The picture is ffmpeg's testsrc2: a frame counter at the top left, a red column at the left edge.
    """

    name: str
    width_px: int
    height_px: int
    frames_per_s: int
    mbit_per_s: float

    @property
    def path(self) -> Path:
        # The length is in the name, so that a film of another one is made anew.
        return FILMS / f"{self.name}-{SCENE_S * SCENES}s.mp4"

    def __str__(self) -> str:
        size = f"{self.width_px}×{self.height_px} at {self.frames_per_s} frames/s"
        return f"{size}, H.264, about {self.mbit_per_s:g} Mbit/s, AAC, {SCENE_S * SCENES} s"


MAIN = Film("1080p25", 1920, 1080, 25, 3)
FAST = Film("1080p50", 1920, 1080, 50, 5)
SMALL = Film("720p25", 1280, 720, 25, 1.5)
ALL = (MAIN, FAST, SMALL)


def make(film: Film) -> None:
    """Unless it is there. Raises CalledProcessError with ffmpeg's own words on the screen."""
    if film.path.exists():
        return
    FILMS.mkdir(parents=True, exist_ok=True)
    scene, partial = film.path.with_suffix(".scene.mp4"), film.path.with_suffix(".part.mp4")
    size = f"size={film.width_px}x{film.height_px}:rate={film.frames_per_s}"
    sources = ["-f", "lavfi", "-i", f"testsrc2={size}", "-f", "lavfi", "-i", "sine=frequency=440"]
    rate = ["-b:v", f"{film.mbit_per_s}M", "-maxrate", f"{film.mbit_per_s * 4 / 3:g}M"]
    rate += ["-bufsize", f"{film.mbit_per_s * 2:g}M", "-g", str(2 * film.frames_per_s)]
    coding = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    ffmpeg = ["ffmpeg", "-v", "error", "-y"]
    again = ["-stream_loop", str(SCENES - 1), "-i", str(scene), "-c", "copy", "-movflags", "+faststart"]
    for command in (
        [*ffmpeg, *sources, "-t", str(SCENE_S), *coding, *rate, str(scene)],
        [*ffmpeg, *again, str(partial)],
    ):
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    scene.unlink()
    partial.rename(film.path)
