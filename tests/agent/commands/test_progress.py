"""Progress is a bar on a terminal, a line now and then elsewhere, and never on stdout."""

import io
import os
import pty

import pytest

from agent.commands.progress import progress


def test_in_a_log_there_is_a_line_now_and_then() -> None:
    out, now_s = io.StringIO(), 0.0
    with progress("检查数据库", out, lambda: now_s) as told:
        for done in range(100):
            now_s = done * 0.25
            told(done, 100)
    assert out.getvalue().splitlines() == ["检查数据库 40%", "检查数据库 80%"]


def test_of_nothing_there_is_nothing_to_say() -> None:
    out = io.StringIO()
    now_s = 0.0
    with progress("检查", out, lambda: now_s) as told:
        now_s = 60.0
        told(0, 0)
    assert out.getvalue() == ""


def test_on_a_terminal_it_is_a_bar_that_goes_away(capsys: pytest.CaptureFixture[str]) -> None:
    seen, terminal = pty.openpty()
    with os.fdopen(terminal, "w") as out, progress("检查数据库", out) as told:
        told(1, 2)
        told(2, 2)
    with os.fdopen(seen, "rb", buffering=0) as held:
        shown = held.read(4096).decode(errors="replace")
    assert "检查数据库" in shown and "|" in shown
    assert capsys.readouterr().out == ""
