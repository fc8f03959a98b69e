"""A PostgreSQL of the tests' own: Debian's server in a folder, without network, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
import threading
from atexit import register
from collections.abc import Callable, Sequence
from functools import cache
from itertools import count
from pathlib import Path

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
USER = "postgres"
"""Whom Debian's package makes: the server refuses to be root's."""
_numbers = count(1)
_templates: dict[str, str] = {}
_one = threading.Lock()


class Cluster:
    """One server; databases are made as copies of a template, which takes some hundredths of a second."""

    def __init__(self, folder: Path, *, safe: bool = False) -> None:
        """`safe`: what is committed survives kill -9 of everything; else tests need not wait for the disk."""
        self.folder = folder
        shutil.chown(folder, *_owner())
        folder.chmod(0o700)
        self._data = folder / "data"
        self._safe = safe
        self.run("initdb", "-D", str(self._data), "-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C", "-N")

    def start(self) -> None:
        """Waits until it answers."""
        settings = [f"-k {self.folder}", "-c listen_addresses=''", "-c max_connections=60"]
        if not self._safe:
            settings += ["-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off"]
        log = self.folder / "log"
        self.run("pg_ctl", "-D", str(self._data), "-l", str(log), "-w", "-o", " ".join(settings), "start")

    def stop(self) -> None:
        """At once; what was not written is not missed."""
        self.run("pg_ctl", "-D", str(self._data), "-m", "immediate", "-w", "stop")

    def ask(self, words: str) -> None:
        """One statement outside of any transaction."""
        self.run(
            "psql", "-h", str(self.folder), "-U", USER, "-q", "-v", "ON_ERROR_STOP=1", "-c", words, "postgres"
        )

    def url(self, name: str) -> str:
        """As SQLAlchemy writes it."""
        return f"postgresql+psycopg://{USER}@/{name}?host={self.folder}"

    def run(self, program: str, *arguments: str) -> None:
        """One of PostgreSQL's programs, as whoever may. Raises CalledProcessError."""
        command: Sequence[str] = (str(_program(program)), *arguments)
        if os.geteuid() == 0:
            command = ("runuser", "-u", USER, "--", *command)
        subprocess.run(command, check=True, capture_output=True, cwd="/", timeout=60)


@cache
def shared_cluster() -> Cluster:
    """That of this test process; stopped and removed at its end."""
    folder = Path(tempfile.mkdtemp(prefix="zhanxue-pg-"))
    cluster = Cluster(folder)
    cluster.start()

    def end() -> None:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)

    register(end)
    return cluster


def new_database(template: str, fill: Callable[[str], None]) -> str:
    """The URL of a database like all others of this template, which `fill` fills once."""
    cluster = shared_cluster()
    with _one:
        if template not in _templates:
            name = f"template_{len(_templates)}"
            cluster.ask(f"CREATE DATABASE {name}")
            fill(cluster.url(name))
            _templates[template] = name
        name = f"test_{next(_numbers)}"
        cluster.ask(f"CREATE DATABASE {name} TEMPLATE {_templates[template]}")
    return cluster.url(name)


def _owner() -> tuple[str | int, str | int]:
    return (USER, USER) if os.geteuid() == 0 else (os.getuid(), os.getgid())


def _program(name: str) -> Path:
    own = PROGRAMS / name
    return own if own.exists() else Path("/usr/bin") / name
