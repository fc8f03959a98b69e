"""The operator's commands on a box of the real city: with the agent running as a process, and without it."""

import json
import os
import pty
import shutil
import sqlite3
import stat
import subprocess
from collections.abc import Callable
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from agent.__main__ import main
from agent.clock import BootClock
from tests.agent.ports import free_port
from tests.agent.real_city import real_city
from tests.agent.television import Play, report
from tests.agent.test_process import Running, command, running
from tests.fakes.fake_city import ACCOUNT, CODE

NOWHERE = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Box:
    """One box, asked from the command line."""

    folder: Path
    url: str
    port: int

    def ask(self, *words: str, code: int = 0) -> str:
        where = ["--data-dir", str(self.folder), "--municipal-url", self.url, "--port", str(self.port)]
        # Within this process: a new one spends most of its time on imports.
        with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
            done = main([words[0], *where, *words[1:]])
        said, complaint = out.getvalue(), err.getvalue()
        assert done == code, said + complaint
        return said if code == 0 else said + complaint

    def data(self, *words: str, code: int = 0) -> Any:
        return json.loads(self.ask(*words, "--json", code=code))


def watched(agent: Running, play_id: str) -> None:
    play = Play(play_id, "5.1", BootClock().mono_ms() - 10_000)
    play.watch(3_000)
    play.leave()
    told = report(1, play, run_id=play_id, boot=BootClock().boot)
    agent.call("POST", "/v1/reports", json=told).raise_for_status()


def test_the_whole_life_of_a_box(tmp_path: Path, city_as_set_up: Path) -> None:
    city = Path(shutil.copytree(city_as_set_up, tmp_path / "city"))
    with real_city(city) as url:
        box = Box(tmp_path / "box", url, free_port())
        with running(box.folder, url, box.port) as agent:
            assert "尚未开通" in box.ask("status")
            assert box.data("enrol", ACCOUNT, CODE)["name"] == "前门社区学习站"
            assert "已经开通" in box.ask("enrol", ACCOUNT, CODE, code=1)
            agent.wait_for(lambda: agent.get("/v1/status")["catalogue"]["courses"] == 1)
            watched(agent, "p1")
            agent.wait_for(lambda: box.data("outbox")["waiting"] == [])
            assert "上次送达" in box.ask("outbox")
            assert box.data("outbox")["trying"]["next_try_s"] == 0
            [session] = box.data("sessions")
            asked = ("correct", session["session_id"], "--who", "李强", "--why", "无人观看")
            assert box.data(*asked, "--time", "0:00:01")["played_ms"] == 1_000
            assert "只能减少" in box.ask(*asked, "--time", "0:00:02", code=1)
            before = (box.folder / "station.key").read_bytes()
            assert box.data("rotate-key")["key_id"]
            assert (box.folder / "station.key").read_bytes() != before
            assert "比人说的准" in box.ask("clock", "--set", "2026-11-22 08:00", code=1)
            assert box.data("clock")["anchors"][0]["source"] == "platform"
            assert "不能恢复" in box.ask("restore", str(tmp_path / "none"), code=2)
            found = box.data("doctor", "--deep")["findings"]
            assert [f for f in found if f["mark"] == "wrong"] == []
            assert {"签名", "市平台", "数据库", "备用记录", "本机课程"} <= {f["subject"] for f in found}
            backup = tmp_path / "backup.zip"
            box.ask("backup", str(backup))
            assert stat.S_IMODE(backup.stat().st_mode) == 0o600
        # Now by their own hands.
        assert "没有运行" in box.ask("status")
        assert box.data("rotate-key")["key_id"]
        assert box.data("export", str(tmp_path))["file"] is None
        assert "导入过的回执会从U盘删去" in box.ask("import", str(tmp_path), code=1)
        assert "已恢复" in box.ask("restore", str(backup))
        with running(box.folder, url, box.port) as agent:
            assert agent.get("/v1/record")["sessions"][0]["played_ms"] == 1_000


def test_what_waits_goes_out_by_stick_with_the_agent_and_without(
    tmp_path: Path, city_as_set_up: Path
) -> None:
    city = Path(shutil.copytree(city_as_set_up, tmp_path / "city"))
    stick = tmp_path / "stick"
    stick.mkdir()
    box = Box(tmp_path / "box", NOWHERE, free_port())
    with real_city(city) as url:
        Box(box.folder, url, box.port).ask("enrol", ACCOUNT, CODE)
    with running(box.folder, NOWHERE, box.port) as agent:
        watched(agent, "p1")
        done = box.data("export", str(stick / "ZHANXUE"))
        assert done["records"] >= 1 and Path(done["file"]).exists()
        assert box.data("outbox")["waiting"][0]["exported"] == done["records"]
        for wrong in (str(tmp_path / "mistyped"), "/", "/.."):
            assert "没有目录" in box.ask("export", wrong, code=1)
        assert "U盘" in box.ask("status")
    assert box.data("export", str(stick / "ZHANXUE"))["records"] >= 1


def damaged(box: Path) -> None:
    file = box / "zhanxue.db"
    with file.open("r+b") as pages:
        pages.seek(100)
        pages.write(os.urandom(file.stat().st_size - 100))


def locked_up(box: Path) -> None:
    (box / "token").chmod(0o644)


def foreign_key(box: Path) -> None:
    (box / "station.key").write_text("no key")


@pytest.mark.parametrize(
    ("harm", "words"),
    [(damaged, "已损坏"), (locked_up, "chmod 600"), (foreign_key, "station.key")],
    ids=["damaged", "rights", "key"],
)
def test_the_doctor_finds_what_is_wrong(tmp_path: Path, harm: Callable[[Path], None], words: str) -> None:
    box = Box(tmp_path / "box", NOWHERE, free_port())
    with running(box.folder, NOWHERE, box.port):
        pass
    harm(box.folder)
    said = box.ask("doctor", code=1)
    assert words in said and "✗" in said and "→" in said
    assert (box.folder / "zhanxue.db").exists()


def test_a_missing_a_locked_and_a_damaged_database_are_one_line_each(tmp_path: Path) -> None:
    box = Box(tmp_path / "box", NOWHERE, free_port())
    for name in ("status", "sessions", "outbox"):
        assert "还没有学习数据" in box.ask(name, code=2)
    assert "不存在" in box.ask("doctor", code=1)
    box.folder.mkdir()
    (box.folder / "records.log").write_bytes(b"held")
    assert "从备用记录重建" in box.ask("status", code=2)
    (box.folder / "records.log").unlink()
    with running(box.folder, NOWHERE, box.port):
        pass
    # A program that writes keeps nobody from looking.
    with closing(sqlite3.connect(box.folder / "zhanxue.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        box.ask("status")
    damaged(box.folder)
    for name in ("status", "sessions", "outbox"):
        said = box.ask(name, code=2)
        assert "已损坏" in said and len(said.splitlines()) == 1


def test_in_a_pipe_that_is_closed_nothing_is_complained_about(tmp_path: Path) -> None:
    box = Box(tmp_path / "box", NOWHERE, free_port())
    with running(box.folder, NOWHERE, box.port):
        pass
    words = command("outbox", "--json", "--data-dir", str(box.folder), "--port", str(box.port))
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as out:
        done = subprocess.run(words, stdout=out, stderr=subprocess.PIPE, timeout=30, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_on_a_narrow_terminal_every_line_fits_as_far_as_it_can(tmp_path: Path) -> None:
    box = Box(tmp_path / "box", NOWHERE, free_port())
    with running(box.folder, NOWHERE, box.port) as agent:
        watched(agent, "p1")
    seen, terminal = pty.openpty()
    words = command("sessions", "--data-dir", str(box.folder))
    subprocess.run(words, stdout=terminal, env=os.environ | {"COLUMNS": "60"}, timeout=30, check=True)
    os.close(terminal)
    said = os.read(seen, 65_536).decode()
    os.close(seen)
    assert "课程" in said and "待核定" in said
