"""What became of a delivery: values with names (the table of records-and-sync.md)."""

from dataclasses import dataclass

from agent.errors import CityError, DeclinedError, NoAnswerError
from agent.records.anchoring import TimeTold
from study.city_api import RecordsReply

ALREADY = "already_have_it"


@dataclass(frozen=True, slots=True)
class Delivered:
    """The platform holds the run, but for the records named in `reply`."""

    reply: RecordsReply | None
    """None when it said only that it had the run already."""
    time: TimeTold | None


@dataclass(frozen=True, slots=True)
class TryLater:
    """Nothing was decided; the same run goes again."""

    words: str
    retry_after_s: float | None = None
    timed_out: bool = False
    heard: bool = False
    """Whether the platform itself answered."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform will never take these bytes."""

    code: str
    words: str


Outcome = Delivered | TryLater | Refused


def outcome_of(error: CityError) -> Outcome:
    """What a call that did not end in a reply means for the run it carried.

    A key can be repaired (401, 403), load passes (408, 429, 5xx), a captive portal is left again, and so
    is a platform that has no such door (404, 405): an address or a version is wrong there, not the
    records. Only the platform's own no to these bytes is final.
    """
    match error:
        case DeclinedError(status=409, code=code) if code == ALREADY:
            return Delivered(None, None)
        case DeclinedError(status=404 | 405, words=words):
            return TryLater(words, heard=True)
        case DeclinedError(again=False, code=code, words=words):
            return Refused(code, words)
        case DeclinedError(words=words, retry_after_s=retry_after_s):
            return TryLater(words, retry_after_s, heard=True)
        case NoAnswerError(words=words, timed_out=timed_out):
            return TryLater(words, timed_out=timed_out)
        case _:
            return TryLater(error.words)
