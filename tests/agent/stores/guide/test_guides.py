"""A guide is made beside the old one, takes its place as a whole or not at all, and is read at once."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.errors import GuideError
from agent.records.validators import Validators
from agent.records.xmltv import Told, XmltvError
from agent.stores.guide import building
from agent.stores.guide.building import build_guide
from agent.stores.guide.guide_form import GuideFacts
from agent.stores.guide.guides import Guides
from study.units import HOUR_MS, MINUTE_MS
from tests.agent.stores.guide.told import SEVEN_MS, WINDOW, channel, programme

KNOWN = Validators('"1"', "yesterday")
C1 = ("id:c1",)
EVENING = (programme(0, 45, "甲"), programme(45, 100, "乙"), programme(120, 180, "丙"))


@pytest.fixture
def guides(tmp_path: Path) -> Iterator[Guides]:
    held = Guides(tmp_path / "guide", ["first", "second"])
    held.tidy()
    yield held
    held.close()


def build(guides: Guides, *told: Told, source: str = "first") -> GuideFacts:
    return build_guide(guides.file(source), iter(told), WINDOW, KNOWN, lambda: True)


def titles(guides: Guides, from_min: int = -600, to_min: int = 600, keys: tuple[str, ...] = C1) -> list[str]:
    found = guides.programmes(keys, SEVEN_MS + from_min * MINUTE_MS, SEVEN_MS + to_min * MINUTE_MS)
    return [each.title for each in found]


def on_air(guides: Guides, at_min: int) -> tuple[str | None, str | None]:
    now, following = guides.now_and_next(C1, SEVEN_MS + at_min * MINUTE_MS)
    return now and now.title, following and following.title


def test_a_window_shows_what_is_on_in_it_wholly_or_in_part(guides: Guides) -> None:
    build(guides, *EVENING)

    assert titles(guides) == ["甲", "乙", "丙"]
    assert titles(guides, 30, 60) == ["甲", "乙"]
    assert titles(guides, 45, 60) == ["乙"]
    assert titles(guides, 100, 120) == []
    assert titles(guides, 100, 121) == ["丙"]


def test_what_is_on_begins_with_its_first_millisecond_and_ends_before_its_last(guides: Guides) -> None:
    build(guides, *EVENING)

    assert on_air(guides, 0) == ("甲", "乙")
    assert on_air(guides, 45) == ("乙", "丙")
    assert on_air(guides, 110) == (None, "丙")
    assert on_air(guides, 180) == (None, None)


def test_days_before_and_after_the_window_are_left_out(guides: Guides) -> None:
    days = [programme(day * 24 * 60, day * 24 * 60 + 60, f"{day}") for day in range(-3, 365)]

    facts = build(guides, *days)

    assert titles(guides, -9_999, 999_999) == [str(day) for day in range(-1, 15)]
    assert facts.goes_on
    assert not build(guides, *EVENING).goes_on


def test_of_a_programme_told_twice_the_last_telling_stays(guides: Guides) -> None:
    assert build(guides, *EVENING, programme(0, 45, "改"), *EVENING[1:]).programmes == 3
    assert titles(guides) == ["改", "乙", "丙"]


def test_whatever_the_order_in_the_file(guides: Guides) -> None:
    build(guides, *reversed(EVENING), channel("c1", "台"))

    assert titles(guides) == ["甲", "乙", "丙"]


def test_a_channel_is_found_by_id_or_by_name_however_that_is_spelt(guides: Guides) -> None:
    build(guides, channel("x9", "CCTV-17 农业农村", "CCTV17"), programme(0, 45, "甲", "x9"))

    assert titles(guides, keys=("id:x9",)) == ["甲"]
    assert titles(guides, keys=("id:none", "name:cctv17农业农村")) == ["甲"]
    assert titles(guides, keys=("name:cctv17",)) == ["甲"]
    assert titles(guides, keys=("name:cctv1",)) == []


def test_of_doubled_names_the_first_channel_has_it(guides: Guides) -> None:
    build(
        guides, channel("a", "台"), channel("b", "台"), programme(0, 9, "甲", "a"), programme(0, 9, "乙", "b")
    )

    assert titles(guides, keys=("name:台",)) == ["甲"]


def test_the_first_guide_that_tells_of_a_channel_is_taken(guides: Guides) -> None:
    build(guides, channel("c1", "台"), programme(0, 9, "别台", "c2"))
    build(guides, *EVENING, source="second")

    assert titles(guides) == ["甲", "乙", "丙"]
    build(guides, programme(0, 9, "先"))
    assert titles(guides) == ["先"]


def test_what_is_known_of_it_is_kept_with_it(guides: Guides) -> None:
    assert guides.facts("first") is None
    built = build(guides, *EVENING, programme(0, 9, "x", "c2"))

    assert guides.facts("first") == built == GuideFacts(KNOWN, WINDOW, False, 2, 4)


def broken(*told: Told) -> Iterator[Told]:
    yield from told
    raise XmltvError("cut off")


def test_a_source_that_breaks_off_leaves_the_old_guide(guides: Guides, tmp_path: Path) -> None:
    build(guides, *EVENING)

    with pytest.raises(XmltvError):
        build_guide(guides.file("first"), broken(programme(0, 9, "新")), WINDOW, KNOWN, lambda: True)

    assert titles(guides) == ["甲", "乙", "丙"]
    assert [file.suffix for file in (tmp_path / "guide").iterdir()] == [".guide"]


def test_no_time_and_no_room_leave_the_old_guide(guides: Guides, monkeypatch: pytest.MonkeyPatch) -> None:
    build(guides, *EVENING)

    with pytest.raises(GuideError, match="中断"):
        build_guide(guides.file("first"), iter(EVENING), WINDOW, KNOWN, lambda: False)
    monkeypatch.setattr(building, "_KEPT_FREE_BYTES", 1 << 60)
    with pytest.raises(GuideError, match="磁盘"):
        build(guides, programme(0, 9, "新"))

    assert titles(guides) == ["甲", "乙", "丙"]


def test_a_power_cut_at_any_moment_leaves_one_whole_guide(guides: Guides, tmp_path: Path) -> None:
    """Whoever starts next finds the old one, and clears away what was begun."""
    build(guides, *EVENING)
    folder = tmp_path / "guide"
    (folder / guides.file("first").with_suffix(".part").name).write_bytes(b"half")
    (folder / guides.file("first").with_suffix(".raw").name).write_bytes(b"half")

    after = Guides(folder, ["first", "second"])
    after.tidy()

    assert titles(after) == ["甲", "乙", "丙"]
    assert [file.suffix for file in folder.iterdir()] == [".guide"]
    after.close()


def test_what_no_operator_names_any_more_goes(guides: Guides, tmp_path: Path) -> None:
    build(guides, *EVENING)

    Guides(tmp_path / "guide", ["second"]).tidy()

    assert list((tmp_path / "guide").iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"rubbish" * 1_000, b"SQLite format 3\0" + bytes(4_080)])
def test_a_damaged_guide_is_let_go(guides: Guides, content: bytes) -> None:
    guides.file("first").write_bytes(content)

    assert titles(guides) == []
    assert guides.facts("first") is None
    assert not guides.file("first").exists()


def test_a_guide_of_another_form_is_made_anew(guides: Guides) -> None:
    build(guides, *EVENING)
    with sqlite3.connect(guides.file("first")) as database:
        database.execute("UPDATE guide SET form = 99")
    database.close()

    assert titles(guides) == []


def test_bytes_that_fall_over_in_a_guide_that_is_read_do_no_harm(guides: Guides) -> None:
    build(guides, *(programme(n * 10, n * 10 + 10, f"{n} {'长' * 150}") for n in range(2_000)))
    file = guides.file("first")
    content = bytearray(file.read_bytes())
    for place in range(8_192, len(content), 4_096):
        content[place : place + 200] = b"\xff" * 200
    file.write_bytes(content)

    for hour in range(-48, 400, 7):
        guides.programmes(C1, SEVEN_MS + hour * HOUR_MS, SEVEN_MS + (hour + 9) * HOUR_MS)

    assert not file.exists()


def test_more_channels_than_any_guide_has_are_refused(
    guides: Guides, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "CHANNELS_MAX", 5)

    with pytest.raises(GuideError, match="频道"):
        build(guides, *(programme(0, 9, "x", f"c{n}") for n in range(6)))
