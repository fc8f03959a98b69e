"""Plain text: what a text may hold so that it can be stored, measured and drawn."""

import unicodedata

_JOINERS = "\u200c\u200d"
"""Unseen, but emoji and some scripts are put together with them."""


def plain_text(text: str) -> str:
    """The text without what is no sign: control characters, marks that turn the direction of writing
    around, halves of surrogate pairs. Line feeds stay, every other blank becomes one.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    # Put together last: what was left out may have stood between a letter and its accent.
    return "\n".join(unicodedata.normalize("NFC", "".join(map(_plain, line))) for line in lines)


def plain_line(text: str) -> str:
    """The same in one line, without blanks at its ends."""
    return " ".join(plain_text(text).split())


def _plain(character: str) -> str:
    if character in _JOINERS:
        return character
    category = unicodedata.category(character)
    if category in ("Zs", "Zl", "Zp") or character == "\t":
        return "\u3000" if character == "\u3000" else " "
    return "" if category in ("Cc", "Cf", "Cs") else character
