"""A server of playlists and segments that falls silent in the middle of a segment, without closing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SilentServer:
    url: str
    silent: threading.Event
    """Once set, every segment stops half way."""


@contextmanager
def running_silent_server(root: Path) -> Iterator[SilentServer]:
    silent, over = threading.Event(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = root / self.path.lstrip("/")
            if not path.is_file():
                self.send_error(404)
                return
            content = path.read_bytes()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if path.suffix == ".ts" and silent.is_set():
                self.wfile.write(content[: len(content) // 2])
                over.wait()
            else:
                self.wfile.write(content)

        def log_message(self, *words: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield SilentServer(f"http://127.0.0.1:{server.server_port}", silent)
        finally:
            over.set()
            server.shutdown()
            thread.join()
