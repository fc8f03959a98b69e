"""The agent's logs: JSON lines in bounded files, readable lines on stderr."""

import contextlib
import logging
import os
import sys
from collections.abc import Iterable
from logging.handlers import RotatingFileHandler
from typing import IO

from pythonjsonlogger.json import JsonFormatter

from agent.settings import Settings

_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_HIDDEN = "***"


def log_to_stderr() -> None:
    """What an operator sees who started the agent by hand, and journald."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Discreet(logging.Formatter(_LINE), ()))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def log_to_files(settings: Settings) -> "LogFile":
    """Also into `<data>/log/agent.log`, from now on. Never raises: without room there is no log."""
    handler = LogFile(settings)
    logging.getLogger().addHandler(handler)
    return handler


def hide(secrets: Iterable[str]) -> None:
    """Keep these texts out of every line from now on, should one ever get into one."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, _Discreet):
            handler.setFormatter(handler.formatter.hiding(secrets))


class LogFile(RotatingFileHandler):
    """Files of a bounded size that only their owner reads; a full disk costs lines, nothing else."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.log_folder
        self._is_failing = False
        super().__init__(
            settings.log_folder / "agent.log",
            maxBytes=settings.log_file_bytes,
            backupCount=settings.log_files - 1,
            encoding="utf-8",
            delay=True,
        )
        lines = JsonFormatter(
            "%(asctime)s %(levelname)s %(name)s %(message)s %(threadName)s",
            rename_fields={"asctime": "at", "levelname": "level", "name": "part", "threadName": "thread"},
            json_ensure_ascii=False,
        )
        self.setFormatter(_Discreet(lines, ()))

    def _open(self) -> IO[str]:  # type: ignore[override]
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return open(self.baseFilename, "a", encoding="utf-8", errors="replace", opener=_owners_only)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  the library's name
        """Told once on stderr; the agent goes on without this line."""
        if not self._is_failing:
            self._is_failing = True
            print(f"日志写不进 {self._folder}（{sys.exc_info()[1]}），学习照常进行", file=sys.stderr)
        if self.stream is not None:
            # What is left in its buffer would fail again, at the next line and at the end.
            with contextlib.suppress(OSError):
                self.stream.close()
            self.stream = None


def _owners_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class _Discreet(logging.Formatter):
    """Another formatter's lines without the secrets."""

    def __init__(self, formatter: logging.Formatter, secrets: tuple[str, ...]) -> None:
        super().__init__()
        self._formatter = formatter
        self._secrets = secrets

    def hiding(self, secrets: Iterable[str]) -> "_Discreet":
        return _Discreet(self._formatter, (*self._secrets, *(secret for secret in secrets if secret)))

    def format(self, record: logging.LogRecord) -> str:
        line = self._formatter.format(record)
        for secret in self._secrets:
            line = line.replace(secret, _HIDDEN)
        return line
