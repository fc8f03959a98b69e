"""What a television may say in a report."""

from typing import Any

import pytest
from pydantic import ValidationError

from agent.records.report import Report
from study.units import LONGEST_MS
from tests.agent.television import Play, report


def told(**of_play: Any) -> dict[str, Any]:
    play = Play("p1", "5.1", 0)
    play.watch(5_000)
    said = report(1, play)
    said["plays"][0] |= of_play
    return said


@pytest.mark.parametrize("name", ["", "x" * 201, "5\ud800"])
def test_a_name_that_no_record_can_carry_is_turned_away(name: str) -> None:
    for said in (
        told(play_id=name),
        told(item_id=name),
        *({**told(), k: name} for k in ("boot_id", "terminal")),
    ):
        with pytest.raises(ValidationError):
            Report.model_validate(said)


@pytest.mark.parametrize("ms", [-1, LONGEST_MS + 1, 2**60, float("nan")])
def test_a_time_that_no_record_can_carry_is_turned_away(ms: float) -> None:
    for said in (told(opened_ms=ms), told(left_ms=ms), {**told(), "at_ms": ms}):
        with pytest.raises(ValidationError):
            Report.model_validate(said)


def test_what_is_sound_is_taken() -> None:
    assert Report.model_validate(told(opened_ms=LONGEST_MS)).plays[0].opened_ms == LONGEST_MS
