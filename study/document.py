"""What is carried on a stick: JSON that names its form and version, in one fixed writing.

```
CarriedError
├── TornError        cut off or changed on the way: fetch or write it again
├── ForeignError     whole, but of another city or another box
├── TooNewError      written by a later version of the program
└── OtherFileError   not one of our files at all
```
"""

import json
import re
from collections.abc import Callable
from typing import Any, TypeVar

_WHOLE_MAX = 2**53
_TEXT_MAX = 2_000
_HEX = re.compile(r"[0-9a-f]*", re.ASCII)

T = TypeVar("T")


class CarriedError(ValueError):
    """A file on a stick that is not taken; nothing was changed by it."""


class TornError(CarriedError):
    """Cut off, or changed on the way."""


class ForeignError(CarriedError):
    """Whole, but of another city or another box."""


class TooNewError(CarriedError):
    """Written by a later version of the program."""


class OtherFileError(CarriedError):
    """Not one of our files at all."""


def written(form: str, version: int, fields: dict[str, Any]) -> bytes:
    """The document's bytes: one line, the form and its version first."""
    return json.dumps({form: version, **fields}, ensure_ascii=False, separators=(",", ":")).encode()


def read(data: bytes, form: str, version: int, make: Callable[[dict[str, Any]], T]) -> T:
    """What `make` makes of the fields. Raises TooNewError, or TornError for anything that makes no sense.

    `make` may raise ValueError, KeyError, TypeError or IndexError.
    """
    try:
        fields = json.loads(data)
        if whole(fields[form]) > version:
            raise TooNewError(f"{form} of version {fields[form]}, known here is {version}")
        return make(fields)
    except CarriedError:
        raise
    except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise TornError(f"not a whole {form}: {error!r}"[:200]) from error


def begins(data: bytes, prefix: bytes) -> bool:
    """Whether it is, or was before it was torn, a file that begins so.

    A stick pulled out too early leaves files cut off, empty, or full of zeros.
    """
    head = data[: len(prefix)]
    return prefix.startswith(head) or head == bytes(len(head))


def whole(value: Any) -> int:
    """A whole number from 0 that every JSON reader keeps. Raises ValueError."""
    if type(value) is not int or not 0 <= value < _WHOLE_MAX:
        raise ValueError("a whole number is expected")
    return value


def text(value: Any) -> str:
    """A short text. Raises ValueError."""
    if not isinstance(value, str) or len(value) > _TEXT_MAX:
        raise ValueError("a short text is expected")
    value.encode()  # half a surrogate pair, which JSON can carry, has no bytes to sign
    return value


def hexadecimal(value: Any, digits: int) -> str:
    """So many lower-case hexadecimal digits. Raises ValueError."""
    if not isinstance(value, str) or len(value) != digits or not _HEX.fullmatch(value):
        raise ValueError(f"{digits} hexadecimal digits are expected")
    return value
