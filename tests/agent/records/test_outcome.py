"""The outcome table of records-and-sync.md, one line a case."""

import pytest

from agent.errors import CityError, DeclinedError, NoAnswerError, NonsenseError
from agent.records.outcome import Delivered, Outcome, Refused, TryLater, outcome_of


def declined(status: int, code: str = "code") -> DeclinedError:
    return DeclinedError(status, code, "平台的话", retry_after_s=7.0)


def later(**more: object) -> TryLater:
    return TryLater("平台的话", **more)  # type: ignore[arg-type]


HEARD = later(retry_after_s=7.0, heard=True)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (declined(409, "already_have_it"), Delivered(None, None)),
        (NoAnswerError("平台的话"), later()),
        (NoAnswerError("平台的话", timed_out=True), later(timed_out=True)),
        (declined(408), HEARD),
        (declined(429), HEARD),
        (declined(500), HEARD),
        (declined(502), HEARD),
        (declined(503), HEARD),
        (declined(401), HEARD),
        (declined(403), HEARD),
        (NonsenseError("平台的话"), later()),
        (declined(400), Refused("code", "平台的话")),
        (declined(410), Refused("code", "平台的话")),
        (declined(404), TryLater("平台的话", heard=True)),
        (declined(405), TryLater("平台的话", heard=True)),
        (declined(409), Refused("code", "平台的话")),
        (declined(413), Refused("code", "平台的话")),
        (declined(422), Refused("code", "平台的话")),
    ],
)
def test_each_line_of_the_table(error: CityError, outcome: Outcome) -> None:
    assert outcome_of(error) == outcome
