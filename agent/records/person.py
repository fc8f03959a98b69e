"""Somebody who belongs to the station: a name and a card number, as a list or a hand gave them."""

import re
import unicodedata
from dataclasses import dataclass, field

from study.group.card import CardNumber
from study.group.masking import masked

NAME_MAX = 30
"""Characters."""

_DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅●･", "·"))
_BLANKS = re.compile(r"\s+")
_BLANK_IN_CHINESE = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_ALLOWED = ("L", "M", "N", "P")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a list has them; never shown by `repr`, which ends in logs."""

    name: str = field(repr=False)
    card: CardNumber = field(repr=False)


def read_name(text: str) -> str:
    """A name as it is kept, with one kind of dot and blank. Raises ValueError with words for a person."""
    plain = _BLANKS.sub(" ", unicodedata.normalize("NFKC", text).translate(_DOTS)).strip()
    name = _BLANK_IN_CHINESE.sub("", plain)
    if not name:
        raise ValueError("没有写姓名")
    if len(name) > NAME_MAX:
        raise ValueError(f"姓名超过 {NAME_MAX} 个字")
    if not all(_is_allowed(character) for character in name) or not masked(name):
        raise ValueError("姓名里有不能显示的字符（如表情、控制符）")
    return name


def _is_allowed(character: str) -> bool:
    is_leftwards = unicodedata.bidirectional(character) in ("R", "AL")
    category = unicodedata.category(character)
    return character == " " or (not is_leftwards and (category[0] in _ALLOWED or category == "Co"))
