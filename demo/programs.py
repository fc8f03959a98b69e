"""The three programs as processes of their own, each with its log."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


class Program:
    """One running program. Restarted under the same name, it goes on writing the same log."""

    def __init__(
        self, name: str, command: list[str], log: Path, env: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self._command = command
        self._log = log
        self._env = {**os.environ, **(env or {})}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """Of the process that was started last. Raises RuntimeError before the first start."""
        if self._process is None:
            raise RuntimeError(f"{self.name} was never started")
        return self._process.pid

    @property
    def log(self) -> Path:
        return self._log

    def start(self) -> None:
        """Begin, unless it runs."""
        if self.running:
            return
        with self._log.open("ab") as out:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=self._env
            )

    def stop(self) -> int:
        """Ask it to end in good order; what does not within 20 s is killed. Its exit code."""
        if self._process is None:
            return 0
        if self.running:
            self._process.terminate()
        try:
            return self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()
            return self._process.wait()

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None and self.running:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()

    def wait(self) -> int:
        """Wait until it ends by itself."""
        return 0 if self._process is None else self._process.wait()

    def last_words(self, lines: int = 12) -> str:
        """The end of its log."""
        text = self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])


def command(name: str) -> str:
    """The path of one of our own commands in the environment that runs this."""
    return str(Path(sys.executable).with_name(name))
