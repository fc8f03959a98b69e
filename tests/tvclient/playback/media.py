"""Real media, made by ffmpeg, and a real server that serves them well and badly."""

import asyncio
import shutil
import socket
import subprocess
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

CLIP_MS = 12_000
SHORT_MS = 3_000


def make_clip(path: Path, size: str, length_ms: int, *options: str) -> None:
    """H.264 and AAC, a moving picture and a tone, a key frame every second."""
    seconds = str(length_ms / 1000)
    picture = ["-f", "lavfi", "-i", f"testsrc2=size={size}:rate=25"]
    tone = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"]
    video = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25"]
    run_ffmpeg(*picture, *tone, "-t", seconds, *video, "-c:a", "aac", *options, str(path))


def make_media(folder: Path) -> None:
    """Everything the tests play: good clips, HLS, and the broken ones of a bad day."""
    make_clip(folder / "clip.mp4", "640x360", CLIP_MS, "-movflags", "+faststart")
    make_clip(folder / "short.mp4", "640x360", SHORT_MS, "-movflags", "+faststart")
    make_clip(folder / "hd.mp4", "1920x1080", SHORT_MS, "-movflags", "+faststart")
    whole = (folder / "clip.mp4").read_bytes()
    (folder / "empty.mp4").write_bytes(b"")
    (folder / "text.mp4").write_text("这不是视频，只是文字。\n" * 200, encoding="utf-8")
    (folder / "truncated.mp4").write_bytes(whole[: len(whole) // 3])
    run_ffmpeg("-i", str(folder / "clip.mp4"), "-c", "copy", str(folder / "moov_last.mp4"))
    (folder / "headless.mp4").write_bytes((folder / "moov_last.mp4").read_bytes()[: len(whole) // 3])
    run_ffmpeg("-i", str(folder / "clip.mp4"), "-vn", "-c", "copy", str(folder / "sound_only.m4a"))
    (folder / "vod").mkdir()
    segments = ["-hls_time", "2", "-hls_playlist_type", "vod"]
    run_ffmpeg("-i", str(folder / "clip.mp4"), "-c", "copy", *segments, str(folder / "vod" / "index.m3u8"))


@contextmanager
def running_live(folder: Path) -> Iterator[None]:
    """A live channel in `folder`: ffmpeg writes a sliding HLS playlist for as long as this lasts."""
    live = folder / "live"
    shutil.rmtree(live, ignore_errors=True)  # an earlier channel's playlist would be played first
    live.mkdir()
    window = ["-hls_time", "1", "-hls_list_size", "4", "-hls_flags", "delete_segments+omit_endlist"]
    source = ["-re", "-stream_loop", "-1", "-i", str(folder / "clip.mp4"), "-c", "copy"]
    command = ["ffmpeg", "-v", "error", "-y", *source, "-f", "hls", *window, str(live / "index.m3u8")]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as ffmpeg:
        try:
            yield
        finally:
            ffmpeg.terminate()


def run_ffmpeg(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-y", *arguments], check=True, stdin=subprocess.DEVNULL)


class MediaServer:
    """Serves a folder with Range under /media, and misbehaves elsewhere."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._cut = False
        self._dies_with: int | None = None
        self._dead = False
        self.url = ""

    def cut_next(self) -> None:
        """The next file asked for under /cut ends in the middle, once."""
        self._cut = True

    def die_with(self, status: int) -> None:
        """What is under /dying breaks off at half its size; from then on this is the answer, until `mend`."""
        self._dies_with, self._dead = status, False

    def mend(self) -> None:
        self._dies_with, self._dead = None, False

    @contextmanager
    def running(self) -> Iterator["MediaServer"]:
        routes = [
            Mount("/media", StaticFiles(directory=self._folder)),
            Route("/cut/{name}", self._cut_off),
            Route("/dying/{name:path}", self._dying),
            Route("/silent", self._silent),
            Route("/circle", lambda _: RedirectResponse("/circle")),
            Route("/forbidden", lambda _: Response(status_code=403)),
        ]
        door = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(
            Starlette(routes=routes), log_level="critical", timeout_graceful_shutdown=1, ws="none"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([door],))
        thread.start()
        self.url = f"http://127.0.0.1:{door.getsockname()[1]}"
        try:
            yield self
        finally:
            server.should_exit = True
            thread.join(10)
            door.close()

    async def _cut_off(self, request: Request) -> Response:
        path = self._folder / request.path_params["name"]
        if not self._cut:
            return FileResponse(path)
        self._cut = False
        half = path.read_bytes()[: path.stat().st_size // 2]
        return StreamingResponse(_in_pieces(half), media_type="video/mp4")

    async def _dying(self, request: Request) -> Response:
        path = self._folder / request.path_params["name"]
        if self._dies_with is None:
            return FileResponse(path)
        if self._dead:
            return Response(status_code=self._dies_with)
        content = path.read_bytes()
        start = int(request.headers.get("range", "bytes=0-").removeprefix("bytes=").split("-")[0])
        half = len(content) // 2
        headers = {
            "content-length": str(len(content) - start),
            "content-range": f"bytes {start}-{len(content) - 1}/{len(content)}",
        }
        self._dead = start < half
        body = content[start : half if self._dead else None]
        return StreamingResponse(_in_pieces(body), status_code=206, headers=headers, media_type="video/mp4")

    async def _silent(self, request: Request) -> Response:
        while not await request.is_disconnected():
            await asyncio.sleep(0.2)
        return Response()


async def _in_pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 65_536):
        yield content[start : start + 65_536]
