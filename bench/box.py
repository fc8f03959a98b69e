"""One real box: the agent's process, its folder, and what a television says to it."""

import http.client
import json
import os
import subprocess
import time
from pathlib import Path
from typing import Any

from agent.records.report import Report
from demo.house import free_port
from demo.programs import Program, command
from study.local_api import REPORTS, STATUS

PROC = Path("/proc")
READY_WITHIN_S = 60
LOOK_EVERY_S = 0.005


class Box:
    """Data in `folder`, where a database may have been put before; talks to the platform at `city_url`."""

    def __init__(self, folder: Path, city_url: str, *settings: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._port = free_port()
        self._where = ["--data-dir", str(folder), "--municipal-url", city_url, "--port", str(self._port)]
        run = [command("zhanxue-agent"), "run", *self._where, *settings]
        self._program = Program("本机代理", run, folder / "agent.log")
        self._line: http.client.HTTPConnection | None = None

    @property
    def database(self) -> Path:
        return self.folder / "zhanxue.db"

    def start(self) -> float:
        """Seconds from the start of the process to its first answer about the station."""
        began = time.monotonic()
        self._program.start()
        while time.monotonic() - began < READY_WITHIN_S and self._program.running:
            try:
                self.ask(STATUS)
                return time.monotonic() - began
            except (OSError, http.client.HTTPException):
                self._line = None
                time.sleep(LOOK_EVERY_S)
        raise RuntimeError(f"the agent does not answer:\n{self._program.last_words()}")

    def stop(self) -> None:
        self._line = None
        self._program.stop()

    def kill(self) -> None:
        """As a power cut would."""
        self._line = None
        self._program.kill()

    def enrol(self, account: str, code: str) -> None:
        """Enrol by the operator's command, while the agent does not run."""
        words = [command("zhanxue-agent"), "enrol", *self._where, account, code]
        subprocess.run(words, check=True, capture_output=True)

    def ask(self, path: str) -> Any:
        return self._call("GET", path)

    def report(self, report: Report) -> Any:
        """As the television reports; returns when it is durable."""
        return self._call("POST", REPORTS, report.model_dump_json())

    def tell(self, path: str, body: dict[str, Any]) -> Any:
        """As the television tells something else."""
        return self._call("POST", path, json.dumps(body))

    def resident_mb(self) -> float:
        """Memory of the process that lies in RAM, in MB of 1 000 000 bytes."""
        pages = int((PROC / str(self.pid) / "statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    @property
    def pid(self) -> int:
        return self._program.pid

    def _call(self, method: str, path: str, body: str | None = None) -> Any:
        token = (self.folder / "token").read_text(encoding="ascii").strip()
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._line.request(method, path, body, headers)
        answer = self._line.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]!r}")
        return json.loads(text)
