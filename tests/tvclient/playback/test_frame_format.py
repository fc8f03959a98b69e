"""What the memory output's callback is told, read with and without libVLC's own record behind it."""

import ctypes

import pytest

from tvclient.playback.frame_format import FrameFormat, Matrix, VideoFormat, read_format, wanted_chroma

PADDED = {"width": 1920, "height": 1090, "visible_width": 1920, "visible_height": 1080}


def told(chroma: bytes, **values: int) -> FrameFormat:
    """As libVLC 3 tells it: pointers into the record."""
    record = VideoFormat(chroma=chroma, **values)
    start = ctypes.addressof(record)
    return read_format(
        chroma,
        ctypes.pointer(ctypes.c_uint.from_address(start + VideoFormat.width.offset)),
        ctypes.pointer(ctypes.c_uint.from_address(start + VideoFormat.height.offset)),
    )


def test_the_seen_part_and_the_declared_colours_are_taken() -> None:
    assert told(b"I420", **PADDED, space=1) == FrameFormat(1920, 1080, Matrix.BT601, full_range=False)
    assert told(b"I420", **PADDED, space=3).matrix is Matrix.BT2020


@pytest.mark.parametrize(("height", "matrix"), [(576, Matrix.BT601), (720, Matrix.BT709)])
def test_without_a_declaration_the_height_decides(height: int, matrix: Matrix) -> None:
    values = {"width": 720, "height": height, "visible_width": 720, "visible_height": height}
    assert told(b"I420", **values).matrix is matrix


def test_the_full_range_is_known_by_the_record_or_by_the_fourcc() -> None:
    assert told(b"I0AL", **PADDED, full_range=1).full_range
    assert told(b"J420", **PADDED).full_range
    assert not told(b"I420", **PADDED).full_range
    assert (wanted_chroma(b"J422"), wanted_chroma(b"I0AL")) == (b"J420", b"I420")


def test_red_green_and_blue_come_as_libvlcs_scaler_turns_them() -> None:
    assert told(b"RV32", **PADDED, full_range=1) == FrameFormat(1920, 1080, Matrix.BT601, full_range=False)


def test_without_the_record_the_whole_is_shown() -> None:
    widths, heights = (ctypes.c_uint * 2)(1920, 0), (ctypes.c_uint * 2)(1088, 0)
    pointer = ctypes.POINTER(ctypes.c_uint)
    found = read_format(b"J420", ctypes.cast(widths, pointer), ctypes.cast(heights, pointer))
    assert found == FrameFormat(1920, 1088, Matrix.BT709, full_range=True)


def test_a_record_that_makes_no_sense_is_none() -> None:
    nothing_seen = {"width": 640, "height": 368, "visible_width": 0, "visible_height": 360}
    assert told(b"I420", **nothing_seen) == FrameFormat(640, 368, Matrix.BT601, full_range=False)
