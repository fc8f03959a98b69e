"""A finding of the doctor's: what was looked at, how it is, what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How it is."""

    GOOD = "good"
    WARNING = "warning"
    """Goes on as it is, but somebody should know."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's result; `advice` is empty where nothing is to be done."""

    mark: Mark
    subject: str
    words: str
    advice: str = ""


def good(subject: str, words: str) -> Finding:
    """Nothing to do."""
    return Finding(Mark.GOOD, subject, words)


def warning(subject: str, words: str, advice: str = "") -> Finding:
    """Somebody should know."""
    return Finding(Mark.WARNING, subject, words, advice)


def wrong(subject: str, words: str, advice: str) -> Finding:
    """Something has to be done."""
    return Finding(Mark.WRONG, subject, words, advice)
