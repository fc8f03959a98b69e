"""Hours by stick: boxes, a real FAT stick, a real platform, an office; torn, cut, full and read-only ones."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from agent.api.enrolment import enrol_box
from agent.clients.box_keys import BoxKeys
from agent.clients.municipal import MunicipalClient
from agent.loops.exporting import Carrier, export_to
from agent.loops.sync import Sync
from agent.loops.usb import Mount, Usb
from agent.settings import Settings
from agent.stores.delivery.epochs import begin
from agent.stores.disk.database import Database
from agent.stores.stick import files as stick_files
from agent.stores.stick.news import StickState, last_stick
from municipal.__main__ import main as municipal
from municipal.database import select
from municipal.parcels.files import parcel_files, take_file
from municipal.tables import attendances, records
from study.document import CarriedError
from study.parcel import unpack
from tests.agent.stick import states, study
from tests.agent.stores.groups.evening import Evening, name_of
from tests.fakes.fake_clock import FakeClock
from tests.journeys.fat import is_sound, make_image, make_kernel_image, needs_fat, plugged_in
from tests.municipal.city import CODE, City, running_city

pytestmark = needs_fat

TALK = "L1@1804680000000"


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    (tmp_path / "city").mkdir()
    with running_city(tmp_path / "city") as running:
        yield running


def make_box(folder: Path, city: City, account: str) -> Carrier:
    """A box that was enrolled over the network and has no network since."""
    folder.mkdir()
    clock = FakeClock()
    carrier = Carrier(Database(folder / "zhanxue.db"), BoxKeys(folder / "station.key"), clock)
    client = MunicipalClient(city.url, clock)
    enrol_box(carrier.database, client, clock, carrier.keys, account, CODE)
    client.close()
    return carrier


@pytest.fixture
def boxes(tmp_path: Path, city: City) -> Iterator[list[Carrier]]:
    made = [make_box(tmp_path / account, city, account) for account in ("v1", "c1")]
    yield made
    for box in made:
        box.database.close()


@pytest.fixture
def image(tmp_path: Path) -> Path:
    return make_image(tmp_path / "stick.img")


def serve(box: Carrier, image: Path, point: Path, **how: bool) -> str:
    """Plug the stick into a box and pull it out when the box has done; what the operator read."""
    plugged: list[Mount] = []
    usb = Usb(box, lambda: tuple(plugged), lambda: None)
    with plugged_in(image, point, **how):
        plugged.append(Mount("1", "7:0", point))
        usb.handle_one_look()
        with box.database.reading() as tables:
            news = last_stick(tables)
    plugged.clear()
    usb.handle_one_look()
    assert news is not None
    assert news.state is not StickState.BUSY
    return news.words


def office(city: City, image: Path, point: Path, tmp_path: Path) -> int:
    with plugged_in(image, point):
        return municipal(["--data", str(tmp_path / "city"), "parcel", str(point)])


def deliver_over_network(box: Carrier, city: City, count: int) -> None:
    """The first records go by network, as far as the line held."""
    with box.database.writing() as tables:
        tables.execute("UPDATE delivery SET batch = ?", [count])
    client = MunicipalClient(city.url, box.clock)
    settings = Settings(Path("unused"), city.url, spread_s=0)
    sync = Sync(box.database, client, box.clock, box.keys, settings, lambda _, most: most, lambda: None)
    assert sync.handle_one_run() == 0.0
    client.close()


def fill_up(stick: Path) -> None:
    """No room is left on the stick."""
    with suppress(OSError), (stick / "film.mp4").open("wb", buffering=0) as film:
        while film.write(bytes(512)):
            pass


def on_platform(city: City, station: str) -> list[tuple[int, int, int]]:
    """Monotonic beginning, played and effective time of each session that the platform holds."""
    table = records.c
    with city.database.reading() as connection:
        query = select(table.opened_ms, table.played_ms, table.effective_ms)
        rows = connection.execute(query.where((table.station == station) & (table.record_kind == "study")))
        return sorted(tuple(row) for row in rows)


def on_box(box: Carrier) -> list[tuple[int, int, int]]:
    with box.database.reading() as tables:
        return sorted(
            tuple(row)
            for row in tables.execute("SELECT opened_ms, played_ms, effective_ms FROM sessions").fetchall()
        )


def study_waits(box: Carrier) -> int:
    with box.database.reading() as tables:
        query = "SELECT count(*) FROM records WHERE state = 'waiting' AND session_id IS NOT NULL"
        return int(tables.execute(query).fetchone()[0])


def test_two_boxes_on_one_stick_are_delivered_to_the_millisecond(
    city: City, boxes: list[Carrier], image: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = boxes
    study(first, 230)
    with first.database.writing() as tables:
        begin(tables)
    study(first, 30, first=230)
    study(second, 17)
    assert "已导出" in serve(first, image, tmp_path / "m")
    assert "已导出 " in serve(second, image, tmp_path / "m")
    assert office(city, image, tmp_path / "m", tmp_path) == 0
    assert "V1" in capsys.readouterr().out
    for box in boxes:
        assert "已送达" in serve(box, image, tmp_path / "m")

    assert [study_waits(box) for box in boxes] == [0, 0]
    assert on_platform(city, "V1") == on_box(first)
    assert on_platform(city, "C1") == on_box(second)
    assert sum(played for _, played, _ in on_platform(city, "V1")) == sum(30_000 + n for n in range(260))
    assert is_sound(image)


def test_the_network_delivers_half_while_the_stick_travels(
    city: City, boxes: list[Carrier], image: Path, tmp_path: Path
) -> None:
    box, _ = boxes
    study(box, 40)
    serve(box, image, tmp_path / "m")
    deliver_over_network(box, city, 15)
    assert office(city, image, tmp_path / "m", tmp_path) == 0
    study(box, 5, first=40)
    serve(box, image, tmp_path / "m")
    assert study_waits(box) == 5
    assert office(city, image, tmp_path / "m", tmp_path) == 0
    serve(box, image, tmp_path / "m")

    assert study_waits(box) == 0
    assert on_platform(city, "V1") == on_box(box)


def test_an_old_parcel_and_a_replayed_receipt_change_nothing(
    city: City, boxes: list[Carrier], image: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    box, _ = boxes
    study(box, 8)
    serve(box, image, tmp_path / "m")
    shutil.copy(image, tmp_path / "old.img")
    assert office(city, image, tmp_path / "m", tmp_path) == 0
    shutil.copy(image, tmp_path / "with-receipt.img")
    serve(box, image, tmp_path / "m")
    capsys.readouterr()
    assert office(city, tmp_path / "old.img", tmp_path / "m", tmp_path) == 0
    assert "早已收到" in capsys.readouterr().out
    before = states(box)
    serve(box, tmp_path / "with-receipt.img", tmp_path / "m")

    assert states(box) == before
    assert on_platform(city, "V1") == on_box(box)


def test_who_studied_together_travels_with_what_they_studied(
    city: City, boxes: list[Carrier], image: Path, tmp_path: Path
) -> None:
    box, _ = boxes
    evening = Evening(box.database, box.clock.boot)
    evening.begins(0)
    evening.comes(5, 1, 2)
    evening.plays(10, 70, TALK, "live")
    evening.leaves(80, 2)
    evening.plays(90, 120, TALK, "live")
    evening.ends(130)
    with box.database.writing() as tables:
        tables.execute("UPDATE sessions SET open = 0")
    assert len(evening.records()) == 1
    serve(box, image, tmp_path / "m")
    for _ in range(2):
        assert office(city, image, tmp_path / "m", tmp_path) == 0
    serve(box, image, tmp_path / "m")

    assert study_waits(box) == 0
    with city.database.reading() as connection:
        told = connection.execute(select(attendances.c.pseudonym, attendances.c.person_ms)).fetchall()
    assert sorted(map(tuple, told)) == sorted([(name_of(1), 90_000), (name_of(2), 60_000)])


def test_a_full_stick_is_told_and_nothing_half_is_on_it(boxes: list[Carrier], tmp_path: Path) -> None:
    small = make_kernel_image(tmp_path / "small.img", 128)
    study(boxes[0], 20)
    with plugged_in(small, tmp_path / "m") as stick:
        fill_up(stick)
    words = serve(boxes[0], small, tmp_path / "m")

    assert "U盘已满" in words
    with plugged_in(small, tmp_path / "m") as stick:
        assert [file.name for file in stick.rglob("*.ZXP")] == []
    assert study_waits(boxes[0]) == 20


def test_a_read_only_stick_is_told(boxes: list[Carrier], tmp_path: Path) -> None:
    study(boxes[0], 2)
    image = make_kernel_image(tmp_path / "locked.img")
    words = serve(boxes[0], image, tmp_path / "m", read_only=True)

    assert "不能写入" in words
    assert study_waits(boxes[0]) == 2


def test_pulled_out_at_any_step_no_half_parcel_stands_under_its_name(
    city: City,
    boxes: list[Carrier],
    image: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    box, _ = boxes
    cuts: list[Path] = []

    def cut_here() -> None:
        cuts.append(tmp_path / f"cut-{len(cuts)}.img")
        shutil.copy(image, cuts[-1])

    for name in ("fsync", "posix_fadvise"):
        real = getattr(stick_files.os, name)

        def cutting(*args: object, real: object = real) -> None:
            cut_here()
            real(*args)  # type: ignore[operator]
            cut_here()

        monkeypatch.setattr(stick_files.os, name, cutting)
    study(box, 250)
    serve(box, image, tmp_path / "m")
    study(box, 250, first=250)
    serve(box, image, tmp_path / "m")
    monkeypatch.undo()
    held = 0
    for cut in cuts:
        with plugged_in(cut, tmp_path / "m") as stick:
            whole = [unpack(file.read_bytes()) for file in (stick / "ZHANXUE").glob("*.ZXP")]
            held += len(whole)
    assert len(cuts) >= 8
    assert held >= len(cuts) // 2


def test_a_stick_of_which_the_end_was_never_written_is_told_or_taken(
    city: City, boxes: list[Carrier], image: Path, tmp_path: Path
) -> None:
    box, _ = boxes
    study(box, 400)
    serve(box, image, tmp_path / "m")
    whole = image.read_bytes()
    used = len(whole.rstrip(b"\0"))
    outcomes = []
    for end in range(512, used + 512, max(512, used // 24 // 512 * 512)):
        cut = tmp_path / "cut.img"
        cut.write_bytes(whole[:end] + bytes(len(whole) - end))
        with plugged_in(cut, tmp_path / "m") as stick:
            files = sorted((stick / "ZHANXUE").glob("*.ZXP")) if (stick / "ZHANXUE").is_dir() else []
            for file in files:
                outcomes.append(take_file(city.database, file, city.clock).done)
    assert set(outcomes) <= {False, True}
    assert outcomes.count(False) >= 3
    assert on_platform(city, "V1") in ([], on_box(box))


def test_a_parcel_cut_at_any_byte_is_torn_at_the_office_and_the_box_exports_again(
    city: City, boxes: list[Carrier], image: Path, tmp_path: Path
) -> None:
    box, _ = boxes
    study(box, 60)
    with plugged_in(image, tmp_path / "m") as stick:
        file = export_to(box, stick / "ZHANXUE").file
        assert file is not None
        whole = file.read_bytes()
        for end in range(0, len(whole), 61):
            with pytest.raises(CarriedError):
                unpack(whole[:end])
        for end in (0, 1, 512, len(whole) - 1):
            file.write_bytes(whole[:end])
            [one] = [take_file(city.database, found, city.clock) for found in parcel_files([stick])]
            assert (one.done, "记录包不完整" in one.words) == (False, True)
    assert on_platform(city, "V1") == []
    serve(box, image, tmp_path / "m")
    assert office(city, image, tmp_path / "m", tmp_path) == 0
    assert on_platform(city, "V1") == on_box(box)


def test_a_parcel_of_another_city_is_foreign_and_so_is_its_receipt(
    city: City, boxes: list[Carrier], image: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "far").mkdir()
    with running_city(tmp_path / "far") as far:
        stranger = make_box(tmp_path / "stranger", far, "v1")
        study(stranger, 3)
        serve(stranger, image, tmp_path / "m")
        assert office(city, image, tmp_path / "m", tmp_path) == 1
        assert "没有在本平台登记" in capsys.readouterr().out
        with plugged_in(image, tmp_path / "m"):
            assert municipal(["--data", str(tmp_path / "far"), "parcel", str(tmp_path / "m")]) == 0
        words = serve(boxes[0], image, tmp_path / "m")
        assert "签名不是本市平台的" in words
        assert "已送达" in serve(stranger, image, tmp_path / "m")
        assert study_waits(stranger) == 0
        stranger.database.close()
