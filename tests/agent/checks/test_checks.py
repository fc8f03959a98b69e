"""What the doctor finds, check by check."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from agent.checks.finding import Finding, Mark
from agent.checks.folder import folder_findings
from agent.checks.identity import own_keys
from agent.checks.line import line_findings
from agent.checks.service import service_findings
from agent.checks.stock import stock_findings
from agent.checks.timing import timing_findings
from agent.clients.municipal import MunicipalClient
from agent.settings import Settings
from agent.stores.courses.shelf import Shelf, Wanted
from agent.stores.dates.anchors import add_anchor
from agent.stores.disk.database import Database
from agent.stores.freshness import note_fresh
from study.anchor import Anchor, AnchorSource
from study.units import HOUR_MS, BootId, Milliseconds, MonotonicMs
from tests.agent.ports import free_port
from tests.fakes.fake_city import FakeCity
from tests.fakes.fake_clock import NOVEMBER_UTC_MS, FakeClock


def named(findings: list[Finding], subject: str) -> Finding:
    [found] = [finding for finding in findings if finding.subject == subject]
    return found


def test_a_machine_on_which_nothing_ran_yet_lacks_no_key_but_a_lost_key_is_told(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    assert own_keys(settings)[1].mark is Mark.WARNING
    settings.database_file.touch()
    assert own_keys(settings)[1].mark is Mark.WRONG


def test_a_closed_port_is_told_in_chinese() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    found = named(list(line_findings(url, lambda: pytest.fail("no client is needed"), None)), "连接")
    assert found.mark is Mark.WRONG and "（对方没有开放这个端口）" in found.words


def test_secrets_that_others_can_read_are_found(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    settings.token_file.write_text("t")
    settings.token_file.chmod(0o640)
    found = named(list(folder_findings(settings)), "文件权限")
    assert found.mark is Mark.WRONG and "token" in found.words and "chmod 600" in found.advice
    settings.token_file.chmod(0o600)
    assert named(list(folder_findings(settings)), "文件权限").mark is Mark.GOOD


def test_a_clock_that_is_off_is_told_by_how_much(database: Database, clock: FakeClock) -> None:
    with database.reading() as tables:
        [none] = timing_findings(tables, clock)
    assert none.mark is Mark.WARNING and "还没有对过时" in none.words
    moment = Anchor(clock.boot, clock.mono_ms(), NOVEMBER_UTC_MS, Milliseconds(100), AnchorSource.NTP)
    with database.writing() as tables:
        add_anchor(tables, moment)
        assert [finding.mark for finding in timing_findings(tables, clock)] == [Mark.GOOD]
        clock.wall_ms -= 3_600_000
        [off] = timing_findings(tables, clock)
    assert off.mark is Mark.WARNING and "相差 60 分钟" in off.words


def test_errors_at_the_end_of_the_log_are_shown_whatever_else_is_in_it(tmp_path: Path) -> None:
    settings = Settings(tmp_path, port=free_port())
    settings.log_folder.mkdir()
    lines = [
        json.dumps({"at": "2026-11-22 08:00:00,1", "level": level, "message": level})
        for level in ("INFO", "ERROR")
    ]
    (settings.log_folder / "agent.log").write_bytes(
        "\n".join(["cut off", *lines, "[1]", "\x00"]).encode() + b"\xff"
    )
    found = named(list(service_findings(settings, is_running=False)), "日志")
    assert found.mark is Mark.WARNING and "最近有 1 个错误：2026-11-22 08:00:00 ERROR" in found.words


def test_a_course_file_that_was_changed_is_found_by_reading_it(
    database: Database, tmp_path: Path, clock: FakeClock
) -> None:
    shelf = Shelf(tmp_path / "shelf", 10**9)
    entry = Wanted("/media/a.mp4", sha256(b"right").hexdigest(), 5)
    with database.writing() as tables:
        shelf.put(tables, entry)
        shelf.file(entry).write_bytes(b"wrong")
        assert named(list(stock_findings(tables, shelf, clock, None)), "本机课程").mark is Mark.GOOD
        read: list[tuple[int, int]] = []
        found = named(
            list(stock_findings(tables, shelf, clock, lambda done, of: read.append((done, of)))), "本机课程"
        )
        assert found.mark is Mark.WRONG and "/media/a.mp4" in found.words and read == [(5, 5)]
        shelf.file(entry).unlink()
        assert named(list(stock_findings(tables, shelf, clock, None)), "本机课程").mark is Mark.WRONG


def test_the_age_of_the_catalogue_is_told_over_restarts(
    mirrored: Database, tmp_path: Path, clock: FakeClock
) -> None:
    def catalogue(held: FakeClock) -> Finding:
        with mirrored.reading() as tables:
            return named(list(stock_findings(tables, Shelf(tmp_path, 1), held, None)), "课程目录")

    def hears_time(held: FakeClock, utc_ms: int) -> None:
        source = AnchorSource.PLATFORM
        with mirrored.writing() as tables:
            add_anchor(tables, Anchor(held.boot, held.mono_ms(), utc_ms, Milliseconds(20), source))

    with mirrored.writing() as tables:
        note_fresh(tables, clock.boot, clock.mono_ms())
    clock.pass_ms(2 * HOUR_MS)
    assert "2 小时 0 分钟前与市平台核对过" in catalogue(clock).words
    hears_time(clock, NOVEMBER_UTC_MS)
    later = FakeClock(BootId("later"), MonotonicMs(60_000))
    assert catalogue(later).words.endswith("对时后才知道")
    hears_time(later, NOVEMBER_UTC_MS + 94 * HOUR_MS)
    old = catalogue(later)
    assert old.mark is Mark.WARNING and "已有 4 天 0 小时没有与市平台核对" in old.words


def line(url: str, clock: FakeClock) -> list[Finding]:
    return list(line_findings(url, lambda: MunicipalClient(url, clock), None))


def test_the_line_is_followed_to_where_it_breaks(city: FakeCity, clock: FakeClock) -> None:
    assert [finding.subject for finding in line(city.url, clock)] == ["域名", "连接", "市平台", "开通"]
    last = line(f"http://127.0.0.1:{free_port()}", clock)[-1]
    assert (last.subject, last.mark) == ("连接", Mark.WRONG)
    last = line(city.url.replace("http:", "https:"), clock)[-1]
    assert (last.subject, last.mark) == ("加密连接", Mark.WRONG)


@pytest.mark.parametrize("name", ["http://nowhere.invalid", "http://a..b"])
def test_a_name_that_nobody_knows_is_told(name: str, clock: FakeClock) -> None:
    assert line(name, clock)[-1].subject in ("域名", "网络")
