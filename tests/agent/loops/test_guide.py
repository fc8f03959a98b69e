"""Lists and guides are read when they change, and whatever is wrong with one leaves what was there."""

import gzip
import lzma
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agent.clients.guide_sources import GuideSourceClient
from agent.loops.guide import GuideKeeping, window_at
from agent.settings import Settings
from agent.stores.box import see_boot
from agent.stores.dates.anchors import add_anchor
from agent.stores.disk.database import Database
from agent.stores.guide.guides import Guides
from agent.stores.guide.line_up import channels
from study.anchor import Anchor, AnchorSource
from study.units import HOUR_MS, Milliseconds
from tests.agent.guide_server import GuideServer, running_guide_server
from tests.agent.stores.guide.told import SEVEN_MS, channel, programme, xmltv
from tests.fakes.fake_clock import FakeClock

DAY_MS = 24 * HOUR_MS
EVENING = xmltv([channel("c1", "台"), programme(0, 45, "甲"), programme(45, 90, "乙")]).encode()
NEXT = xmltv([programme(0, 45, "改")]).encode()
LIST = '#EXTM3U\n#EXTINF:-1 tvg-id="c1",台\nhttp://10.0.0.1/1\n'.encode()


@pytest.fixture
def server() -> Iterator[GuideServer]:
    with running_guide_server() as held:
        yield held


class Kept:
    """The loop of one box with what it stands on."""

    def __init__(self, database: Database, clock: FakeClock, settings: Settings) -> None:
        self.database, self.clock, self.settings = database, clock, settings
        self.guides = Guides(settings.guide_folder, settings.programme_guides)
        client = GuideSourceClient(clock)
        self.is_stopping = False
        self.keeping = GuideKeeping(
            *(database, self.guides, client, clock, settings, lambda _low, high: high),
            goes_on=lambda: not self.is_stopping,
        )

    def turns(self, most: int = 10) -> float:
        """All that is due; how long until the next."""
        for _ in range(most):
            wait_s = self.keeping.handle_one_source()
            if wait_s > 0:
                return wait_s
        raise AssertionError("it is never done")

    def later(self, seconds: float) -> None:
        self.clock.pass_ms(int(seconds * 1000))

    @property
    def titles(self) -> list[str]:
        found = self.guides.programmes(("id:c1",), SEVEN_MS - DAY_MS, SEVEN_MS + 20 * DAY_MS)
        return [each.title for each in found]

    @property
    def channels(self) -> list[str]:
        with self.database.reading() as tables:
            return [each.title for each in channels(tables, 0, 100)]

    @property
    def trouble(self) -> str:
        return " ".join(self.keeping.troubles.values())


def tell_time(database: Database, clock: FakeClock, utc_ms: int = SEVEN_MS) -> None:
    anchor = Anchor(clock.boot, clock.mono_ms(), utc_ms, Milliseconds(100), AnchorSource.PLATFORM)
    with database.writing() as tables:
        see_boot(tables, clock.boot)
        add_anchor(tables, anchor)


@pytest.fixture
def kept(database: Database, clock: FakeClock, tmp_path: Path) -> Iterator[Callable[..., Kept]]:
    tell_time(database, clock)
    made: list[Kept] = []

    def make(lists: tuple[str, ...] = (), guides: tuple[str, ...] = ()) -> Kept:
        settings = Settings(tmp_path, retry_min_s=10.0, guide_every_s=3_600.0)
        made.append(Kept(database, clock, replace(settings, channel_lists=lists, programme_guides=guides)))
        return made[-1]

    yield make
    for each in made:
        each.guides.close()


def test_lists_and_guides_come_from_files(kept: Callable[..., Kept], tmp_path: Path) -> None:
    (tmp_path / "a.m3u").write_bytes(LIST)
    (tmp_path / "e.xml.gz").write_bytes(gzip.compress(EVENING))
    box = kept((str(tmp_path / "a.m3u"),), (str(tmp_path / "e.xml.gz"),))

    box.turns()

    assert (box.channels, box.titles, box.trouble) == (["台"], ["甲", "乙"], "")


def test_a_file_that_is_put_in_anothers_place_is_read_within_a_minute(
    kept: Callable[..., Kept], tmp_path: Path
) -> None:
    file = tmp_path / "e.xml"
    file.write_bytes(EVENING)
    box = kept((), (str(file),))
    box.turns()

    file.write_bytes(lzma.compress(NEXT))
    box.later(61)
    box.turns()

    assert box.titles == ["改"]


def test_a_file_that_is_missing_is_told_and_read_once_it_is_there(
    kept: Callable[..., Kept], tmp_path: Path
) -> None:
    file = tmp_path / "e.xml"
    box = kept((), (str(file),))
    box.turns()
    assert box.trouble == "没有这个文件或目录"

    file.write_bytes(EVENING)
    box.later(21)
    box.turns()

    assert (box.titles, box.trouble) == (["甲", "乙"], "")


def test_what_has_not_changed_is_not_sent_again(kept: Callable[..., Kept], server: GuideServer) -> None:
    server.files = {"/e": EVENING, "/a": LIST}
    server.tags = {"/e": '"1"', "/a": '"2"'}
    box = kept((server.url + "/a",), (server.url + "/e",))
    assert box.turns() == pytest.approx(3_600, abs=5)
    box.later(3_601)
    box.turns()

    assert {(path, known) for path, known in server.asked} == {
        ("/a", None),
        ("/a", '"2"'),
        ("/e", None),
        ("/e", '"1"'),
    }
    assert (box.channels, box.titles) == (["台"], ["甲", "乙"])


def test_what_has_changed_takes_the_old_ones_place(kept: Callable[..., Kept], server: GuideServer) -> None:
    server.files, server.tags = {"/e": EVENING}, {"/e": '"1"'}
    box = kept((), (server.url + "/e",))
    box.turns()

    server.files, server.tags = {"/e": gzip.compress(NEXT)}, {"/e": '"2"'}
    server.headers = {"Content-Encoding": "gzip"}
    box.later(3_601)
    box.turns()

    assert box.titles == ["改"]


def test_redirections_are_followed_but_not_anywhere(kept: Callable[..., Kept], server: GuideServer) -> None:
    server.files = {"/e": EVENING}
    server.redirects = {"/old": "/e", "/bad": "file:///etc/passwd", "/round": "/round"}
    box = kept((), tuple(server.url + path for path in ("/old", "/bad", "/round")))

    box.turns()

    assert box.titles == ["甲", "乙"]
    assert sorted(box.keeping.troubles) == [server.url + "/bad", server.url + "/round"]


BROKEN = {
    "cut off": EVENING[:-20],
    "gz cut off": gzip.compress(EVENING)[:-20],
    "xz cut off": lzma.compress(EVENING)[:-20],
    "a page of a portal": b"<html>please log in</html>",
    "nothing": b"",
    "a bomb": b'<!DOCTYPE tv [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><tv>&b;</tv>',
    "a file of the box": b'<!DOCTYPE tv [<!ENTITY a SYSTEM "file:///etc/passwd">]><tv>&a;</tv>',
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_what_is_broken_leaves_what_was_there(
    kept: Callable[..., Kept], server: GuideServer, content: bytes
) -> None:
    server.files = {"/e": EVENING, "/a": LIST}
    box = kept((server.url + "/a",), (server.url + "/e",))
    box.turns()

    server.files = {"/e": content, "/a": content}
    box.later(3_601)
    assert box.turns() == pytest.approx(20, abs=1)

    assert (box.channels, box.titles) == (["台"], ["甲", "乙"])
    assert len(box.keeping.troubles) == 2
    assert {file.suffix for file in box.settings.guide_folder.iterdir()} == {".guide"}


def test_a_line_that_is_cut_or_a_server_that_refuses_is_tried_again_later_and_later(
    kept: Callable[..., Kept], server: GuideServer
) -> None:
    server.files = {"/e": EVENING}
    box = kept((), (server.url + "/e",))
    server.cut_at = 50
    waits = [box.turns()]
    server.cut_at, server.status = None, 503
    for _ in range(9):
        box.later(waits[-1] + 1)
        waits.append(box.turns())

    assert waits[:4] == pytest.approx([20, 30, 50, 90], abs=1)
    assert max(waits) == pytest.approx(3_610, abs=1)
    assert box.trouble == "对方没有给出（503）"
    server.status = 200
    box.later(4_000)
    box.turns()
    assert (box.titles, box.trouble) == (["甲", "乙"], "")


def test_without_a_trustworthy_clock_no_days_are_chosen(
    database: Database, clock: FakeClock, tmp_path: Path
) -> None:
    (tmp_path / "e.xml").write_bytes(EVENING)
    (tmp_path / "a.m3u").write_bytes(LIST)
    names = {"channel_lists": (str(tmp_path / "a.m3u"),), "programme_guides": (str(tmp_path / "e.xml"),)}
    box = Kept(database, clock, replace(Settings(tmp_path), **names))
    box.turns()
    assert (box.channels, box.titles) == (["台"], [])
    assert "时间" in box.trouble

    tell_time(database, clock)
    box.later(61)
    box.turns()

    assert (box.titles, box.trouble) == (["甲", "乙"], "")
    box.guides.close()


def test_a_year_in_one_file_has_more_to_give_every_day(
    kept: Callable[..., Kept], server: GuideServer
) -> None:
    days = [programme(day * 24 * 60, day * 24 * 60 + 60, f"{day}") for day in range(-9, 365)]
    server.files, server.tags = {"/e": xmltv(days).encode()}, {"/e": '"1"'}
    box = kept((), (server.url + "/e",))
    box.turns()
    assert box.titles == [f"{day}" for day in range(-1, 15)]

    box.later(DAY_MS // 1000)
    box.turns()

    assert box.titles == [f"{day}" for day in range(16)]


def test_what_ends_the_run_ends_the_reading(kept: Callable[..., Kept], server: GuideServer) -> None:
    server.files = {"/e": EVENING}
    box = kept((), (server.url + "/e",))
    box.turns()
    box.is_stopping = True
    server.files = {"/e": NEXT}
    box.later(3_601)
    box.keeping.handle_one_source()

    assert box.titles == ["甲", "乙"]


def test_the_operator_can_have_all_read_at_once(kept: Callable[..., Kept], server: GuideServer) -> None:
    server.files = {"/e": EVENING}
    box = kept((), (server.url + "/e",))
    box.turns()
    server.files = {"/e": NEXT}
    box.keeping.read_all()
    box.turns()

    assert box.titles == ["改"]


def test_without_sources_nothing_is_done(kept: Callable[..., Kept]) -> None:
    assert kept().turns() > 600


def test_the_window_is_of_whole_days_in_china() -> None:
    midnight = SEVEN_MS - 19 * HOUR_MS

    assert window_at(SEVEN_MS) == (midnight - DAY_MS, midnight + 15 * DAY_MS)
    assert window_at(midnight) == window_at(midnight + DAY_MS - 1)
    assert window_at(midnight - 1) != window_at(midnight)


def test_many_programmes_are_read_in_little_memory(kept: Callable[..., Kept], tmp_path: Path) -> None:
    file = tmp_path / "e.xml.gz"
    with gzip.open(file, "wb", 1) as out:
        out.write(b"<tv>")
        for number in range(20):
            told = [programme(n * 30, n * 30 + 30, "节目" * 20, f"c{number}") for n in range(400)]
            out.write("".join(xmltv(told).splitlines()[2:-1]).encode())
        out.write(b"</tv>")
    box = kept((), (str(file),))
    tracemalloc.start()
    box.turns()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert len(box.titles) == 400
    assert peak < 3_000_000
