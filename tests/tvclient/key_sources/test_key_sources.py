"""Recorded streams through real pipes, which come, go and break as devices do."""

import errno
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tvclient.key_sources.piped_box import PipedBox
from tests.tvclient.key_sources.recorded import EVENT, INFRARED_TAP, INFRARED_UNKNOWN, stream
from tvclient.key_sources.evdev_device import EVENTS_AT_ONCE

PATIENCE_S = 15.0
OK_TAP = [("event3", "evdev:KEY_OK", "down"), ("event3", "evdev:KEY_OK", "up")]


@pytest.fixture
def box(tmp_path: Path) -> Iterator[PipedBox]:
    box = PipedBox(tmp_path)
    yield box
    box.close()


def test_a_device_that_is_there_is_heard(box: PipedBox) -> None:
    box.plug_in("event3")
    box.sources.begin()
    box.send("event3", INFRARED_TAP)
    assert box.turn() == OK_TAP


def test_a_device_that_is_plugged_in_is_heard(box: PipedBox) -> None:
    box.sources.begin()
    box.plug_in("event3")
    box.turn()
    box.send("event3", INFRARED_TAP)
    assert box.turn() == OK_TAP


def test_what_is_no_input_device_or_has_no_keys_is_left_alone(box: PipedBox) -> None:
    box.keys["event4"] = (0x110, 0x111)
    box.plug_in("event4")
    box.plug_in("mouse0")
    box.sources.begin()
    with pytest.raises(OSError, match="No such device"):
        box.send("event4", INFRARED_TAP)
    with pytest.raises(OSError, match="No such device"):
        box.send("mouse0", INFRARED_TAP)


def test_several_devices_are_heard_side_by_side(box: PipedBox) -> None:
    for name in ("event3", "event5"):
        box.plug_in(name)
    box.sources.begin()
    box.send("event5", "0 KEY UP 1; 0 SYN REPORT 0")
    box.send("event3", "0 KEY DOWN 1; 0 SYN REPORT 0")
    assert sorted(box.turn()) == [
        ("event3", "evdev:KEY_DOWN", "down"),
        ("event5", "evdev:KEY_UP", "down"),
    ]


def test_half_an_event_waits_for_its_other_half(box: PipedBox) -> None:
    box.plug_in("event3")
    box.sources.begin()
    data = stream(INFRARED_TAP)
    box.send("event3", data[: EVENT.size + 7])
    assert box.turn() == []
    box.send("event3", data[EVENT.size + 7 :])
    assert box.turn() == OK_TAP


def test_a_device_unplugged_while_a_key_is_down_lets_go_of_it(box: PipedBox) -> None:
    box.plug_in("event3")
    box.sources.begin()
    box.send("event3", "0 KEY OK 1; 0 SYN REPORT 0")
    box.turn()
    box.unplug("event3")
    assert box.turn() == [("event3", "evdev:KEY_OK", "up")]
    box.plug_in("event3")
    box.turn()
    box.send("event3", INFRARED_TAP)
    assert box.turn() == OK_TAP


def test_a_release_that_nothing_tells_of_comes_by_itself(box: PipedBox) -> None:
    box.plug_in("event3")
    box.sources.begin()
    box.send("event3", INFRARED_UNKNOWN)
    assert [phase for _, _, phase in box.turn()] == ["down", "repeat"]
    box.now_ms = 1000
    assert box.turn() == [("event3", "evdev:SCAN_0x81b", "up")]


def test_missing_permission_is_said_once_in_words_and_the_rest_goes_on(
    box: PipedBox, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("event1", "event2", "event3"):
        box.plug_in(name)
    box.broken = {"event1": errno.EACCES, "event2": errno.EACCES}
    with caplog.at_level(logging.WARNING):
        box.sources.begin()
        for at_ms in range(0, 300_000, 500):
            box.now_ms = at_ms
            box.turn(1)
    (record,) = caplog.records
    words = record.getMessage()
    assert "没有权限" in words and "input 组" in words
    assert str(box.folder / "event1") in words and str(box.folder / "event2") in words
    box.send("event3", INFRARED_TAP)
    assert box.turn() == OK_TAP


def test_a_device_that_gets_its_group_a_moment_late_is_opened_without_a_word(
    box: PipedBox, caplog: pytest.LogCaptureFixture
) -> None:
    box.broken = {"event3": errno.EACCES}
    box.sources.begin()
    path = box.plug_in("event3")
    box.turn()
    box.broken.clear()
    path.chmod(0o660)
    box.turn()
    box.send("event3", INFRARED_TAP)
    assert box.turn() == OK_TAP
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_a_device_that_can_not_be_opened_is_tried_again_less_and_less_often(box: PipedBox) -> None:
    box.broken = {"event3": errno.EIO}
    box.plug_in("event3")
    box.sources.begin()
    for at_ms in range(0, 400_000, 250):
        box.now_ms = at_ms
        box.turn(1)
    assert box.tried_ms[:5] == [0, 1000, 3000, 7000, 15_000]
    assert box.tried_ms[-1] - box.tried_ms[-2] == 60_000


def test_a_device_that_fails_over_and_over_is_told_of_once(
    box: PipedBox, caplog: pytest.LogCaptureFixture
) -> None:
    box.plug_in("event3")
    with caplog.at_level(logging.WARNING):
        box.sources.begin()
        for at_ms in range(0, 200_000, 500):
            box.now_ms = at_ms
            if box.sources._devices:
                box.send("event3", b"")
                box.unplug("event3", leave_file=True)
            box.turn(1)
    assert len([record for record in caplog.records if record.levelno >= logging.WARNING]) == 1


def test_ten_thousand_events_a_second_neither_pile_up_nor_hold_up_another_remote(
    box: PipedBox, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("event3", "event5"):
        box.plug_in(name)
    box.sources.begin()
    box.send("event3", "".join(f"0 KEY RIGHT {n % 2 ^ 1}; 0 SYN REPORT 0;" for n in range(1000)))
    box.send("event5", "0 KEY OK 1; 0 SYN REPORT 0")
    heard = box.turn(1)
    assert ("event5", "evdev:KEY_OK", "down") in heard, "in the first turn, beside a piece of the storm"
    for _ in range(50):
        heard += box.turn(1)
    assert len(heard) <= 26
    (record,) = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert "gpio_ir_recv" in record.getMessage()


def test_nothing_is_there_and_nothing_happens(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    box = PipedBox(tmp_path)
    box.folder.rmdir()
    box.sources.begin()
    assert box.turn() == []
    assert caplog.records == []
    box.folder.mkdir()
    box.turn()
    box.plug_in("event3")
    box.turn()
    box.send("event3", INFRARED_TAP)
    assert box.turn() == OK_TAP
    box.close()


def test_a_defect_in_one_step_does_not_end_the_thread(box: PipedBox, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []

    def fail() -> None:
        steps.append(1)
        if len(steps) == 3:
            box.sources._stopping = True
        raise RuntimeError

    monkeypatch.setattr(box.sources, "handle_one_wait", fail)
    monkeypatch.setattr("tvclient.key_sources.key_sources.AFTER_DEFECT_MS", 1)
    monkeypatch.setattr(box.sources, "close", lambda: None)
    box.sources._run()
    assert len(steps) == 3


def test_without_leave_to_watch_it_says_so_and_the_window_remains(
    box: PipedBox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_folders: object) -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr("tvclient.key_sources.key_sources.FolderWatch", refuse)
    monkeypatch.setattr(box.sources, "close", lambda: None)
    box.sources._run()
    (record,) = caplog.records
    assert "不能监视遥控设备" in record.getMessage()


def test_on_its_own_thread_it_hears_and_lets_go_when_stopped(tmp_path: Path) -> None:
    box = PipedBox(tmp_path)
    box.plug_in("event3")
    box.sources.start()
    # Opening for writing waits for the thread to have opened it for reading.
    writer = os.open(box.folder / "event3", os.O_WRONLY)
    os.write(writer, stream("0 KEY OK 1; 0 SYN REPORT 0"))
    os.set_blocking(writer, False)
    assert box.something_heard.wait(PATIENCE_S)
    box.sources.stop()
    assert not box.sources._thread.is_alive()
    assert [one.phase for one in box.heard] == ["down", "up"]
    with pytest.raises(BrokenPipeError):
        os.write(writer, b"x")
    os.close(writer)


def test_a_device_that_answers_with_an_input_output_error_is_left_for_a_while(
    box: PipedBox, caplog: pytest.LogCaptureFixture
) -> None:
    box.plug_in("event5")
    # Reading a process's memory at 0 is the one file that gives EIO everywhere.
    (box.folder / "event3").symlink_to("/proc/self/mem")
    with caplog.at_level(logging.WARNING):
        box.sources.begin()
        for at_ms in range(0, 20_000, 500):
            box.now_ms = at_ms
            box.turn(2)
    assert box.tried_ms.count(0) <= 3 and len(box.tried_ms) < 10
    (record,) = caplog.records
    assert "event3" in record.getMessage() and "Input/output error" in record.getMessage()
    box.send("event5", INFRARED_TAP)
    assert [code for _, code, _ in box.turn()] == ["evdev:KEY_OK"] * 2


def test_another_device_that_comes_is_no_reason_to_try_a_broken_one_again(box: PipedBox) -> None:
    box.broken = {"event3": errno.EIO}
    box.plug_in("event3")
    box.sources.begin()
    box.now_ms = 10
    box.plug_in("event5")
    box.turn()
    assert box.tried_ms == [0, 10]


def test_a_piece_at_a_time_is_taken_so_that_others_have_their_turn(box: PipedBox) -> None:
    box.plug_in("event3")
    box.sources.begin()
    box.send("event3", "0 REL X 1;" * EVENTS_AT_ONCE + INFRARED_TAP)
    assert box.turn(1) == []
    assert box.turn(1) == OK_TAP
