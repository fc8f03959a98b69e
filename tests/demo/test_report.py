"""What the demo's report finds wrong with the group studies at the city."""

from typing import Any

import pytest

from demo.report import KEYS_TO_BEGIN_MAX, group_faults

SESSIONS = [{"effective_ms": 20_000}]


def held(**changes: Any) -> dict[str, Any]:
    tonight = {"people": 7, "effective_ms": 20_000, "person_ms": 132_000, **changes}
    return {"keys_to_begin": 4, "people": 7, "held": [tonight]}


def test_right_figures_are_right() -> None:
    assert group_faults(held(), SESSIONS) == []


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ({**held(), "held": []}, "没有今晚"),
        (held(people=6, person_ms=100_000), "6 人"),
        (held(effective_ms=19_000), "没有一次学习"),
        (held(person_ms=140_001), "人时"),
        (held(person_ms=0), "人时"),
        ({**held(), "keys_to_begin": KEYS_TO_BEGIN_MAX + 1}, "按了 6 下"),
    ],
)
def test_a_wrong_figure_is_told(groups: dict[str, Any], words: str) -> None:
    [told] = group_faults(groups, SESSIONS)
    assert words in told
