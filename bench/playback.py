"""Processor time of 1080p25 playback in the window way, beside mpv and bare libVLC on the same Xvfb."""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "build" / "bench" / "playback.json"
MEDIA = ROOT / "build" / "bench" / "1080p25.mp4"
ROUNDS = 3
WARM_S, MEASURED_S = 4, 20
SCREEN = "1920x1080x24"
TICKS = os.sysconf("SC_CLK_TCK")

HERE = Path(__file__).resolve().parent
LENGTH_S = str(WARM_S + MEASURED_S + 2)
# Sound is decoded and thrown away by all of them: a bench machine has no sound card.
PEERS = {
    "window": [sys.executable, str(HERE / "playback_window.py"), str(MEDIA), LENGTH_S],
    "libvlc": [sys.executable, str(HERE / "playback_libvlc.py"), str(MEDIA), LENGTH_S],
    "mpv": ["mpv", "--no-config", "--really-quiet", "--vo=x11", "--ao=null", "--fs", str(MEDIA)],
}
KIVY = {
    "KIVY_NO_ARGS": "1",
    "KIVY_NO_CONSOLELOG": "1",
    "KIVY_NO_FILELOG": "1",
    "KCFG_GRAPHICS_WIDTH": "1920",
    "KCFG_GRAPHICS_HEIGHT": "1080",
    "KCFG_GRAPHICS_MAXFPS": "30",  # as the television turns while a course plays and no panel is shown
}


@dataclass(frozen=True)
class Measured:
    """Cores in use over the measured time, and what the player said at its end."""

    player_cores: float
    server_cores: float
    frames: dict[str, int]

    @property
    def cores(self) -> float:
        return self.player_cores + self.server_cores


def make_media() -> None:
    """1080p25 H.264 at about 3 Mbit/s with real motion, and a tone."""
    if MEDIA.exists():
        return
    MEDIA.parent.mkdir(parents=True, exist_ok=True)
    partial = MEDIA.with_suffix(".part.mp4")
    sources = [
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=1920x1080:rate=25",
        "-f",
        "lavfi",
        "-i",
        "sine=frequency=440",
    ]
    video = ["-c:v", "libx264", "-preset", "veryfast", "-b:v", "3M", "-maxrate", "4M", "-bufsize", "6M"]
    rest = ["-pix_fmt", "yuv420p", "-g", "50", "-c:a", "aac", "-movflags", "+faststart"]
    length = ["-t", str(WARM_S + MEASURED_S + 20)]
    command = ["ffmpeg", "-v", "error", "-y", *sources, *length, *video, *rest, str(partial)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    partial.rename(MEDIA)


def used_s(pids: list[int]) -> float:
    """Processor seconds of these processes and their finished children."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        total += sum(int(field) for field in fields[11:15])
    return total / TICKS


def family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(descendant for child in children for descendant in family(int(child)))]


def measure(command: list[str], server: subprocess.Popen[bytes], environment: dict[str, str]) -> Measured:
    """Plays once on the running X server."""
    with tempfile.TemporaryFile("w+") as said:
        player = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.DEVNULL
        )
        clock = threading.Event()
        clock.wait(WARM_S)
        if player.poll() is not None:
            raise RuntimeError(f"{command[0]} ended after {WARM_S} s with {player.returncode}")
        before = used_s(family(player.pid)), used_s([server.pid])
        clock.wait(MEASURED_S)
        after = used_s(family(player.pid)), used_s([server.pid])
        if "mpv" in command[0]:
            player.terminate()
        player.wait(timeout=60)
        said.seek(0)
        frames = said.read().strip().splitlines()
    used = [(late - early) / MEASURED_S for early, late in zip(before, after, strict=True)]
    return Measured(*used, json.loads(frames[-1]) if frames else {})


def run_rounds() -> dict[str, list[Measured]]:
    """Every peer once a round, one after the other, on one X server."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    measured: dict[str, list[Measured]] = {name: [] for name in PEERS}
    try:
        with os.fdopen(reading) as answer:
            display = f":{answer.readline().strip()}"
        environment = {**os.environ, **KIVY, "DISPLAY": display, "PYTHONPATH": str(ROOT)}
        for turn in range(ROUNDS):
            for name, player in PEERS.items():
                one = measure(player, server, environment)
                measured[name].append(one)
                print(f"round {turn + 1} {name:8} {one.cores:.3f} cores {one.frames}", flush=True)
    finally:
        server.terminate()
        server.wait()
    return measured


def target(name: str, value: float, limit: float) -> dict[str, object]:
    return {"id": name, "value": round(value, 3), "limit": limit, "better": "less", "met": value <= limit}


def main() -> None:
    make_media()
    measured = run_rounds()
    cores = {name: statistics.median(one.cores for one in ones) for name, ones in measured.items()}
    lost = max(one.frames["frames_lost"] for one in measured["window"])
    result = {
        "name": "playback",
        "rounds": ROUNDS,
        "machine": {"cpus": os.cpu_count(), "system": platform.platform(), "load": os.getloadavg()},
        "targets": [
            target("window_vs_mpv", cores["window"] / cores["mpv"], 0.75),
            target("window_vs_libvlc", cores["window"] / cores["libvlc"], 1.15),
            target("lost_frames", lost, 0),
        ],
        "raw": {
            "media": "1080p25 H.264, about 3 Mbit/s, AAC",
            "measured_s": MEASURED_S,
            "cores": {name: round(value, 4) for name, value in cores.items()},
            "runs": {
                name: [
                    {"player": round(one.player_cores, 4), "server": round(one.server_cores, 4), **one.frames}
                    for one in ones
                ]
                for name, ones in measured.items()
            },
        },
    }
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    for one in result["targets"]:
        print(one)


if __name__ == "__main__":
    main()
