"""Text from elsewhere as it can be shown: one line without signs that are none or that no font here has."""

from functools import lru_cache
from unicodedata import bidirectional, category

_PICTURES_FROM = "\U0001f000"
"""Emoji lie from here on; the station's letters have none, and boxes in their place say nothing."""
_CJK_FROM, _CJK_TO = "\U00020000", "\U0003ffff"
_NOT_SHOWN = ("Cc", "Cf", "Cs")  # controls, marks of format, halves of signs
_RIGHT_TO_LEFT = ("R", "AL", "AN")
"""The station's letters have none of these scripts either."""
_AS_PICTURE = "\ufe0f"
_LONGEST = 500
_REMEMBERED = 512


def readable(text: str) -> str:
    """Without controls, scripts from right to left and emoji, blanks made one; may be empty."""
    return _readable(text[:_LONGEST])


@lru_cache(_REMEMBERED)
def _readable(text: str) -> str:
    return " ".join("".join(map(_shown, text)).split())


def _shown(sign: str) -> str:
    if sign.isspace():
        return " "
    if category(sign) in _NOT_SHOWN or bidirectional(sign) in _RIGHT_TO_LEFT or sign == _AS_PICTURE:
        return ""
    is_picture = sign >= _PICTURES_FROM and not _CJK_FROM <= sign <= _CJK_TO
    return "" if is_picture else sign
