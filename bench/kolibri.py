"""The peer of bench/sync.py: Kolibri 0.19.5 pushing session logs to a second Kolibri."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from demo.house import free_port
from demo.programs import Program

VERSION = "0.19.5"
READY_WITHIN_S = 120
_ADMIN, _PASSWORD = "admin", "bench"
_MAKE_LOGS = """
import uuid
from datetime import timedelta
from django.db import transaction
from django.utils import timezone
from kolibri.core.auth.models import FacilityUser
from kolibri.core.logger.models import ContentSessionLog
user = FacilityUser.objects.get(username="admin")
with transaction.atomic():
    for minutes in range({count}):
        start = timezone.now() - timedelta(minutes=minutes)
        ContentSessionLog.objects.create(
            user=user, content_id=uuid.uuid4().hex, channel_id=uuid.uuid4().hex, kind="video", progress=1.0,
            start_timestamp=start, end_timestamp=start + timedelta(minutes=30), time_spent=1800.0,
        )
"""
_COUNT_LOGS = """
from kolibri.core.logger.models import ContentSessionLog
print("logs:", ContentSessionLog.objects.count())
"""


def install(environment: Path) -> None:
    """Into an environment of its own, from PyPI, once. Raises CalledProcessError where it cannot be had."""
    if (environment / "installed").exists():
        return
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(environment)], check=True)
    subprocess.run([environment / "bin" / "pip", "install", "-q", f"kolibri=={VERSION}"], check=True)
    (environment / "installed").touch()


class Kolibri:
    """One installation's data in a folder of its own; served while `serving` lasts."""

    def __init__(self, environment: Path, home: Path) -> None:
        home.mkdir(parents=True)
        self.port = free_port()
        self._home = home
        self._command = str(environment / "bin" / "kolibri")
        # Without KOLIBRI_RUN_MODE it would call home.
        self._env = {"KOLIBRI_HOME": str(home), "KOLIBRI_RUN_MODE": "bench"}
        serve = [
            self._command,
            "start",
            "--foreground",
            "--port",
            str(self.port),
            "--zip-port",
            str(free_port()),
        ]
        self._server = Program("Kolibri", serve, home / "server.log", self._env)

    def provision(self) -> None:
        """A facility with its administrator."""
        owner = ["--superusername", _ADMIN, "--superuserpassword", _PASSWORD]
        kind = ["--preset", "nonformal", "--language_id", "en", "--verbosity", "0", "--noinput"]
        self._manage("provisiondevice", "--facility", "bench", *owner, *kind)

    def pull_from(self, port: int) -> None:
        """Take the facility over from the Kolibri on `port`, so that it can be pushed to afterwards."""
        self._sync(port, "--no-push")

    def push_to(self, port: int, chunk_size: int | None = None) -> None:
        """Push what is new, as `kolibri manage sync` does it by default."""
        more = [] if chunk_size is None else ["--chunk-size", str(chunk_size)]
        self._sync(port, "--no-pull", *more)

    def make_logs(self, count: int) -> None:
        """Session logs by Kolibri's own models."""
        self._manage("shell", "-c", _MAKE_LOGS.replace("{count}", str(count)))

    def count_logs(self) -> int:
        said = self._manage("shell", "-c", _COUNT_LOGS)
        return int(said.rpartition("logs:")[2].split()[0])

    @contextmanager
    def serving(self) -> Iterator[int]:
        """Its port, once it answers there."""
        self._server.start()
        try:
            self._wait_until_ready()
            yield self.port
        finally:
            self._server.stop()

    def _wait_until_ready(self) -> None:
        end = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < end and self._server.running:
            with suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/public/info/", timeout=5).close()
                return
            time.sleep(0.5)
        raise RuntimeError(f"Kolibri does not answer:\n{self._server.last_words()}")

    def _sync(self, port: int, *words: str) -> None:
        who = ["--username", _ADMIN, "--password", _PASSWORD, "--noninteractive"]
        self._manage("sync", "--baseurl", f"http://127.0.0.1:{port}", *who, *words)

    def _manage(self, *words: str) -> str:
        done = subprocess.run(
            [self._command, "manage", *words],
            env={**os.environ, **self._env},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"kolibri manage {words[0]}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout
