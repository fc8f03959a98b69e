"""Readings: the syllables a character can be read as, and one sign for all characters read alike.

```
title   发 酵 床 养 猪        行: hang, heng, xing
signs   α  β  γ  δ  ε        every character with just these three has the same sign
```
"""

import json
import logging
import string
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from unicodedata import normalize

log = logging.getLogger(__name__)

_FIRST_SIGN = 0xE000
_LAST_SIGN = 0xF8FF
"""Unicode's private area: nothing that is folded holds them."""
_WRITTEN = string.ascii_lowercase + string.digits


class Readings:
    """Grows as titles come; the sign of a character never changes."""

    def __init__(self) -> None:
        self._signs: dict[int, str] = {ord(one): one for one in _WRITTEN} | {ord("\n"): "\n"}
        self._sets: dict[frozenset[str], str] = {frozenset(one): one for one in _WRITTEN}
        self._data: Mapping[str, str] | None = None

    def learn(self, text: str) -> None:
        """Give every character of a folded text its sign; one that nobody can read stays as it is."""
        for character in set(text):
            if ord(character) not in self._signs:
                self._signs[ord(character)] = self._sign(character)

    def let_go(self) -> None:
        """The library's table weighs 7 MB, and what is read from it now is kept."""
        self._data = None

    def signs(self, text: str) -> str:
        """As many signs as `text` has characters; those never learnt stay as they are."""
        return text.translate(self._signs)

    @property
    def sets(self) -> tuple[tuple[frozenset[str], str], ...]:
        """Every set of syllables with its sign, as known now."""
        return tuple(self._sets.items())

    def _sign(self, character: str) -> str:
        if self._data is None:
            self._data = _data()
        told = self._data.get(str(ord(character)))
        if told is None:
            return character
        read = frozenset(syllable for one in told.split(",") for syllable in _plain(one))
        fresh = _FIRST_SIGN + len(self._sets)
        if read not in self._sets and fresh > _LAST_SIGN:
            return character
        return self._sets.setdefault(read, chr(fresh))


def _plain(reading: str) -> tuple[str, ...]:
    """Without tones; ü as v, the way it is typed, and as u, the way it is told."""
    bare = normalize("NFD", reading).replace("u\N{COMBINING DIAERESIS}", "v")
    letters = "".join(letter for letter in bare if letter in string.ascii_lowercase)
    return (letters, letters.replace("v", "u")) if "v" in letters else (letters,)


def _data() -> Mapping[str, str]:
    """pypinyin's table of single characters: code point → readings with commas between.

    Not by importing it: that loads its phrases too, 57 MB that a box would never use. Without it what is
    typed as it is written is found all the same.
    """
    found = find_spec("pypinyin")
    folders = (found and found.submodule_search_locations) or [""]
    try:
        data: dict[str, str] = json.loads((Path(folders[0]) / "pinyin_dict.json").read_bytes())
    except (OSError, ValueError) as error:
        log.error("没有拼音表，不能按拼音搜索：%s", error)
        return {}
    return data
