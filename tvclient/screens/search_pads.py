"""The pads of the search: which keys there are, where they lie, and what they type."""

from dataclasses import dataclass
from string import ascii_uppercase

from tvclient import theme
from tvclient.state.search_state import Pad
from tvclient.widgets.pad_key import PadKey
from tvclient.widgets.part import Part

_LEFT, _TOP = theme.SAFE_X, 264
_ON_DIGITS = ("", "ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ")
COLUMNS = {Pad.LETTERS: 6, Pad.DIGITS: 3}


@dataclass(frozen=True, slots=True)
class PadPlace:
    """One key: what it types, the letters a digit stands for, its place in px."""

    sign: str
    below: str
    rect: tuple[int, int, int, int]

    @property
    def key_id(self) -> str:
        return f"key:{self.sign}"


def pad_places(pad: Pad) -> tuple[PadPlace, ...]:
    """All keys of a pad in the order of their grid; the last line of the digits is one wide key."""
    columns = COLUMNS[pad]
    if pad is Pad.LETTERS:
        return tuple(
            PadPlace(sign, "", (_LEFT + 104 * (n % columns), _TOP + 96 * (n // columns), 96, 88))
            for n, sign in enumerate(f"{ascii_uppercase}1234567890")
        )
    nine = (
        PadPlace(str(n + 1), letters, (_LEFT + 208 * (n % columns), _TOP + 144 * (n // columns), 200, 136))
        for n, letters in enumerate(_ON_DIGITS)
    )
    return (*nine, PadPlace("0", "", (_LEFT, _TOP + 3 * 144, 616, 136)))


class SearchPads:
    """Both pads, of which one is in sight; the keys of the other are made when it is asked for."""

    def __init__(self, room: Part) -> None:
        self._room = room
        self._keys: dict[Pad, dict[str, PadKey]] = {}

    def show(self, pad: Pad) -> dict[str, PadKey]:
        """The keys that are in sight now, by their focus ids."""
        if pad not in self._keys:
            self._keys[pad] = {place.key_id: self._made(pad, place) for place in pad_places(pad)}
        for one, keys in self._keys.items():
            for key in keys.values():
                key.shown = one is pad
        return self._keys[pad]

    def _made(self, pad: Pad, place: PadPlace) -> PadKey:
        quiet = pad is Pad.LETTERS and place.sign.isdigit()
        key = PadKey(rect=list(place.rect), text=place.sign, below=place.below, quiet=quiet)
        self._room.add_widget(key)
        return key
