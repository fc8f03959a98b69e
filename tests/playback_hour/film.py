"""A film that counts its frames where the screen can be read."""

import subprocess
from pathlib import Path

from tests.playback_hour import counter

FRAMES_PER_S = 25
FRAME_MS = 1000 / FRAMES_PER_S
KEYFRAME_EVERY = 50
BITS_PER_S = "12M"
"""So much whatever the picture: between city and picture some 20 MB wait in buffers, and a cut of the line
must be felt."""
_SCENE = "testsrc2=size=1920x1080:rate=25,loop=loop=-1:size=1,scroll=horizontal=0.004"


def make_film(path: Path, seconds: int) -> None:
    """1080p25 H.264 at a constant 12 Mbit/s, its picture moving, and a tone; nothing if it is there."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part.mp4")
    coding = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", str(KEYFRAME_EVERY)]
    rate = ["-b:v", BITS_PER_S, "-minrate", BITS_PER_S, "-maxrate", BITS_PER_S, "-bufsize", "6M"]
    picture = f"{_SCENE},format=yuv420p,{counter.drawing()}"
    subprocess.run(
        [
            *("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", picture),
            *("-f", "lavfi", "-i", "sine=frequency=330:sample_rate=48000", "-t", str(seconds)),
            *(*coding, *rate, "-x264-params", "nal-hrd=cbr:filler=1", "-c:a", "aac"),
            *("-movflags", "+faststart", str(partial)),
        ],
        check=True,
        stdin=subprocess.DEVNULL,
    )
    partial.rename(path)
