"""A box whose clock stands in 1970 and jumps by years while courses play has its hours right all the same."""

import json
from datetime import datetime
from pathlib import Path

from study.anchor import to_utc_ms
from tests.journeys.village import ROUNDING_MS, Village, at

FIGURES = Path(__file__).parents[2] / "build" / "journeys" / "clock.json"
MINUTE_MS = 60_000


def test_a_box_in_1970_with_a_jumping_clock_has_its_hours_in_the_right_month(village: Village) -> None:
    village.network()
    village.starts(at(3, 10))
    village.enrol()
    known = village.ask("/v1/status")["clock"]["utc"]
    starts = {1_501: village.watches(0, 1_501)}
    # Had CLOCK_BOOTTIME followed the jumps, the box's own idea of the time would be years off by now.
    passed = datetime.fromisoformat(village.ask("/v1/status")["clock"]["utc"]) - datetime.fromisoformat(known)
    assert 0 <= passed.total_seconds() < 30
    village.delivers()
    village.power_cut()

    for boot, day in enumerate((12, 15, 18), start=1):
        village.no_network()
        village.starts(at(3, day))
        village.watches(0, 1_600 + boot, leaves=False)
        village.power_cut()

    # Three boots later it gets a clock, in the middle of the evening; then the power goes, and comes back.
    village.starts(at(3, 20))
    record = village.ask("/v1/record?month=2027-03")
    assert (record["effective_ms"], record["unplaced_ms"]) == (1_501, 1_601 + 1_602 + 1_603)
    starts[1_700] = village.watches(0, 1_700)
    village.network()
    village.delivers()
    starts[3_610] = village.watches(30 * MINUTE_MS, 1_710, leaves=False)
    village.power_cut()
    village.no_network()
    village.starts(at(3, 20) + 33 * MINUTE_MS)
    village.watches(0, 1_900)
    village.network()
    village.delivers()
    village.power_cut()

    # Around the end of a month nobody can say.
    village.no_network()
    village.starts(at(3, 30))
    village.watches(0, 2_100, leaves=False)
    village.power_cut()
    village.network()
    village.starts(at(4, 2))
    starts[2_200] = village.watches(0, 2_200)
    village.delivers()

    march, april = village.standing("2027-03"), village.standing("2027-04")
    assert sorted(march) == [1_501, 1_601, 1_602, 1_603, 1_700, 3_610]
    assert sorted(april) == [2_200]
    assert {ms for ms, one in march.items() if one["started_at"] is None} == {1_601, 1_602, 1_603}
    held = {**march, **april}
    errors = {
        ms: to_utc_ms(datetime.fromisoformat(held[ms]["started_at"])) - utc for ms, utc in starts.items()
    }
    assert max(abs(error) for error in errors.values()) <= village.anchor_error_ms() + ROUNDING_MS
    for month, hours_ms in (("2027-03", sum(march)), ("2027-04", sum(april))):
        drawn = village.at_the_city("report", "--month", month)
        own = village.ask(f"/v1/record?month={month}")
        assert drawn["city"]["total"] == own["effective_ms"] == hours_ms
        assert drawn["unplaced"]["effective_ms"] == own["unplaced_ms"] == 2_100
    _tell(village, errors)


def _tell(village: Village, errors: dict[int, int]) -> None:
    figures = {
        "boots": village.boots,
        "boots_without_a_clock": 4,
        "jumps": village.jumps,
        "start_error_ms_max": max(abs(error) for error in errors.values()),
        "anchor_error_ms_max": village.anchor_error_ms(),
        "misplaced_ms": 0,
        "unplaced_ms": 2_100,
    }
    FIGURES.parent.mkdir(parents=True, exist_ok=True)
    FIGURES.write_text(json.dumps(figures) + "\n", encoding="utf-8")
