"""Pictures of articles: checked, made upright, and no larger than a television shows."""

import io
import struct
import warnings
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from PIL import Image, ImageOps

from municipal.errors import MediaError
from municipal.media.made_file import put_made
from municipal.media.probe import sha256_of
from study.article import picture_path
from study.article_body import PICTURE_BYTES_MAX, PICTURE_HEIGHT_MAX, PICTURE_WIDTH_MAX

SOURCE_BYTES_MAX = 50 * 1024 * 1024

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_QUALITIES = (85, 60, 35)
"""Of JPEG; the next is tried where a picture would take more than PICTURE_BYTES_MAX."""
_BEHIND = "white"
"""What shows through the clear parts of a picture."""
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


def make_picture(folder: Path, source: Path) -> MadePicture:
    """The picture made from a file, kept below the media folder; made once for each content.

    Raises MediaError.
    """
    if source.stat().st_size > SOURCE_BYTES_MAX:
        raise MediaError(f"图片“{source.name}”超过 {SOURCE_BYTES_MAX // 1024 // 1024} MB，请先缩小")
    path = picture_path(sha256_of(source))
    if (made := _made_before(folder, path)) is not None:
        return made
    data = _as_jpeg(source)
    put_made(folder, path, data)
    return _described(path, data)


def _made_before(folder: Path, path: str) -> MadePicture | None:
    try:
        return _described(path, (folder / path).read_bytes())
    except _BROKEN:
        return None


def _described(path: str, data: bytes) -> MadePicture:
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
        width_px, height_px = image.size
    return MadePicture(path, sha256(data).hexdigest(), len(data), width_px, height_px)


def _as_jpeg(source: Path) -> bytes:
    try:
        # Before a single pixel is made room for, Pillow warns of pictures of more than 89 million.
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(source, formats=_FORMATS) as image:
                return _saved(_fitted(image), source.name)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise MediaError(f"图片“{source.name}”的像素太多，请先缩小") from error
    except _BROKEN as error:
        raise MediaError(f"图片“{source.name}”无法识别或已损坏") from error


def _fitted(image: Image.Image) -> Image.Image:
    most = (PICTURE_WIDTH_MAX, PICTURE_HEIGHT_MAX)
    # A phone's photograph lies on its side until it is turned: room for both.
    image.draft("RGB", (max(most), max(most)))
    ImageOps.exif_transpose(image, in_place=True)
    mode = "RGBA" if image.has_transparency_data else "RGB"
    # Made small before anything else: at full size every further copy may take 300 MB.
    layer = image if image.mode == mode else image.convert(mode)
    layer.thumbnail(most, Image.Resampling.LANCZOS)
    if mode == "RGB":
        return layer
    flat = Image.new("RGB", layer.size, _BEHIND)
    flat.paste(layer, mask=layer.getchannel("A"))
    return flat


def _saved(image: Image.Image, name: str) -> bytes:
    for quality in _QUALITIES:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= PICTURE_BYTES_MAX:
            return out.getvalue()
    raise MediaError(f"图片“{name}”压缩后仍然太大，请先缩小")
