"""The answer to a command: words for a person, the same as data, the exit code."""

from dataclasses import dataclass
from typing import Any

DONE, NO = 0, 1


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` is what `--json` prints; `code` is DONE or NO."""

    words: str
    data: Any
    code: int = DONE
