"""Masking: a name as a screen in a public room shows it."""

import re
import unicodedata
from collections.abc import Sequence

STAR = "*"
_REMARK = re.compile(r"[（(].*?(?:[)）]|$)")


def masked(name: str) -> str:
    """Its first character and its last one, with one star for whatever is between them.

    李秀芳 → 李*芳, 陈静 → 陈*, 欧阳娜娜 → 欧*娜, 阿依古丽·买买提 → 阿*提, Anna Lee → A*e. Of two characters
    the first alone, so that a star never stands for nothing; one character stands before a star. What
    is in brackets is left out. Empty for a name without a letter.
    """
    shown = _letters(_REMARK.sub("", name)) or _letters(name)
    match len(shown):
        case 0:
            return ""
        case 1 | 2:
            return shown[0] + STAR
        case _:
            return f"{shown[0]}{STAR}{shown[-1]}"


def _letters(name: str) -> Sequence[str]:
    """What people count as one letter each, with the marks that belong to it; nothing else of the name."""
    letters: list[str] = []
    is_open = False
    for character in name:
        category = unicodedata.category(character)
        if category[0] == "M":
            if is_open:
                letters[-1] += character
        elif is_open := category[0] in "LN" or category == "Co":
            letters.append(character)
    return letters
