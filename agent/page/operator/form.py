"""A form of the operator's page as a browser has sent it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Self
from urllib.parse import parse_qs

FORM_BYTES_MAX = 64_000
_FIELDS_MAX = 700
_TEXT_MAX = 20_000
_NUMBER_DIGITS_MAX = 12


@dataclass(frozen=True, slots=True)
class Form:
    """Whatever is missing is empty."""

    fields: Mapping[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, body: bytes) -> Self:
        """Of anything else than a form nothing is found in it."""
        try:
            return cls(parse_qs(body.decode("ascii"), max_num_fields=_FIELDS_MAX, errors="replace"))
        except ValueError:
            return cls()

    def text(self, name: str) -> str:
        return self.fields.get(name, [""])[0][:_TEXT_MAX].strip()

    def number(self, name: str) -> int | None:
        return _number(self.text(name))

    def numbers(self, name: str) -> tuple[int, ...]:
        """All that are ticked."""
        found = (_number(text) for text in self.fields.get(name, []))
        return tuple(one for one in found if one is not None)

    def day(self, name: str) -> date | None:
        """As a browser's field sends it, or as people write it: 2026-11-20, 2026/11/20, 20261120."""
        try:
            return date.fromisoformat(self.text(name).replace("/", "-").replace(".", "-"))
        except ValueError:
            return None

    def hour(self, name: str) -> time | None:
        """19:30, also with a full-width colon."""
        try:
            return time.fromisoformat(self.text(name).replace("：", ":").zfill(5)).replace(tzinfo=None)
        except ValueError:
            return None


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdecimal() and len(text) <= _NUMBER_DIGITS_MAX
    return int(text) if is_number else None
