"""A stick is noticed, served once, and what happened is told to the operator."""

from pathlib import Path

import pytest

from agent.api.status import status_of
from agent.data_folder import DiskSize
from agent.errors import StickError
from agent.loops import usb as usb_module
from agent.loops.exporting import Carrier, Exported, export_to
from agent.loops.usb import LOOK_EVERY_S, Mount, Usb, mounts_in
from agent.stores.sessions.session_list import last_sessions
from agent.stores.stick.news import StickNews, StickState, last_stick
from tests.agent.stick import Office, study, waiting_numbers
from tests.fakes.fake_clock import FakeClock

FOLDERS = (Path("/media"), Path("/run/media"))
HEAD = "36 25 8:17 / {point} rw,nosuid,relatime shared:30 - {kind} {source} rw,fmask=0022"


class Slot:
    """A USB slot, into which sticks are plugged and out of which they are pulled."""

    def __init__(self) -> None:
        self.mounts: tuple[Mount, ...] = ()
        self._count = 0

    def plug(self, *folders: Path) -> None:
        self._count += 1
        self.mounts = tuple(Mount(f"{self._count}", "8:17", folder) for folder in folders)

    def pull(self) -> None:
        self.mounts = ()

    def __call__(self) -> tuple[Mount, ...]:
        return self.mounts


@pytest.fixture
def slot() -> Slot:
    return Slot()


@pytest.fixture
def settled() -> list[int]:
    return []


@pytest.fixture
def usb(carrier: Carrier, slot: Slot, settled: list[int]) -> Usb:
    return Usb(carrier, slot, lambda: settled.append(1))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def news(carrier: Carrier) -> StickNews:
    with carrier.database.reading() as tables:
        told = last_stick(tables)
    assert told is not None
    return told


def files(stick: Path) -> list[Path]:
    return sorted((stick / "ZHANXUE").iterdir()) if (stick / "ZHANXUE").exists() else []


def line(point: str = "/media/user/KINGSTON", kind: str = "vfat", source: str = "/dev/sdb1") -> str:
    return HEAD.format(point=point, kind=kind, source=source)


@pytest.mark.parametrize("kind", ["vfat", "exfat", "ntfs", "ntfs3", "fuseblk"])
def test_sticks_are_found_among_the_mounts(kind: str) -> None:
    [mount] = mounts_in(line(kind=kind), FOLDERS)

    assert mount == Mount("36", "8:17", Path("/media/user/KINGSTON"))


def test_names_with_blanks_and_chinese_are_read() -> None:
    [mount] = mounts_in(line(point="/run/media/u/我的\\040U盘"), FOLDERS)

    assert mount.folder == Path("/run/media/u/我的 U盘")


@pytest.mark.parametrize(
    "text",
    [
        line(kind="ext4"),
        line(kind="tmpfs", source="tmpfs"),
        line(source="server:/share"),
        line(point="/home/u/KINGSTON"),
        line(point="/media"),
        line(point="/media/a/b/c"),
        line(point="/mediaX/a"),
        line().replace(" / /media", " /sub /media"),
        "",
        "nonsense",
        " - ",
    ],
)
def test_what_is_no_stick_is_left_alone(text: str) -> None:
    assert mounts_in(text, FOLDERS) == ()


def test_a_stick_is_served_once_and_told(usb: Usb, slot: Slot, carrier: Carrier, stick: Path) -> None:
    study(carrier, 3)
    assert usb.handle_one_look() == LOOK_EVERY_S
    slot.plug(stick)
    usb.handle_one_look()
    [file] = files(stick)
    written = file.stat().st_mtime_ns
    usb.handle_one_look()

    assert files(stick) == [file]
    assert file.stat().st_mtime_ns == written
    told = news(carrier)
    assert (told.state, told.records) == (StickState.DONE, 3)
    assert told.words.endswith("可以拔出U盘了")
    slot.pull()
    usb.handle_one_look()
    assert news(carrier).state is StickState.GONE
    assert news(carrier).records == 3


def test_the_screen_shows_the_stick_and_what_is_on_it(
    usb: Usb, slot: Slot, carrier: Carrier, stick: Path, clock: FakeClock
) -> None:
    study(carrier, 2)
    slot.plug(stick)
    usb.handle_one_look()
    with carrier.database.reading() as tables:
        plugged = status_of(tables, clock, None, DiskSize(10**10, 10**9))["stick"]
        shown = [session["state"] for session in last_sessions(tables, 9)]
    slot.pull()
    usb.handle_one_look()
    with carrier.database.reading() as tables:
        pulled = status_of(tables, clock, None, DiskSize(10**10, 10**9))["stick"]

    assert plugged == {"state": "done", "words": news(carrier).words}
    assert shown == ["exported", "exported"]
    assert pulled is None


def test_the_whole_round_by_stick(
    usb: Usb, slot: Slot, carrier: Carrier, stick: Path, office: Office, settled: list[int]
) -> None:
    study(carrier, 3)
    slot.plug(stick)
    usb.handle_one_look()
    slot.pull()
    usb.handle_one_look()
    office.serve(stick / "ZHANXUE")
    study(carrier, 2, first=3)
    slot.plug(stick)
    usb.handle_one_look()

    assert settled == [1]
    assert set(waiting_numbers(carrier)) >= {4, 5}
    assert not set(waiting_numbers(carrier)) & {1, 2, 3}
    assert "3 条学习记录已送达" in news(carrier).words
    assert [file.suffix for file in files(stick)] == [".ZXP"]


def test_nothing_is_put_on_a_stick_when_nothing_waits(
    usb: Usb, slot: Slot, carrier: Carrier, stick: Path
) -> None:
    slot.plug(stick)
    usb.handle_one_look()

    assert list(stick.iterdir()) == []
    assert news(carrier).words == "没有等待上传的学习记录，不需要导出；可以拔出U盘了"


def test_the_same_stick_plugged_in_again_is_served_again(
    usb: Usb, slot: Slot, carrier: Carrier, stick: Path
) -> None:
    study(carrier, 1)
    slot.plug(stick)
    usb.handle_one_look()
    study(carrier, 1, first=1)
    slot.plug(stick)
    usb.handle_one_look()

    assert news(carrier).records == 2
    assert len(files(stick)) == 1


def test_a_stick_that_fails_is_told_and_not_tried_in_a_loop(
    usb: Usb, slot: Slot, carrier: Carrier, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def full(*_: object) -> None:
        tried.append(1)
        raise StickError("U盘已满，没有导出")

    study(carrier, 1)
    monkeypatch.setattr(usb_module, "export_to", full)
    slot.plug(stick)
    usb.handle_one_look()
    usb.handle_one_look()

    assert tried == [1]
    assert news(carrier).state is StickState.TROUBLE
    assert news(carrier).words == "U盘已满，没有导出；可以拔出U盘了"


def test_a_stick_pulled_out_meanwhile_is_not_said_to_be_safe(
    usb: Usb, slot: Slot, carrier: Carrier, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pulled(*_: object) -> None:
        slot.pull()
        raise StickError("找不到U盘")

    study(carrier, 1)
    monkeypatch.setattr(usb_module, "export_to", pulled)
    slot.plug(stick)
    usb.handle_one_look()

    assert (news(carrier).state, news(carrier).words) == (StickState.TROUBLE, "找不到U盘")


def test_a_parcel_that_missed_the_stick_does_not_stay_on_the_box(
    usb: Usb, slot: Slot, carrier: Carrier, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(carrier: Carrier, folder: Path, *_: object) -> Exported:
        slot.pull()
        return export_to(carrier, folder)

    study(carrier, 1)
    monkeypatch.setattr(usb_module, "export_to", late)
    slot.plug(stick)
    usb.handle_one_look()

    assert files(stick) == []
    assert news(carrier).state is StickState.TROUBLE
    assert news(carrier).records == 0


def test_a_box_without_a_station_says_so(usb: Usb, slot: Slot, carrier: Carrier, stick: Path) -> None:
    with carrier.database.writing() as tables:
        tables.execute("UPDATE box SET number = NULL, platform_key = NULL")
    slot.plug(stick)
    usb.handle_one_look()

    assert news(carrier).state is StickState.TROUBLE
    assert "还没有开通" in news(carrier).words


def test_wrong_receipts_are_told_and_the_export_goes_on(
    usb: Usb, slot: Slot, carrier: Carrier, stick: Path
) -> None:
    study(carrier, 2)
    (stick / "ZHANXUE").mkdir()
    (stick / "ZHANXUE" / "ZX-00000000-00000000.ZXR").write_bytes(b"")
    slot.plug(stick)
    usb.handle_one_look()

    assert "回执不完整" in news(carrier).words
    assert news(carrier).records == 2


def test_two_sticks_at_once_are_both_served(
    usb: Usb, slot: Slot, carrier: Carrier, stick: Path, tmp_path: Path
) -> None:
    study(carrier, 2)
    (tmp_path / "second").mkdir()
    slot.plug(stick, tmp_path / "second")
    usb.handle_one_look()

    assert len(files(stick)) == len(files(tmp_path / "second")) == 1
