"""The smallest set of clips that has every container, codec and way of delivery once."""

from dataclasses import dataclass
from pathlib import Path

from tests.tvclient.playback.media import run_ffmpeg

FORMAT_MS = 6_000


@dataclass(frozen=True, slots=True)
class Format:
    """A clip under its name, made by ffmpeg's options."""

    name: str
    options: tuple[str, ...]
    over_http: bool


FORMATS = (
    Format("h264_aac.mp4", ("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"), over_http=True),
    Format("hevc_opus.mkv", ("-c:v", "libx265", "-preset", "ultrafast", "-c:a", "libopus"), over_http=True),
    Format("mpeg2_mp3.ts", ("-c:v", "mpeg2video", "-b:v", "2M", "-c:a", "libmp3lame"), over_http=True),
    Format("vp9_opus.mkv", ("-c:v", "libvpx-vp9", "-speed", "8", "-c:a", "libopus"), over_http=False),
    Format("hevc_aac.mp4", ("-c:v", "libx265", "-preset", "ultrafast", "-c:a", "aac"), over_http=False),
    Format("mpeg2_mp2.ts", ("-c:v", "mpeg2video", "-b:v", "2M", "-c:a", "mp2"), over_http=False),
    Format(
        "hls_h264_mp3/index.m3u8",
        (
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-c:a",
            "libmp3lame",
            "-hls_time",
            "2",
            "-hls_list_size",
            "0",
        ),
        over_http=True,
    ),
)


def make_formats(folder: Path) -> None:
    """Pictures of 320 × 180 and a tone, a key frame every second."""
    for form in FORMATS:
        path = folder / form.name
        path.parent.mkdir(exist_ok=True)
        run_ffmpeg(
            *("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25"),
            *("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"),
            *("-t", str(FORMAT_MS / 1000), "-pix_fmt", "yuv420p", "-g", "25", *form.options, str(path)),
        )
