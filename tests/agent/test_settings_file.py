"""The settings file: every fault is told by name and line, and costs no more than its line."""

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.settings import Settings
from agent.settings_file import read_settings, settings_from


def written(folder: Path, content: str | bytes) -> tuple[Settings, list[str]]:
    file = folder / "settings.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return settings_from(folder, read_settings(file), {})


def test_good_lines_are_used(tmp_path: Path) -> None:
    text = '# 站点\nmunicipal_url = "https://city.example"\r\nport = 9000  # 换了端口\nretry_min_s = 5\n'
    settings, said = written(tmp_path, text)
    assert (settings.municipal_url, settings.port, settings.retry_min_s) == (
        "https://city.example",
        9000,
        5.0,
    )
    assert said == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("port = 0", "port = 0 不能用（不能小于 1），改用默认值 8431"),
        ("port = 65536", "不能大于 65535"),
        ('port = "8431"', "应是整数"),
        ("port = true", "应是整数"),
        ("port = 84.31", "应是整数"),
        ("retry_min_s = 0", "应大于 0"),
        ("retry_min_s = nan", "应是一个有限的数"),
        ("retry_min_s = 2026-01-01", "应是数字"),
        ('municipal_url = "ftp://x"', "应以 http:// 或 https:// 开头"),
        ('municipal_url = "http://["', "不能用"),
        ("municipal_url = 5", "应是用引号括起来的文字"),
        ("catalogue_every_s = 0x" + "f" * 8000, "过大"),
        ("prot = 9000", "没有 prot 这项设置"),
        ("[agent]", "没有 agent 这项设置"),
        ("data_folder = '/'", "没有 data_folder 这项设置"),
        ("port 9000", "看不懂（port 9000）"),
        ("x = " + "[" * 5000, "看不懂"),
        ("\0", "看不懂（�）"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_others_count(
    tmp_path: Path, line: str, words: str
) -> None:
    settings, [said] = written(tmp_path, f"log_files = 3\n{line}\nshelf_limit_bytes = 7\n")
    assert said.startswith("设置文件 settings.toml 第 2 行") and words in said
    assert settings == Settings(tmp_path, log_files=3, shelf_limit_bytes=7)


def test_a_name_written_twice_keeps_the_first(tmp_path: Path) -> None:
    settings, [said] = written(tmp_path, "port = 9000\nport = 9001\n")
    assert settings.port == 9000 and "写了不止一次，采用最前面的 9000" in said


def test_waits_that_contradict_each_other_are_told(tmp_path: Path) -> None:
    settings, [said] = written(tmp_path, "retry_min_s = 9\nretry_max_s = 8\n")
    assert (settings.retry_min_s, settings.retry_max_s) == (30.0, 21_600.0)
    assert "retry_min_s（9）不能大于 retry_max_s（8）" in said


def test_the_command_line_wins(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text("port = 9000\nlog_files = 3\n")
    settings, _ = settings_from(tmp_path, read_settings(tmp_path / "s.toml"), {"port": 9001})
    assert (settings.port, settings.log_files) == (9001, 3)


def test_no_file_is_no_fault_unless_it_was_named(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none").faults == ()
    assert "找不到设置文件" in read_settings(tmp_path / "none", is_required=True).faults[0]


def test_what_is_no_settings_file_is_told_in_one_sentence(tmp_path: Path) -> None:
    assert "读不出来" in read_settings(tmp_path).faults[0]
    (tmp_path / "large").write_bytes(b"a" * 70_000)
    assert "过大" in read_settings(tmp_path / "large").faults[0]


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_leave_settings_that_can_be_used(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any")
    settings, said = written(folder, content)
    assert settings.data_folder == folder and 1 <= settings.port <= 65_535
    assert len(said) <= 21 and all("\n" not in words for words in said)


def test_every_setting_and_its_default_stand_in_the_operators_guide() -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs" / "operators-guide.md").read_text()
    table = guide.partition("| `municipal_url`")
    lines = f"{table[1]}{table[2]}".partition("\n\n")[0].splitlines()
    rows = {line.split("|")[1].strip(" `"): line for line in lines}
    settings = Settings(Path("/"))
    assert set(rows) == {field.name for field in fields(Settings)} - {"data_folder"}
    for name, row in rows.items():
        default = getattr(settings, name)
        shown = f"{default:g}" if isinstance(default, float) else str(default)
        first = str(default[0] if default else "[]") if isinstance(default, tuple) else shown
        assert first.lower() in row.lower(), name
