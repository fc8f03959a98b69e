"""A form as a phone has sent it."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qs

from study.remote_api import TEXT_MAX

_FIELDS_MAX = 10
_TEXT_MAX = 60
_SLOTS_MAX = 3
"""Digits of a place on a phone."""


@dataclass(frozen=True, slots=True)
class Posted:
    """Whatever is missing or no text is empty."""

    form_token: str = ""
    card: str = ""
    name: str = ""
    last_digits: str = ""
    slot: int | None = None
    """Which of the people on this phone; None for somebody else."""
    key: str = ""
    text: str = ""
    """Without what no keyboard types."""

    @classmethod
    def of(cls, body: bytes) -> Self:
        """Of anything else than a form nothing is found in it."""
        try:
            text = body.decode("ascii")
            found = parse_qs(text, max_num_fields=_FIELDS_MAX, errors="replace")
        except ValueError:
            return cls()

        def field(name: str) -> str:
            return found.get(name, [""])[0][:_TEXT_MAX].strip()

        return cls(
            form_token=field("form_token"),
            card=field("card"),
            name=field("name"),
            last_digits=field("last_digits"),
            slot=slot_of(field("slot")),
            key=field("key"),
            text="".join(one for one in field("text") if one.isprintable())[:TEXT_MAX],
        )


def slot_of(text: str) -> int | None:
    """A place on a phone, from 0."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= _SLOTS_MAX
    return int(text) if is_number else None
