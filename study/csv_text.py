"""CSV as office programs write it, in whatever encoding, row by row with its line numbers."""

import csv
import re
from collections.abc import Iterator

_ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in this order; Chinese Excel saves CSV as GB18030 (GBK) without saying so."""
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def decoded(data: bytes) -> str | None:
    """The text of a file as office programs write it; None where it is no text."""
    encodings = ("utf-16",) if data.startswith(_UTF16_MARKS) else _ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None


def csv_rows(text: str, delimiter: str = ",") -> Iterator[tuple[int, list[str], str]]:
    """First line, fields and trouble of each row that is not empty.

    After a fault it goes on with the very next line: a quote that never closes would else take all the
    rows behind it along.
    """
    lines = _LINE.findall(text)
    first = 0
    while first < len(lines):
        start = first
        reader = csv.reader(
            (lines[line] for line in range(start, len(lines))), strict=True, delimiter=delimiter
        )
        try:
            for fields in reader:
                if any(field.strip() for field in fields):
                    yield first + 1, fields, ""
                first = start + reader.line_num
        except csv.Error:
            yield first + 1, [], "引号没有配对或格式有误，这一行没有读取"
            first += 1
