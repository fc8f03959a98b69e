"""The size of a picture is read from its first bytes, whatever else is in them."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tvclient.widgets.picture_size import picture_size


def picture(kind: str, **how: object) -> bytes:
    file = BytesIO()
    Image.new("RGB", (321, 123), "red").save(file, kind, **how)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        picture("PNG"),
        picture("JPEG"),
        picture("JPEG", progressive=True),
        picture("JPEG", comment=b"x" * 5_000),
        picture("JPEG", exif=b"Exif\x00\x00" + bytes(900)),
    ],
    ids=["png", "jpeg", "progressive", "comment", "exif"],
)
def test_what_a_picture_says(data: bytes) -> None:
    assert picture_size(data) == (321, 123)


def test_fill_bytes_before_a_marker_are_passed_over() -> None:
    data = picture("JPEG")
    assert picture_size(data[:2] + b"\xff\xff" + data[2:]) == (321, 123)


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", picture("PNG")[:20], picture("JPEG")[:12], b"\xff\xd8" * 30]
)
def test_no_picture_says_nothing(data: bytes) -> None:
    assert picture_size(data) is None


@given(st.binary(max_size=200))
def test_whatever_follows_the_first_bytes_of_a_jpeg_ends(rest: bytes) -> None:
    picture_size(b"\xff\xd8" + rest)
