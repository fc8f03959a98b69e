"""The command line."""

from pathlib import Path

import pytest

from agent.commands.arguments import arguments, settings_of
from agent.errors import StartError

LOOKING = ("status", "sessions", "outbox", "doctor", "guide")
DOING = ("enrol", "export", "import", "correct", "clock", "rotate-key", "backup", "restore", "roster")
COMMANDS = ("run", *LOOKING, *DOING)


def test_run_is_the_default_command() -> None:
    for given in ([], ["run"], ["--port", "9000"]):
        assert arguments(given).command == "run"


def test_settings_are_taken_from_it() -> None:
    settings, _ = settings_of(arguments(["--data-dir", "/d", "--retry-min-s", "2", "--shelf-gb", "1.5"]))
    assert (settings.data_folder, settings.retry_min_s) == (Path("/d"), 2.0)
    assert settings.shelf_limit_bytes == 1_500_000_000


def test_a_settings_file_named_there_is_read_and_the_command_line_wins(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text("port = 9000\nlog_files = 3\nnonsense\n")
    settings, [said] = settings_of(arguments(["--settings", str(file), "--port", "9001"]))
    assert (settings.port, settings.log_files) == (9001, 3)
    assert "s.toml 第 3 行" in said
    _, [said] = settings_of(arguments(["--settings", str(tmp_path / "none")]))
    assert "找不到设置文件" in said


@pytest.mark.parametrize(
    "given",
    [
        ["--municipal-url", "nowhere"],
        ["--municipal-url", "ftp://x"],
        ["--port", "0"],
        ["--port", "70000"],
        ["--retry-min-s", "0"],
        ["--retry-min-s", "9", "--retry-max-s", "8"],
        ["--shelf-gb", "-1"],
        ["--shelf-gb", "nan"],
    ],
)
def test_values_that_cannot_be_used_are_told(given: list[str]) -> None:
    with pytest.raises(StartError):
        settings_of(arguments(given))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_chinese_with_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        arguments([name, "--help"])
    said = capsys.readouterr().out
    assert end.value.code == 0
    assert said.startswith("用法：zhanxue-agent ")
    for words in ("例如：", f"zhanxue-agent {name}", "退出码：", "--data-dir 目录"):
        assert words in said
    for english in ("usage", "options", "positional", "show this"):
        assert english not in said


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["nix"], "没有 'nix' 这一项"),
        (["enrol", "a"], "还缺少：激活码"),
        (["status", "--nix"], "不认识：--nix"),
        (["sessions", "--limit", "x"], "--limit 的值 'x' 不对"),
        (["sessions", "--limit", "0"], "--limit 的值 '0' 不对"),
        (["sessions", "--limit"], "--limit 后面还缺一个值"),
        (["correct", "1", "--who", "a", "--why", "b"], "要写一项：--time --strike"),
        (["correct", "1", "--who", "a", "--why", "b", "--strike", "--time", "0:0:0"], "不能同时使用"),
    ],
)
def test_what_is_wrong_is_one_chinese_line(
    given: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        arguments(given)
    said = capsys.readouterr().err
    assert (end.value.code, len(said.splitlines())) == (2, 1)
    assert words in said and "--help" in said
