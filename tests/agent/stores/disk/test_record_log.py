"""The second log's frames: whole, torn, damaged, made anew."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.stores.disk.record_log import Frame, RecordLog, frames, packed
from study.units import Epoch, Seq

EPOCH = Epoch("0123456789abcdef")


def frame(seq: int, content: bytes = b'["study"]') -> Frame:
    return Frame(EPOCH, Seq(seq), seq * 10, content)


@contextmanager
def opened(file: Path) -> Iterator[RecordLog]:
    held = RecordLog(file)
    yield held
    held.close()


def filled(file: Path, count: int) -> list[Frame]:
    told = [frame(n, f'["study",{n},"{"x" * n}"]'.encode()) for n in range(1, count + 1)]
    with opened(file) as held:
        for each in told:
            held.append([each])
    return told


def test_what_was_appended_is_read_again_in_order(tmp_path: Path) -> None:
    told = filled(tmp_path / "log", 5)
    assert list(frames(tmp_path / "log")) == told
    with opened(tmp_path / "log") as held:
        assert held.last == told[-1]


def test_a_tail_torn_at_any_byte_is_cut_and_nothing_before_it(tmp_path: Path) -> None:
    file = tmp_path / "log"
    told = filled(file, 4)
    whole = file.read_bytes()
    start = len(whole) - len(packed(told[-1]))
    for size in range(start, len(whole)):
        file.write_bytes(whole[:size])
        with opened(file) as held:
            assert held.last == told[-2]
            held.append([frame(9)])
        assert list(frames(file)) == [*told[:-1], frame(9)]


def test_zeros_after_a_power_cut_are_cut(tmp_path: Path) -> None:
    file = tmp_path / "log"
    told = filled(file, 3)
    with file.open("ab") as out:
        out.write(bytes(3_000_000))
    with opened(file) as held:
        assert held.last == told[-1]
        held.append([frame(4)])
    assert list(frames(file)) == [*told, frame(4)]
    assert file.stat().st_size < 1000


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damage_in_the_middle_costs_only_the_frames_it_touches(tmp_path: Path, data: st.DataObject) -> None:
    file = tmp_path / "log"
    file.unlink(missing_ok=True)
    told = filled(file, 8)
    held = bytearray(file.read_bytes())
    ends = [sum(len(packed(f)) for f in told[: n + 1]) for n in range(len(told))]
    first = data.draw(st.integers(0, ends[-2] - 1))
    damage = data.draw(st.binary(min_size=1, max_size=40))
    last = min(first + len(damage), ends[-2])
    held[first:last] = damage[: last - first]
    file.write_bytes(held)
    untouched = [f for f, end in zip(told, ends, strict=True) if end <= first or end - len(packed(f)) >= last]
    found = list(frames(file))
    assert [f for f in found if f in untouched] == untouched
    assert all(f in told for f in found)


def test_any_bytes_are_a_log_without_records(tmp_path: Path) -> None:
    file = tmp_path / "log"
    for junk in (
        b"",
        b"\xf5",
        b"\xf5ZX\xff",
        os.urandom(100_000),
        packed(frame(1))[:-1],
        b"\xf5ZX\xff" * 9000,
    ):
        file.write_bytes(junk)
        with opened(file) as held:
            assert held.last is None
            held.append([frame(1)])
        assert list(frames(file)) == [frame(1)]


def test_a_log_of_many_chunks_is_opened_from_its_end(tmp_path: Path) -> None:
    file = tmp_path / "log"
    with opened(file) as held:
        held.append(frame(n, b"y" * 3000) for n in range(1, 2001))
        assert held.bytes == file.stat().st_size
    with opened(file) as held:
        assert held.last == frame(2000, b"y" * 3000)
    assert sum(1 for _ in frames(file)) == 2000


def test_made_anew_it_holds_only_what_was_given_and_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "log"
    told = filled(file, 6)
    with opened(file) as held:
        held.rewrite(told[4:])
        assert held.last == told[-1]
        held.append([frame(7)])
    assert list(frames(file)) == [*told[4:], frame(7)]
    assert [each.name for each in tmp_path.iterdir()] == ["log"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_an_append_that_does_not_fit_leaves_the_log_as_it_was(small_disk: Path) -> None:
    file = small_disk / "log"
    with opened(file) as held:
        held.append([frame(1)])
        with pytest.raises(OSError, match="No space"):
            held.append([frame(2), frame(3, b"z" * 100_000)])
        assert held.last == frame(1)
        held.append([frame(2)])
        with pytest.raises(OSError, match="No space"):
            held.rewrite([frame(1), frame(3, b"z" * 100_000)])
        held.append([frame(3)])
    assert list(frames(file)) == [frame(1), frame(2), frame(3)]
