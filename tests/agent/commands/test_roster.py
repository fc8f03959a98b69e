"""The operator's commands about the roster, with the agent running and without it."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from agent.__main__ import main
from tests.agent.ports import free_port
from tests.agent.records.sheets import HEAD, csv_bytes, xlsx_bytes
from tests.agent.test_process import running

NOWHERE = "http://127.0.0.1:9"
LI, CHEN, OLD = ("李秀芳", "79927398713"), ("陈静", "4539578763621486"), ("王小明", "10000001")

Ask = Callable[..., str]


def asked(folder: Path, port: int) -> Ask:
    def ask(*words: str, code: int = 0) -> str:
        where = ["--data-dir", str(folder), "--municipal-url", NOWHERE, "--port", str(port)]
        with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
            done = main(["roster", *words, *where])
        assert done == code, out.getvalue() + err.getvalue()
        return out.getvalue() + err.getvalue()

    return ask


@contextmanager
def stopped(folder: Path) -> Iterator[None]:
    folder.mkdir()
    yield


@pytest.fixture(params=["running", "stopped"])
def ask(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ask]:
    port = free_port()
    on = running(tmp_path / "box", NOWHERE, port) if request.param == "running" else stopped(tmp_path / "box")
    with on:
        yield asked(tmp_path / "box", port)


def data(said: str) -> Any:
    return json.loads(said)


def test_the_roster_s_whole_life(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "花名册.xlsx"
    file.write_bytes(xlsx_bytes([("花名册",), HEAD, LI, CHEN, OLD, ("赵六", LI[1])], ["A1:B1"]))
    said = ask("import", str(file), code=1)
    assert "新增 3 人，改名 0 人，未变 0 人，没有导入 1 行" in said
    assert "李*芳" in said and "校验位" in said
    file.write_bytes(csv_bytes([HEAD, LI, ("陈晶", CHEN[1])], "gb18030"))
    assert data(ask("import", str(file), "--json")) == {"new": 0, "changed": 1, "same": 1, "faults": []}
    said = ask("list")
    assert "李*芳" in said and "8713" in said and "花名册共 3 人" in said
    shown = said + ask("list", "--json")
    assert data(ask("export", "1")) == {"member_id": 1, "name": LI[0], "card": LI[1], "is_visitor": False}
    file.unlink()
    for secret in (*LI, *CHEN, *OLD):
        assert secret not in shown
        for held in (each for each in (tmp_path / "box").rglob("*") if each.is_file()):
            assert secret.encode() not in held.read_bytes(), held
    assert "要确认" in ask("erase", "1", code=2)
    assert "备份" in ask("erase", "1", "--yes")
    assert "没有编号 1" in ask("export", "1", code=1)
    assert "没有编号 1" in ask("erase", "1", "--yes", code=1)
    assert [member["name"] for member in data(ask("list", "--json"))["members"]] == ["陈*", "王*明"]


def test_a_long_list_comes_in_several_requests(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    file.write_bytes(csv_bytes([HEAD, *((f"第{n}人", str(10**9 + n)) for n in range(2_500))]))
    assert data(ask("import", str(file), "--json"))["new"] == 2_500
    assert "共 2500 人" in ask("list")


def test_without_its_key_it_is_told_and_begun_anew(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_bytes(csv_bytes([HEAD, LI, CHEN]))
    ask("import", str(file))
    (tmp_path / "box" / "roster.key").unlink()
    for words in (("list",), ("export", "1")):
        assert "密钥文件" in ask(*words, code=1)
    said = ask("import", str(file), code=1)
    # A running agent still has everybody in memory, but nothing to seal with.
    assert "--anew" in said
    assert "新增 2 人" in ask("import", str(file), "--anew")
    assert "共 2 人" in ask("list")


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (("list",), "还没有学习数据", 2),
        (("import",), "还缺一个文件", 2),
        (("erase", "--yes"), "还缺一个编号", 2),
        (("export", "x1"), "编号 x1 不对", 2),
        (("export", "０"), "不对", 2),
        (("import", "/nowhere/none.csv"), "没有这个文件", 1),
        (("import", "/"), "这是一个目录", 1),
    ],
)
def test_what_is_wrong_is_one_line(tmp_path: Path, words: tuple[str, ...], said: str, code: int) -> None:
    (tmp_path / "box").mkdir()
    told = asked(tmp_path / "box", free_port())(*words, code=code)
    assert said in told and len(told.splitlines()) == 1


@pytest.mark.parametrize(("typed", "code"), [("确认\n", 0), ("是\n", 1), ("", 1)])
def test_an_erasure_asks_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    ask = asked(tmp_path, free_port())
    file = tmp_path / "roster.csv"
    file.write_bytes(csv_bytes([HEAD, LI]))
    ask("import", str(file))
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    assert "输入“确认”" in ask("erase", "1", code=code)
    assert f"共 {code} 人" in ask("list")
