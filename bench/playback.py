"""Processor time of 1080p25 playback on the real television, beside mpv and bare libVLC on one Xvfb."""

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.playback_house import leave_course, stocked_house, television
from bench.processor import Cores, measure, resident_mb
from demo.display import virtual_display
from demo.home_screen import HomeScreen
from demo.house import House
from demo.operator import Operator

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "build" / "bench" / "playback.json"
FILM = ROOT / "build" / "bench" / "films" / "1080p25.mp4"
ROUNDS = 3
WARM_S, MEASURED_S = 4.0, 20.0
BAR_GOES_S = 7.0
KEY_EVERY_S = 3.0
SCENE_S, SCENES = 30, 3

# Sound is decoded and thrown away by all of them: a bench machine has no sound card.
LIBVLC = [sys.executable, "-m", "bench.playback_libvlc", str(FILM)]
MPV = ["mpv", "--no-config", "--vo=x11", "--ao=null", "--fs", "--msg-level=all=no,statusline=status"]
MPV_FRAMES = "--term-status-msg=frames ${estimated-frame-number} ${frame-drop-count} "


@dataclass(frozen=True, slots=True)
class Measured:
    """Cores in use by program over the measured time, and the frames of the whole playback."""

    cores: Cores
    frames: dict[str, int] | None = None
    resident_mb: float | None = None

    @property
    def total(self) -> float:
        """The X server's work is part of what a player costs."""
        return sum(self.cores.values())


def make_film() -> None:
    """1080p25 H.264 at about 3 Mbit/s with motion everywhere, and a tone."""
    if FILM.exists():
        return
    FILM.parent.mkdir(parents=True, exist_ok=True)
    scene, partial = FILM.with_suffix(".scene.mp4"), FILM.with_suffix(".part.mp4")
    video = ["-f", "lavfi", "-i", "testsrc2=size=1920x1080:rate=25"]
    sound = ["-f", "lavfi", "-i", "sine=frequency=440"]
    rate = ["-b:v", "3M", "-maxrate", "4M", "-bufsize", "6M"]
    coding = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "50", "-c:a", "aac"]
    ffmpeg = ["ffmpeg", "-v", "error", "-y"]
    again = ["-stream_loop", str(SCENES - 1), "-i", str(scene), "-c", "copy", "-movflags", "+faststart"]
    for command in (
        [*ffmpeg, *video, *sound, "-t", str(SCENE_S), *coding, *rate, str(scene)],
        [*ffmpeg, *again, str(partial)],
    ):
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    scene.unlink()
    partial.rename(FILM)


def measure_television(house: House, display: str, course: int) -> Iterator[tuple[str, Measured]]:
    """Home at rest, then a course from its beginning: the picture alone, then with the bar in sight."""
    with television(house, display) as operator:
        time.sleep(WARM_S)
        yield "home", Measured(measure(MEASURED_S))
        HomeScreen(operator, house).play_course(str(course))
        time.sleep(max(WARM_S, BAR_GOES_S))
        window = measure(MEASURED_S)
        operator.press("Up")
        bar = measure(MEASURED_S, lambda seconds: keep_bar(operator, seconds))
        memory = resident_mb("zhanxue-tv")
        frames = leave_course(operator, house)
        yield "window", Measured(window, frames, memory)
        yield "bar", Measured(bar, frames, memory)


def keep_bar(operator: Operator, seconds: float) -> None:
    """A key now and then, so that the bar stays."""
    for _ in range(int(seconds // KEY_EVERY_S)):
        time.sleep(KEY_EVERY_S)
        operator.press("Up")
    time.sleep(seconds % KEY_EVERY_S)


@contextmanager
def running(command: list[str], display: str) -> Iterator[list[str]]:
    """A peer; gives the list that holds what it said once it has ended."""
    said: list[str] = []
    with tempfile.TemporaryFile("w+") as out:
        environment = {**os.environ, "DISPLAY": display}
        player = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
        try:
            time.sleep(WARM_S)
            yield said
            if player.poll() is not None:
                raise RuntimeError(f"{command[0]} ended too early, with {player.returncode}")
        finally:
            player.terminate()
            player.wait(timeout=60)
            out.seek(0)
            said += out.read().split()


def measure_libvlc(display: str) -> Measured:
    with running(LIBVLC, display) as said:
        cores = measure(MEASURED_S)
    shown, lost = map(int, said[-2:])
    return Measured(cores, {"shown": shown, "lost": lost})


def measure_mpv(display: str) -> Measured:
    with running([*MPV, MPV_FRAMES, str(FILM)], display) as said:
        cores = measure(MEASURED_S)
    shown, lost = map(int, said[-2:])
    return Measured(cores, {"shown": shown, "lost": lost})


def run_rounds() -> dict[str, list[Measured]]:
    """Everybody once a round, one after the other, on one X server."""
    measured: dict[str, list[Measured]] = {name: [] for name in ("home", "window", "bar", "libvlc", "mpv")}
    with tempfile.TemporaryDirectory() as folder, virtual_display(Path(folder, "xvfb.log")) as display:
        house = stocked_house(Path(folder), FILM, ROUNDS, display)
        for turn in range(1, ROUNDS + 1):
            # A course that was begun would go on where it was left; the peers start at the beginning.
            for name, one in measure_everybody(house, display, turn):
                measured[name].append(one)
                print(f"round {turn} {name:8} {one.total:.3f} cores {rounded(one)}", flush=True)
    return measured


def measure_everybody(house: House, display: str, course: int) -> Iterator[tuple[str, Measured]]:
    yield from measure_television(house, display, course)
    yield "libvlc", measure_libvlc(display)
    if shutil.which("mpv"):
        yield "mpv", measure_mpv(display)


def target(name: str, value: float, limit: float) -> dict[str, object]:
    return {"id": name, "value": round(value, 4), "limit": limit, "better": "less", "met": value <= limit}


def targets_of(measured: dict[str, list[Measured]]) -> list[dict[str, object]]:
    """Medians over the rounds; no ratio without its peer."""
    cores = {name: statistics.median(one.total for one in ones) for name, ones in measured.items() if ones}
    targets = [
        target("window_vs_libvlc", cores["window"] / cores["libvlc"], 1.15),
        target("bar_vs_plain", cores["bar"] / cores["window"], 1.5),
        target("idle_core", cores["home"], 0.02),
        target("lost_frames", max(one.frames["lost"] for one in measured["window"] if one.frames), 0),
    ]
    if "mpv" not in cores:
        print("mpv is not installed: nothing is said about it")
        return targets
    return [target("window_vs_mpv", cores["window"] / cores["mpv"], 0.75), *targets]


def rounded(measured: Measured) -> dict[str, object]:
    cores = {name: round(cores, 4) for name, cores in measured.cores.items() if round(cores, 4)}
    return {**asdict(measured), "total": round(measured.total, 4), "cores": cores}


def main() -> None:
    make_film()
    load_before = os.getloadavg()
    measured = run_rounds()
    targets = targets_of(measured)
    result = {
        "name": "playback",
        "rounds": ROUNDS,
        "machine": {
            "cpus": os.cpu_count(),
            "system": platform.platform(),
            "load_before": load_before,
            "load_after": os.getloadavg(),
        },
        "targets": targets,
        "raw": {
            "film": "1080p25 H.264, about 3 Mbit/s, AAC",
            "measured_s": MEASURED_S,
            "runs": {name: [rounded(one) for one in ones] for name, ones in measured.items()},
        },
    }
    RESULT.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for one in targets:
        print(one)


if __name__ == "__main__":
    main()
