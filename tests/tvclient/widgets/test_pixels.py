"""What is done with decoded pictures."""

import json
from pathlib import Path

from PIL import Image

from tvclient.widgets.pixels import Pixels, decoded, halved, levels, padded, part_of

ICONS = Path(__file__).resolve().parents[3] / "assets" / "icons"
RED, CLEAR = b"\xff\0\0\xff", bytes(4)


def test_half_a_picture_is_the_mean_of_its_pixels() -> None:
    rows = [[0, 255, 9, 10, 77], [255, 255, 12, 11, 77], [1, 2, 3, 4, 5]]
    data = b"".join(bytes((value, 255 - value, value, 255)) for row in rows for value in row)
    found = halved(Pixels(5, 3, data))
    assert (found.w, found.h) == (2, 1)
    for channel, means in enumerate(((191, 10), (64, 244), (191, 10), (255, 255))):
        for mean, got in zip(means, found.data[channel::4], strict=True):
            assert abs(mean - got) <= 2  # rounded down twice


def test_a_part_is_counted_from_the_upper_left_corner() -> None:
    numbered = Pixels(4, 3, b"".join(bytes((y, x, 0, 255)) for y in range(3) for x in range(4)))

    part = part_of(numbered, 1, 2, 3, 1)

    assert (part.w, part.h) == (3, 1)
    assert part.data == b"".join(bytes((2, x, 0, 255)) for x in (1, 2, 3))
    assert part_of(numbered, 0, 0, 4, 3) is numbered


def test_every_icon_is_there_as_it_was_drawn() -> None:
    for name, places in json.loads((ICONS / "icons96.atlas").read_text()).items():
        sheet = decoded((ICONS / name).read_bytes())
        with Image.open(ICONS / name) as picture:
            drawn = picture.convert("RGBA")
        for x, y, w, h in places.values():
            top = sheet.h - y - h
            icon = part_of(sheet, x, top, w, h)
            assert icon.data == drawn.crop((x, top, x + w, top + h)).tobytes()
            assert any(icon.data[3::4])


def test_what_is_added_up_to_a_power_of_two_is_clear() -> None:
    found = padded(Pixels(3, 2, RED * 6))

    assert (found.w, found.h) == (4, 2)
    assert found.data == (RED * 3 + CLEAR) * 2
    assert padded(Pixels(3, 3, RED * 9)).data == (RED * 3 + CLEAR) * 3 + CLEAR * 4
    assert padded(Pixels(4, 2, RED * 8)) == Pixels(4, 2, RED * 8)


def test_the_levels_go_down_to_one_pixel() -> None:
    found = levels(Pixels(8, 2, RED * 16))

    assert [(level.w, level.h) for level in found] == [(8, 2), (4, 1), (2, 1), (1, 1)]
    assert all(level.data == RED * level.w * level.h for level in found)
