"""The body of an article: headings, paragraphs, pictures, in one fixed writing.

```
{"zhanxue_article":1,"blocks":[
  {"heading":"原理","level":1}, {"paragraph":"…"},
  {"picture":"/media/articles/….jpg","sha256":"…","bytes":1,"width_px":1,"height_px":1,"caption":"…"}]}
```
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from study.document import hexadecimal, read, whole, written
from study.plain_text import plain_line, plain_text

BODY_BYTES_MAX = 1024 * 1024
BLOCKS_MAX = 5_000
TEXT_MAX = 50_000
"""Characters of one block."""
PICTURES_MAX = 100
PICTURE_BYTES_MAX = 2 * 1024 * 1024
PICTURE_WIDTH_MAX, PICTURE_HEIGHT_MAX = 1_728, 960
"""The platform makes larger ones smaller: no television shows more of them."""
LEVELS = 3

_FORM, _VERSION = "zhanxue_article", 1
_DIGITS = 64
_PATH = re.compile(r"/media/articles/[0-9a-f]{32}\.jpg", re.ASCII)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the widest."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; line feeds in it are meant."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG picture, at most PICTURE_WIDTH_MAX × PICTURE_HEIGHT_MAX."""

    path: str
    """Below the platform's root."""
    sha256: str
    bytes: int
    width_px: int
    height_px: int
    caption: str


Block = Heading | Paragraph | Picture


def body_bytes(blocks: Iterable[Block]) -> bytes:
    """The body as it is stored and sent; equal blocks give equal bytes."""
    return written(_FORM, _VERSION, {"blocks": [_entry(block) for block in blocks]})


def blocks_of(data: bytes) -> tuple[Block, ...]:
    """The blocks of a body. Raises `study.document.CarriedError`.

    A kind of block that this version does not know is passed over; a picture that cannot be meant
    spoils the body, since another city could put one there that is fetched from elsewhere.
    """
    return read(data, _FORM, _VERSION, _blocks)


def paragraph_of(text: str) -> Paragraph | None:
    """A paragraph of plain text, without blank lines around it; blanks that indent its first line stay.

    None where nothing is left.
    """
    plain = plain_text(text).rstrip().lstrip("\n")
    return Paragraph(plain) if plain else None


def pictures_of(blocks: Iterable[Block]) -> tuple[Picture, ...]:
    """The pictures, in their order."""
    return tuple(block for block in blocks if isinstance(block, Picture))


def _entry(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"heading": text, "level": level}
        case Paragraph(text):
            return {"paragraph": text}
        case Picture():
            return {
                "picture": block.path,
                "sha256": block.sha256,
                "bytes": block.bytes,
                "width_px": block.width_px,
                "height_px": block.height_px,
                "caption": block.caption,
            }


def _blocks(fields: dict[str, Any]) -> tuple[Block, ...]:
    entries = fields["blocks"]
    if not isinstance(entries, list) or len(entries) > BLOCKS_MAX:
        raise ValueError(f"a list of at most {BLOCKS_MAX} blocks is expected")
    blocks = tuple(block for entry in entries if (block := _block(entry)) is not None)
    if len(pictures_of(blocks)) > PICTURES_MAX:
        raise ValueError(f"at most {PICTURES_MAX} pictures are expected")
    return blocks


def _block(entry: Any) -> Block | None:
    if not isinstance(entry, dict):
        raise ValueError("a block is expected")
    if "heading" in entry:
        text = plain_line(_text(entry["heading"]))
        return Heading(text, max(1, min(LEVELS, whole(entry["level"])))) if text else None
    if "paragraph" in entry:
        return paragraph_of(_text(entry["paragraph"]))
    return _picture(entry) if "picture" in entry else None


def _picture(entry: dict[str, Any]) -> Picture:
    path = _text(entry["picture"])
    if not _PATH.fullmatch(path):
        raise ValueError("a picture of the platform's articles is expected")
    return Picture(
        path,
        hexadecimal(entry["sha256"], _DIGITS),
        _up_to(PICTURE_BYTES_MAX, entry["bytes"]),
        _up_to(PICTURE_WIDTH_MAX, entry["width_px"]),
        _up_to(PICTURE_HEIGHT_MAX, entry["height_px"]),
        plain_line(_text(entry["caption"])),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > TEXT_MAX:
        raise ValueError(f"a text of at most {TEXT_MAX} characters is expected")
    return value


def _up_to(most: int, value: Any) -> int:
    if not 0 < whole(value) <= most:
        raise ValueError(f"a whole number from 1 to {most} is expected")
    return int(value)
