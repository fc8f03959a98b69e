"""Words of guides and lists of channels as they may be shown: one line, nothing invisible, not endless."""

import unicodedata

_INVISIBLE = frozenset(("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"))
"""Unicode's general categories: controls, marks that turn the direction of writing, unassigned."""
_HIDDEN_MORE = 4
"""So many characters for one that is shown are looked at; what comes after them is cut off unread."""


def shown(text: str, most: int) -> str:
    """At most `most` characters."""
    seen = text[: most * _HIDDEN_MORE]
    if not seen.isprintable():
        seen = "".join(" " if c in "\t\r\n" else c for c in seen if c in "\t\r\n" or _is_seen(c))
    return " ".join(seen.split())[:most]


def key_of(name: str) -> str:
    """What two spellings of one channel's name have in common: “CCTV-1 综合” is “cctv1综合”."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in folded if c.isalnum() or c == "+")


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE
