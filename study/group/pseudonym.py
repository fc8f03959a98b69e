"""The keyed pseudonym that stands for a learning-card number in every record."""

import hmac
import re
from hashlib import sha256

_BYTES = 16
_FORM = re.compile(r"[0-9a-f]{32}", re.ASCII)


def pseudonym(key: bytes, card: str) -> str:
    """32 hexadecimal digits; the same for the same card as long as the station has the same key.

    Keyed, because card numbers are few enough to be tried one by one; by station, so that a lost box
    tells nothing about the records of another.
    """
    return hmac.new(key, card.encode(), sha256).digest()[:_BYTES].hex()


def is_pseudonym(text: str) -> bool:
    return _FORM.fullmatch(text) is not None


def station_key(city_key: bytes, station: str) -> bytes:
    """The key of one station, which the city can make again whenever it is asked for."""
    return hmac.new(city_key, f"zhanxue pseudonyms {station}".encode(), sha256).digest()
