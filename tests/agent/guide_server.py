"""A web server that keeps guides and lists, as a test wants it to behave."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_LATER = 5.0


class GuideServer:
    """Change its fields at any time; answers 304 to whoever names the tag of what is there."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.files: dict[str, bytes] = {}
        self.tags: dict[str, str] = {}
        self.redirects: dict[str, str] = {}
        self.headers: dict[str, str] = {}
        self.status = 200
        self.cut_at: int | None = None
        self.asked: list[tuple[str, str | None]] = []

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        path, known = handler.path, handler.headers["If-None-Match"]
        self.asked.append((path, known))
        tag = self.tags.get(path)
        if path in self.redirects:
            self._say(handler, 302, b"", {"Location": self.redirects[path]})
        elif self.status != 200 or path not in self.files:
            self._say(handler, self.status if self.status != 200 else 404, b"no", {})
        elif tag is not None and known == tag:
            self._say(handler, 304, b"", {"ETag": tag})
        else:
            self._say(handler, 200, self.files[path], self.headers | ({} if tag is None else {"ETag": tag}))

    def _say(self, handler: BaseHTTPRequestHandler, status: int, body: bytes, more: dict[str, str]) -> None:
        handler.send_response(status)
        for name, value in more.items():
            handler.send_header(name, value)
        if status != 304:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body if self.cut_at is None else body[: self.cut_at])
        handler.close_connection = True


@contextmanager
def running_guide_server() -> Iterator[GuideServer]:
    """On a port of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    held = GuideServer(server.server_address[1])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            held.answer(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server.RequestHandlerClass = Handler
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join(_LATER)
