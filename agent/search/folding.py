"""Folding: a title, or what was typed, as it is compared."""

from unicodedata import normalize

_KEPT_MAX = 50_000
"""Characters looked up once; more than any language writes with, fewer than somebody could type."""


class _Folded(dict[int, str]):
    def __missing__(self, code: int) -> str:
        plain = normalize("NFKD", chr(code)).casefold()
        folded = "".join(character for character in plain if character.isalnum())
        if len(self) < _KEPT_MAX:
            self[code] = folded
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Letters, digits and characters only: “Ｃ 语言！” is “c语言”. Everything else goes, line ends too."""
    return text.translate(_FOLDED)


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """The same, and for each of its characters the index in `text` of the one it comes from."""
    pairs = [(folded, place) for place, character in enumerate(text) for folded in fold(character)]
    return "".join(folded for folded, _ in pairs), [place for _, place in pairs]
