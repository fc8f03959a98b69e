"""A real nginx on a port of its own, serving one folder well and badly."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SLOW_BYTES_S = 40_000
"""Half of what the tests' streams need."""
START_S = 10.0

_CONFIG = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 128; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    types {{
        application/vnd.apple.mpegurl m3u8;
        video/mp2t ts;
        video/mp4 mp4;
        audio/mp4 m4a;
    }}
    server {{
        listen 127.0.0.1:{port};
        root {root};
        location / {{
            add_header Cache-Control no-store;
            if (-f $request_filename.forbidden) {{ return 403; }}
        }}
        location /slow/ {{ rewrite ^/slow(/.*)$ $1 break; limit_rate {slow}; }}
        location /dripping/ {{ rewrite ^/dripping(/.*)$ $1 break; limit_rate 1; }}
        location /round {{ return 302 /round$request_uri; }}
    }}
}}
"""


class Nginx:
    """`root` under `/`; `<file>.forbidden` beside a file makes it answer 403.

    The same files come slowly under /slow, one byte a second under /dripping; /round redirects for ever.
    """

    def __init__(self, folder: Path, root: Path) -> None:
        """Its own files go to `folder`."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self.root = root
        config = folder / "nginx.conf"
        config.write_text(_CONFIG.format(folder=folder, root=root, port=self._port, slow=SLOW_BYTES_S))
        self._command = ["nginx", "-c", str(config), "-p", str(folder), "-e", str(folder / "error.log")]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Raises RuntimeError if it does not answer."""
        self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL)
        until = time.monotonic() + START_S
        while time.monotonic() < until and self._process.poll() is None:
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", self._port), 1).close()
                return
            time.sleep(0.02)
        raise RuntimeError("nginx does not answer")

    def stop(self) -> None:
        """Open connections are cut."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()


@contextmanager
def running_nginx(folder: Path, root: Path) -> Iterator[Nginx]:
    nginx = Nginx(folder, root)
    nginx.start()
    try:
        yield nginx
    finally:
        nginx.stop()
