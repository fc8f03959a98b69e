"""Masking: a name as a screen in a public room shows it."""

import unicodedata
from collections.abc import Sequence

STAR = "*"
_JOINER = "\u200d"
_BRACKETS = "（("


def masked(name: str) -> str:
    """Its first character and its last one, with one star for whatever is between them.

    李秀芳 → 李*芳, 陈静 → 陈*, 欧阳娜娜 → 欧*娜, 阿依古丽·买买提 → 阿*提, Anna Lee → A*e. Of two characters
    the first alone, so that a star never stands for nothing; one character stands before a star. What
    follows in brackets is left out. Empty for a name without a letter.
    """
    shown = _letters(_before_brackets(name))
    match len(shown):
        case 0:
            return ""
        case 1 | 2:
            return shown[0] + STAR
        case _:
            return f"{shown[0]}{STAR}{shown[-1]}"


def _before_brackets(name: str) -> str:
    places = [place for bracket in _BRACKETS if (place := name.find(bracket)) > 0]
    return name[: min(places)] if places else name


def _letters(name: str) -> Sequence[str]:
    """What people count as one letter each, with the marks that belong to it; nothing else of the name."""
    letters: list[str] = []
    is_joined = is_open = False
    for character in name:
        kind = unicodedata.category(character)[0]
        if kind == "M" or character == _JOINER or is_joined:
            if is_open:
                letters[-1] += character
        elif is_open := kind in "LN" or unicodedata.category(character) == "Co":
            letters.append(character)
        is_joined = character == _JOINER
    return letters
