"""What bench/sync.py makes of what it measured."""

from typing import Any

from bench.line import Passed
from bench.sync import COUNT, targets_of


def measured(*, kolibri: list[Passed]) -> dict[str, list[Any]]:
    def push(seconds: float, few: int) -> dict[str, Passed]:
        return {"whole": Passed(51, 20 * COUNT, seconds), "few": Passed(few, 1_400, 0.1)}

    return {
        "push": [push(2.0, 1), push(9.0, 1), push(3.0, 2)],
        "kolibri": kolibri,
        "resent": [0, 1, 0],
        "growth_kb": [0.0, 4.1, 0.0],
    }


def test_the_ratio_is_that_of_the_medians() -> None:
    slow = [Passed(100, 1_000, seconds) for seconds in (60.0, 90.0, 500.0)]
    values = {one.id: one.value for one in targets_of(measured(kolibri=slow))}

    assert values["records_vs_kolibri"] == 30.0
    assert values["bytes_per_record"] == 20.0


def test_of_what_must_not_happen_the_worst_round_is_told() -> None:
    values = {one.id: one.value for one in targets_of(measured(kolibri=[]))}

    assert (values["requests_10"], values["resent_batches"], values["growth_interrupts_kb"]) == (2, 1, 4.1)


def test_without_the_peer_there_is_no_ratio() -> None:
    assert "records_vs_kolibri" not in {one.id for one in targets_of(measured(kolibri=[]))}
