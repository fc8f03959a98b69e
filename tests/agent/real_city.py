"""The real municipal platform as a process of its own, with one station, one course and one channel."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.agent.ports import free_port
from tests.fakes.fake_city import ACCOUNT, CODE, PNG, STATION

_READY_S = 20.0


@contextmanager
def real_city(folder: Path, port: int | None = None) -> Iterator[str]:
    """The address of the platform that was set up in `folder`, until the block ends."""
    used = free_port() if port is None else port
    media = ["--media", str(folder / "media"), "--covers", str(folder / "covers")]
    with (folder / "city.log").open("ab") as log:
        process = subprocess.Popen(
            [*_command(folder), "serve", "--port", str(used), *media], stdout=log, stderr=log
        )
    try:
        url = f"http://127.0.0.1:{used}"
        _wait_until_ready(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(15)


def set_up(folder: Path, *, with_channel: bool = True) -> None:
    """Import one of everything; takes some seconds, so tests copy one folder."""
    (folder / "media").mkdir()
    (folder / "covers").mkdir()
    (folder / "covers" / "five.png").write_bytes(PNG)
    _make_media(folder / "media" / "课 五.mp4")
    place = [STATION["number"], STATION["name"], STATION["district"], "", STATION["type"]]
    stations = ",".join([*place, "1", ACCOUNT, CODE])
    sheets = {
        "districts": ["district", STATION["district"]],
        "stations": ["number,name,district,street,type,due,account,activation_code", stations],
        "courses": [
            "course_id,title,producer,category,topic,monthly,episode,episode_title,media,cover",
            "5,乡村振兴,市委组织部,农业技术,,2026-11,1,第一集,课 五.mp4,five.png",
        ],
        "channels": ["channel_id,number,title,media", "L1,1,党建频道,课 五.mp4"],
    }
    if not with_channel:
        del sheets["channels"]
    subprocess.run([*_command(folder), "init"], check=True, capture_output=True)
    for what, lines in sheets.items():
        sheet = folder / f"{what}.csv"
        sheet.write_text("\n".join(lines) + "\n", encoding="utf-8")
        more = ["--media", str(folder / "media")] if what in ("courses", "channels") else []
        subprocess.run(
            [*_command(folder), "import", what, str(sheet), *more], check=True, capture_output=True
        )


def _make_media(file: Path) -> None:
    picture = ["-f", "lavfi", "-i", "testsrc=size=320x180:rate=25:duration=4"]
    tone = ["-f", "lavfi", "-i", "sine=frequency=440:duration=4"]
    codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-c:a", "aac", "-movflags", "+faststart"]
    subprocess.run(
        ["ffmpeg", "-loglevel", "error", "-y", *picture, *tone, *codecs, str(file)],
        check=True,
        capture_output=True,
    )


def _command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "municipal", "--data", str(folder / "data")]


def _wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _READY_S
    while time.monotonic() < until and process.poll() is None:
        try:
            requests.get(f"{url}/v1/health", timeout=2)
        except requests.ConnectionError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the platform did not start; see city.log")
