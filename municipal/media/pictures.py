"""Pictures of articles: checked, made upright, and no larger than a television shows."""

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from PIL import Image, ImageOps

from municipal.errors import MediaError
from municipal.media.long_picture import cut_up, piece_count
from municipal.media.made_file import put_made
from municipal.media.probe import sha256_of
from study.article import picture_path
from study.article_body import PICTURE_BYTES_MAX, PICTURE_HEIGHT_MAX, PICTURE_WIDTH_MAX, PICTURES_MAX

SOURCE_BYTES_MAX = 50 * 1024 * 1024

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_QUALITIES = (85, 60, 35)
"""Of JPEG; the next is tried where a picture would take more than PICTURE_BYTES_MAX."""
_BEHIND = "white"
"""What shows through the clear parts of a picture."""
_ORIENTATION, _ON_ITS_SIDE = 0x0112, (5, 6, 7, 8)
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, struct.error)
"""What Pillow raises for files that are not what they begin as."""


@dataclass(frozen=True, slots=True)
class MadePicture:
    """A picture as boxes get it."""

    path: str
    """Below the media folder."""
    sha256: str
    bytes: int
    width_px: int
    height_px: int


def make_pictures(folder: Path, source: Path) -> tuple[MadePicture, ...]:
    """The picture made from a file, or the pieces of a long one, kept below the media folder.

    Made once for each content. Raises MediaError.
    """
    if source.stat().st_size > SOURCE_BYTES_MAX:
        raise MediaError(f"图片“{source.name}”超过 {SOURCE_BYTES_MAX // 1024 // 1024} MB，请先缩小")
    digest = sha256_of(source)
    with _opened(source) as image:
        count = piece_count(*_upright_size(image))
        if count > PICTURES_MAX:
            raise MediaError(f"图片“{source.name}”太长，请先裁开")
        paths = [_path(digest, number) for number in range(count)]
        found = [_made_before(folder, path) for path in paths]
        made = tuple(picture for picture in found if picture is not None)
        if len(made) == count:
            return made
        pieces = [_saved(piece, source.name) for piece in _pieces(image, count)]
    for path, data in zip(paths, pieces, strict=True):
        put_made(folder, path, data)
    return tuple(_described(path, data) for path, data in zip(paths, pieces, strict=True))


def _path(digest: str, number: int) -> str:
    return picture_path(sha256(f"{digest} {number}".encode()).hexdigest() if number else digest)


def _made_before(folder: Path, path: str) -> MadePicture | None:
    try:
        return _described(path, (folder / path).read_bytes())
    except _BROKEN:
        return None


def _described(path: str, data: bytes) -> MadePicture:
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
        width_px, height_px = image.size
    return MadePicture(path, sha256(data).hexdigest(), len(data), width_px, height_px)


@contextmanager
def _opened(source: Path) -> Iterator[Image.Image]:
    """A picture of which only the head was read; what is found later, within the block, is told as well.

    Raises MediaError.
    """
    try:
        # Before a single pixel is made room for, Pillow warns of pictures of more than 89 million.
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(source, formats=_FORMATS) as image:
                yield image
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise MediaError(f"图片“{source.name}”的像素太多，请先缩小") from error
    except _BROKEN as error:
        raise MediaError(f"图片“{source.name}”无法识别或已损坏") from error


def _upright_size(image: Image.Image) -> tuple[int, int]:
    width_px, height_px = image.size
    is_on_its_side = image.getexif().get(_ORIENTATION) in _ON_ITS_SIDE
    return (height_px, width_px) if is_on_its_side else (width_px, height_px)


def _pieces(image: Image.Image, count: int) -> list[Image.Image]:
    most = (PICTURE_WIDTH_MAX, PICTURE_HEIGHT_MAX)
    if count == 1:
        # A phone's photograph lies on its side until it is turned: room for both.
        image.draft("RGB", (max(most), max(most)))
    ImageOps.exif_transpose(image, in_place=True)
    mode = "RGBA" if image.has_transparency_data else "RGB"
    # Made small before anything else: at full size every further copy may take 300 MB.
    layer = image if image.mode == mode else image.convert(mode)
    if count == 1:
        layer.thumbnail(most, Image.Resampling.LANCZOS)
    return [_flat(piece) for piece in (cut_up(layer, count) if count > 1 else [layer])]


def _flat(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image
    flat = Image.new("RGB", image.size, _BEHIND)
    flat.paste(image, mask=image.getchannel("A"))
    return flat


def _saved(image: Image.Image, name: str) -> bytes:
    for quality in _QUALITIES:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= PICTURE_BYTES_MAX:
            return out.getvalue()
    raise MediaError(f"图片“{name}”压缩后仍然太大，请先缩小")
