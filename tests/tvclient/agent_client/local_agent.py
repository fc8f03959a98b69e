"""A real HTTP server on loopback that answers as it is told and remembers what it was asked."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "right"  # noqa: S105 – of a server that lives as long as a test


@dataclass(frozen=True, slots=True)
class Asked:
    method: str
    path: str
    token: str
    body: Any


Answer = Callable[[Asked], tuple[int, bytes]]


def as_json(status: int, body: object) -> tuple[int, bytes]:
    return status, json.dumps(body, ensure_ascii=False).encode()


class LocalAgent:
    """`answer` decides status and bytes of each reply; `with` starts and stops it."""

    def __init__(self, answer: Answer) -> None:
        self.asked: list[Asked] = []
        agent = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                size = int(self.headers.get("Content-Length", 0))
                raw = self.rfile.read(size)
                token = self.headers.get("Authorization", "").removeprefix("Bearer ")
                asked = Asked(self.command, self.path, token, json.loads(raw) if raw else None)
                agent.asked.append(asked)
                status, content = answer(asked)
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_POST = do_GET  # noqa: N815 – the names http.server looks for
            do_DELETE = do_GET  # noqa: N815

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "LocalAgent":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
